// The artefacts in workerd, the runtime of a CDN's workers, through miniflare.
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { ARTEFACTS } from "../suite.mjs";

const scriptNamed = (path) => ({ type: "ESModule", path, contents: readFileSync(new URL(`../${path}`, import.meta.url), "utf8") });

// {name: module} of all artefacts, as an operator's worker imports them.
const importAll = (names) => `${names.map((name, index) => `import * as m${index} from "${name}";\n`).join("")}
export const ARTEFACTS = { ${names.map((name, index) => `"${name}": m${index}`).join(", ")} };\n`;

const artefactNamed = (path, bytes) =>
  path.endsWith(".js") ? { type: "ESModule", path, contents: bytes.toString("utf8") } : { type: "CompiledWasm", path, contents: bytes };

const modulesOf = (artefacts) => [
  scriptNamed("worker.mjs"),
  { type: "ESModule", path: "artefacts.mjs", contents: importAll(ARTEFACTS) },
  ...["boundary", "runner", "values"].map((name) => scriptNamed(`shared/${name}.mjs`)),
  ...ARTEFACTS.map((name) => artefactNamed(name, artefacts[name])),
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
