// The loader: makes an instance of a module and carries records across. Spec: docs/protocol.md#the-wasm-boundary.
import { ABI_VERSION, ERRORS } from "./core_exports.js";
import { RefedgeError } from "./errors.js";
import { encodeRecord, type RecordField } from "./record.js";

/** Where a module comes from: compiled already (CDN workers), its bytes (Node), or the answer of a fetch (browsers). */
export type WasmSource = CompiledModule | ArrayBuffer | ArrayBufferView | Response;

// WebAssembly.Module where the program's types have it: Node's do not, and must not need the browser's for it.
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Compiled } } } ? Compiled : never;

/** Calls one operation. The result is a copy; with `keyed` nothing of the call is left in the module's memory. */
export type Call = (name: string, fields: readonly RecordField[], keyed?: boolean) => Uint8Array;

type Exported = (value?: number) => number;

const RESPONSE_BYTES = 12;

const instantiateResponse = async (response: Response): Promise<WebAssembly.Instance> => {
  // A server that does not say application/wasm, and an engine without streaming, are served by the bytes.
  try {
    return (await WebAssembly.instantiateStreaming(response.clone())).instance;
  } catch {
    return (await WebAssembly.instantiate(await response.arrayBuffer())).instance;
  }
};

const instantiate = async (source: WasmSource): Promise<WebAssembly.Instance> => {
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source);
  if (typeof Response !== "undefined" && source instanceof Response) return instantiateResponse(source);
  return (await WebAssembly.instantiate(source as BufferSource)).instance;
};

export const functionOf = (exports: WebAssembly.Exports, name: string): Exported => {
  const found = exports[name];
  if (typeof found !== "function") throw new TypeError(`the module does not export ${name}`);
  return found as Exported;
};

// A view is good for one use: a call may grow the memory, and then every view of it is empty.
const copyResponse = (memory: WebAssembly.Memory, at: number): { status: number; bytes: Uint8Array } => {
  const view = new DataView(memory.buffer, at, RESPONSE_BYTES);
  const [status, data, len] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
  return { status, bytes: new Uint8Array(memory.buffer, data, len).slice() };
};

const bind = (exports: WebAssembly.Exports): Call => {
  const memory = exports["memory"] as WebAssembly.Memory;
  const reserve = functionOf(exports, "refedge_reserve");
  const wipe = functionOf(exports, "refedge_wipe");
  const inputArea = (len: number): Uint8Array => {
    const at = reserve(len);
    return new Uint8Array(memory.buffer, at, len);
  };
  return (name, fields, keyed = false) => {
    const operation = functionOf(exports, name);
    const response = operation(encodeRecord(fields, keyed, inputArea));
    const { status, bytes } = copyResponse(memory, response);
    if (keyed) wipe();
    if (status !== 0) throw new RefedgeError(ERRORS[status] ?? "invalid_record", new TextDecoder().decode(bytes));
    return bytes;
  };
};

const start = ({ exports }: WebAssembly.Instance): WebAssembly.Exports => {
  const version = functionOf(exports, "refedge_abi_version")();
  if (version !== ABI_VERSION) throw new TypeError(`the module's ABI version is ${version}, not ${ABI_VERSION}`);
  functionOf(exports, "_initialize")();
  return exports;
};

/** load makes an instance. Throws a TypeError for a module of another ABI version, and what WebAssembly throws. */
export const load = async (source: WasmSource | Promise<WasmSource>): Promise<Call> => bind(start(await instantiate(await source)));

/** loadCompiled does so at once: for CDN workers, which have the module compiled and start by running a script. */
export const loadCompiled = (module: CompiledModule): { readonly call: Call; readonly exports: WebAssembly.Exports } => {
  const exports = start(new WebAssembly.Instance(module));
  return { call: bind(exports), exports };
};
