// What a page does: runs the vectors through one artefact and posts what came of it. The address says which: ?artefact=<file>.
import { openBoundary } from "./shared/boundary.mjs";
import { runVectors } from "./shared/runner.mjs";

const artefact = new URLSearchParams(location.search).get("artefact");
const isScript = artefact.endsWith(".js");
const address = `/package/${artefact}`;

const post = (result) => fetch(`/result/${artefact}`, { method: "POST", body: JSON.stringify(result) });

const instantiate = async () => {
  if (isScript) return (await import(address)).instantiate();
  return (await WebAssembly.instantiateStreaming(fetch(address))).instance.exports;
};

// The package's own loader, as a page without a bundler has it.
const callTyped = async () => {
  const { loadCore } = await import("/package/core.js");
  return (await loadCore(isScript ? import(address) : fetch(address))).captureRef("?ref=k7");
};

const refuses = async (attempt) => {
  try {
    await attempt();
    return false;
  } catch {
    return true;
  }
};

// The browser's own judgement of integrity.json: the file has its hash, and is refused under that of another.
const isHashed = async () => {
  const { [artefact]: own, ...others } = await (await fetch("/package/integrity.json")).json();
  if (own === undefined) return false;
  if (await refuses(() => fetch(address, { integrity: own }))) return false;
  return refuses(() => fetch(address, { integrity: others["core.js"] }));
};

const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const run = async () => {
  const { files, errors, numbers, operations } = await (await fetch("/suite.json")).json();
  const call = openBoundary(await instantiate(), numbers);
  return {
    ...runVectors(call, { files, errors, operations: operations[artefact] }),
    typed: await callTyped().catch(String),
    isHashed: await isHashed(),
    refusesEval: await refuses(() => (0, eval)("1")),
    refusesWasm: await refuses(() => WebAssembly.instantiate(EMPTY_MODULE)),
  };
};

run().catch((error) => ({ totals: {}, failed: 1, failures: [`the page threw ${error}`] })).then(post);
