// The unkeyed core, for browsers and everywhere else.
import { coreOperations, type CoreOperations } from "./core_exports.js";
import { load, type WasmSource } from "./loader.js";

export type * from "./core_exports.js";
export type { WasmSource } from "./loader.js";
export type { JsonObject, JsonValue } from "./record.js";
export { RefedgeError, type ErrorCode } from "./errors.js";

/** loadCore loads refedge.wasm (or another of the modules) and returns its unkeyed operations. They throw RefedgeError. */
export const loadCore = async (source: WasmSource | Promise<WasmSource>): Promise<CoreOperations> =>
  coreOperations(await load(source));
