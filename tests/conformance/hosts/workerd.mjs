// The artefacts in workerd, the runtime of a CDN's workers, through miniflare.
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

const scriptNamed = (path) => ({ type: "ESModule", path, contents: readFileSync(new URL(`../${path}`, import.meta.url), "utf8") });

const modulesOf = (artefacts) => [
  scriptNamed("worker.mjs"),
  ...["boundary", "runner", "values"].map((name) => scriptNamed(`shared/${name}.mjs`)),
  ...["refedge-full.wasm", "refedge.wasm"].map((path) => ({ type: "CompiledWasm", path, contents: artefacts[path] })),
  { type: "ESModule", path: "refedge.wasm.js", contents: artefacts["refedge.wasm.js"].toString("utf8") },
];

/** runInWorkerd gives one result for each artefact. */
export const runInWorkerd = async (suite, artefacts) => {
  const worker = new Miniflare({ modules: modulesOf(artefacts), compatibilityDate: "2025-01-01" });
  try {
    const answer = await worker.dispatchFetch("http://worker.example/", { method: "POST", body: JSON.stringify(suite) });
    if (answer.status !== 200) throw new Error(`workerd answered ${answer.status}: ${await answer.text()}`);
    return await answer.json();
  } finally {
    await worker.dispose();
  }
};
