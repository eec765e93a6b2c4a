// "refedge/embedding": the browser script as an ES module, for bundlers and for pages that import it. All of it is here but the core, which bundlers
// find by its address. On a server it does nothing. Its types: js/embedding.d.ts.
import { checker, compile, type Exports } from "./embedding/core.js";
import { start } from "./embedding/first.js";

interface Page {
  readonly Buyapowa?: unknown;
  readonly refedge?: { readonly _?: unknown };
}

const page = (typeof document === "undefined" ? undefined : window) as Page | undefined;

const loadAsScript = async (): Promise<Exports> =>
  ((await import("./refedge.wasm.js" as string)) as { instantiate: () => Exports }).instantiate();

// These look for what the first part has left: they must not be run before it.
const bringRest = async (): Promise<void> => {
  const [{ install }, { hearFriendbuy }] = await Promise.all([import("./embedding/rest.js"), import("./embedding/friendbuy.js")]);
  install({
    core: async () => checker(await fetch(new URL("./refedge.wasm", import.meta.url)).then(compile).catch(loadAsScript)),
    friendbuy: hearFriendbuy,
  });
};

// Where a script element has been before, that copy is the page's.
if (page && !page.refedge?._) {
  start({ src: import.meta.url, dataset: {} });
  void bringRest();
}

export const Buyapowa = page?.Buyapowa;
export const refedge = page?.refedge;
