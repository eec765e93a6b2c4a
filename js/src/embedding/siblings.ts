// The files beside the script: named after it, each with its hash.
import { checker, compile, type Exports } from "./core.js";
import { tag } from "./page.js";
import type { Loaders } from "./rest.js";

declare const WASM_INTEGRITY: string;
declare const SCRIPT_INTEGRITY: string;
declare const FRIENDBUY_INTEGRITY: string;

const beside = (name: string, integrity: string): string =>
  `${new URL(`${tag.dataset["files"] ?? "refedge"}${name}?${integrity.slice(-9, -1)}`, tag.src || location.href)}`;

// Runs a file with the page's nonce, if it is what it was when this script was built, and gives its address.
export const loadScript = (name: string, integrity: string, type = ""): Promise<string> =>
  new Promise((done, fail) => {
    const src = beside(name, integrity);
    document.head.append(Object.assign(document.createElement("script"), {
      src, integrity, type, nonce: tag.nonce, crossOrigin: "", onload: () => done(src), onerror: fail,
    }));
  });

// An import takes neither nonce nor hash, a script element does; the import then finds the module that the element has loaded.
const loadAsScript = async (): Promise<Exports> => {
  const { instantiate } = (await import(await loadScript(".wasm.js", SCRIPT_INTEGRITY, "module"))) as { instantiate: () => Exports };
  return instantiate();
};

/** The WASM core, as JavaScript where WebAssembly is refused, and the files that few pages need. */
export const siblings: Loaders = {
  core: async () => checker(await fetch(beside(".wasm", WASM_INTEGRITY), { integrity: WASM_INTEGRITY }).then(compile).catch(loadAsScript)),
  friendbuy: () => loadScript("-friendbuy.min.js", FRIENDBUY_INTEGRITY),
};
