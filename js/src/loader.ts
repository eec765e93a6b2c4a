// The loader: makes an instance of a module and carries records across. Spec: docs/protocol.md#the-wasm-boundary.
import { ABI_VERSION, ERRORS } from "./core_exports.js";
import { RefedgeError } from "./errors.js";
import { decodeText, maxLength, writeRecord, type RecordField } from "./record.js";

/**
 * Where a module comes from: compiled already (CDN workers), its bytes (Node), the answer of a fetch (browsers), or
 * import("refedge/refedge.wasm.js") where WebAssembly is refused.
 */
export type WasmSource = CompiledModule | ArrayBuffer | ArrayBufferView | Response | ScriptModule;

/** The module as JavaScript: refedge.wasm.js. */
export interface ScriptModule {
  readonly instantiate: () => Exports;
}

// WebAssembly.Module where the program's types have it: Node's do not, and must not need the browser's for it.
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Compiled } } } ? Compiled : never;

/**
 * Calls one operation by its declared number, and has `read` make of the answer what the caller gets: the bytes that it is given are the module's
 * own memory, good for as long as `read` runs. With `keyed` nothing of the call is left in that memory.
 */
export type Call = <T>(operation: number, fields: readonly RecordField[], read: (bytes: Uint8Array) => T, keyed?: boolean) => T;

type Exported = (...values: number[]) => number;
export type Exports = { readonly [name: string]: unknown };

const instantiateResponse = async (response: Response): Promise<{ exports: Exports }> => {
  // A server that does not say application/wasm, and an engine without streaming, are served by the bytes.
  try {
    return (await WebAssembly.instantiateStreaming(response.clone())).instance;
  } catch {
    return (await WebAssembly.instantiate(await response.arrayBuffer())).instance;
  }
};

const instantiate = async (source: WasmSource): Promise<{ exports: Exports }> => {
  if ("instantiate" in source) return { exports: source.instantiate() };
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source);
  if (typeof Response !== "undefined" && source instanceof Response) return instantiateResponse(source);
  return (await WebAssembly.instantiate(source as BufferSource)).instance;
};

export const functionOf = (exports: Exports, name: string): Exported => {
  const found = exports[name];
  if (typeof found !== "function") throw new TypeError(`the module does not export ${name}`);
  return found as Exported;
};

const bind = (exports: Exports): Call => {
  const memory = exports["memory"] as WebAssembly.Memory;
  const reserve = functionOf(exports, "refedge_reserve");
  const run = functionOf(exports, "refedge_call");
  const wipe = functionOf(exports, "refedge_wipe");
  let bytes = new Uint8Array();
  let view: DataView;
  let input = 0;
  let capacity = 0;
  // A memory that has grown has another buffer, and what the views show is none of it; the module as JavaScript keeps the old.
  const lookAgain = (): void => {
    if (bytes.buffer === memory.buffer) return;
    bytes = new Uint8Array(memory.buffer);
    view = new DataView(memory.buffer);
  };
  const reserveInput = (len: number): void => {
    if (len > capacity) {
      input = reserve(len);
      capacity = len;
    }
    lookAgain();
  };
  return (operation, fields, read, keyed = false) => {
    reserveInput(maxLength(fields));
    const response = run(operation, writeRecord(fields, bytes, view, input));
    if (response === 0) throw new TypeError(`the module has no operation ${operation}`);
    lookAgain();
    const status = view.getUint32(response, true);
    const data = view.getUint32(response + 4, true);
    const answer = bytes.subarray(data, data + view.getUint32(response + 8, true));
    try {
      if (status !== 0) throw new RefedgeError(ERRORS[status] ?? "invalid_record", decodeText(answer));
      return read(answer);
    } finally {
      if (keyed) wipe();
    }
  };
};

const start = ({ exports }: { readonly exports: Exports }): Exports => {
  const version = functionOf(exports, "refedge_abi_version")();
  if (version !== ABI_VERSION) throw new TypeError(`the module's ABI version is ${version}, not ${ABI_VERSION}`);
  functionOf(exports, "_initialize")();
  return exports;
};

/** load makes an instance. Throws a TypeError for a module of another ABI version, and what WebAssembly throws. */
export const load = async (source: WasmSource | Promise<WasmSource>): Promise<Call> => bind(start(await instantiate(await source)));

/** loadCompiled does so at once: for CDN workers, which have the module compiled and start by running a script. */
export const loadCompiled = (module: CompiledModule): { readonly call: Call; readonly exports: Exports } => {
  const exports = start(new WebAssembly.Instance(module));
  return { call: bind(exports), exports };
};
