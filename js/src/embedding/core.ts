// The WASM core as a page needs it: one operation, without a key. What loader.ts does for all of them, in a fifth of the bytes; hashes make sure
// that the module is the one that this was built with. Spec: docs/protocol.md#the-wasm-boundary.
import { BUILD_TRACK_PAYLOAD, ERRORS } from "../core_exports.js";

export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly _initialize: () => void;
  readonly refedge_reserve: (length: number) => number;
  readonly refedge_call: (operation: number, length: number) => number;
}

/** What the core says of an order: its canonical JSON, or which field is wrong and why. */
export type Checked = { readonly body: string } | { readonly field: string; readonly reason: string };
export type Check = (fields: object) => Checked;

/** compile makes an instance of a fetched module. A server that does not say application/wasm is served by the bytes. */
export const compile = async (response: Response): Promise<Exports> => {
  const { instance } = await WebAssembly.instantiateStreaming(response.clone()).catch(async () => WebAssembly.instantiate(await response.arrayBuffer()));
  return instance.exports as unknown as Exports;
};

// A member is three fields: its key, its value, and whether that is text or JSON as it stands.
const fieldsOf = (object: object): Uint8Array[] =>
  Object.entries(object)
    .flatMap(([key, value]: [string, unknown]) =>
      value === undefined ? [] : typeof value === "string" ? [key, value, "s"] : [key, JSON.stringify(value), "r"])
    .map((text) => new TextEncoder().encode(text));

/** checker gives what checks orders. */
export const checker = (exports: Exports): Check => {
  exports._initialize();
  return (object) => {
    const fields = fieldsOf(object);
    const length = fields.reduce((sum, field) => sum + 4 + field.length, 0);
    let at = exports.refedge_reserve(length);
    // A memory that grows has another buffer then.
    const write = new DataView(exports.memory.buffer);
    for (const field of fields) {
      write.setUint32(at, field.length, true);
      new Uint8Array(write.buffer).set(field, at + 4);
      at += 4 + field.length;
    }
    const response = exports.refedge_call(BUILD_TRACK_PAYLOAD, length);
    const { buffer } = exports.memory;
    const [status, data, size] = new Uint32Array(buffer, response, 3) as unknown as [number, number, number];
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(buffer, data, size));
    return status ? { field: text, reason: ERRORS[status]! } : { body: text };
  };
};
