// refedge.wasm as JavaScript, for pages where WebAssembly is refused: loadCore(import("refedge/refedge.wasm.js")).
import type { ScriptModule } from "./loader.js";

/** Makes an instance with a memory of its own. */
export declare const instantiate: ScriptModule["instantiate"];
