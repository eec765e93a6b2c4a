// The WASM core, loaded when it is first needed from beside the script; as JavaScript where WebAssembly is refused.
import { load, type Call } from "../loader.js";

const PATIENCE_MS = 3000;
const script = document.currentScript;
const base = script instanceof HTMLScriptElement ? script.src : "";

/** The host that the script came from, "" when it is part of the page. */
export const scriptHost = base === "" ? "" : new URL(base).hostname;

const beside = (name: string): string => new URL(name, base).href;

const loadCore = (): Promise<Call> => load(fetch(beside("refedge.wasm"))).catch(() => load(import(beside("refedge.wasm.js"))));

// An order must not wait for a slow download, nor be lost when the visitor leaves before it is there.
const patience = (): Promise<undefined> =>
  new Promise((done) => {
    setTimeout(done, PATIENCE_MS);
    addEventListener("pagehide", () => done(undefined));
  });

let core: Promise<Call | undefined> | undefined;

/** readyCore gives the core, or nothing where it did not come, or not in time. It never rejects. */
export const readyCore = (): Promise<Call | undefined> =>
  (core ??= Promise.race([loadCore(), patience()]).catch(() => undefined));
