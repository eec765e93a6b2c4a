// All operations, the keyed ones too: for servers and workers. A secret has no place in a page.
import { coreOperations, fullOperations, type CoreOperations, type FullOperations } from "./core_exports.js";
import { load, type WasmSource } from "./loader.js";

export * from "./core.js";
export { flatten } from "./flatten.js";

export type Full = CoreOperations & FullOperations;

/** loadFull loads refedge-full.wasm, or refedge-server.wasm, and returns all of its operations. They throw RefedgeError. */
export const loadFull = async (source: WasmSource | Promise<WasmSource>): Promise<Full> => {
  const call = await load(source);
  return { ...coreOperations(call), ...fullOperations(call) };
};
