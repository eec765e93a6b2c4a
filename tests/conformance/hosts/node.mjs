// WebAssembly and wasm2js in Node.
import { openBoundary } from "../shared/boundary.mjs";
import { runVectors } from "../shared/runner.mjs";

const exportsOf = async (name, bytes) => {
  if (name.endsWith(".js")) return (await import(`data:text/javascript;base64,${bytes.toString("base64")}`)).instantiate();
  return (await WebAssembly.instantiate(bytes)).instance.exports;
};

/** runInNode gives one result for each of the artefacts named. */
export const runInNode = async (suite, artefacts, names) => {
  const results = [];
  for (const name of names) {
    const call = openBoundary(await exportsOf(name, artefacts[name]));
    results.push({ artefact: name, ...runVectors(call, { ...suite, operations: suite.operations[name] }) });
  }
  return results;
};
