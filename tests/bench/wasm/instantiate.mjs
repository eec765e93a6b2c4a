// Compile and instantiate: bytes in, a module that answers out. V8 keeps what it compiled and finds it by its bytes, so each
// call has bytes of its own: a custom section at the end that counts.
import { importBuilt, readModule } from "../../wasm/artefacts.mjs";
import { moduleBytes } from "./peers/hash_wasm.mjs";

const { loadCore } = await importBuilt("core.js");
const COUNTER_BYTES = 4;
const SECTION = Buffer.from([0, 2 + COUNTER_BYTES, 1, 0x6e, 0, 0, 0, 0]);

const fresh = (bytes) => {
  const copy = Buffer.concat([bytes, SECTION]);
  let count = 0;
  return () => {
    copy.writeUInt32LE((count += 1), copy.length - COUNTER_BYTES);
    return copy;
  };
};

const ours = fresh(readModule("refedge"));
const theirs = fresh(moduleBytes);

/** The contenders: the browser's module with its loader, and hash-wasm's SHA-256 without any. */
export const instantiations = [
  { name: "refedge", act: () => loadCore(ours()) },
  { name: "hash-wasm", act: () => WebAssembly.instantiate(theirs(), {}) },
];
