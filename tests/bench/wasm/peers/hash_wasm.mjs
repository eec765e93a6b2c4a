// hash-wasm, its hashers made and keyed once: hashes alone, it has no cipher.
import { createHMAC, createSHA1, createSHA256 } from "hash-wasm";
import { SECRET_KEY } from "../inputs.mjs";

// The library has its modules inside of its JavaScript and hands each to WebAssembly.compile once.
const compiledBy = async (act) => {
  const { compile } = WebAssembly;
  const seen = [];
  WebAssembly.compile = (bytes) => {
    seen.push(Buffer.from(bytes));
    return compile(bytes);
  };
  const made = await act().finally(() => { WebAssembly.compile = compile; });
  if (seen.length !== 1) throw new Error(`hash-wasm compiled ${seen.length} modules, not one`);
  return [made, seen[0]];
};

const [hash, bytes] = await compiledBy(createSHA256);
const mac = await createHMAC(createSHA1(), SECRET_KEY);

export const name = "hash-wasm";
export const sha256 = (text) => hash.init().update(text).digest("hex");
export const hmacSha1 = (text) => Buffer.from(mac.init().update(text).digest("binary")).toString("base64");

/** The module that its SHA-256 is. */
export const moduleBytes = bytes;
