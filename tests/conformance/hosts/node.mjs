// WebAssembly and wasm2js in Node.
import { numbersOf, readDeclaration } from "../../../wasm/tools/declared.mjs";
import { openBoundary } from "../shared/boundary.mjs";
import { runVectors } from "../shared/runner.mjs";

const exportsOf = async (name, bytes) => {
  if (name.endsWith(".js")) return (await import(`data:text/javascript;base64,${bytes.toString("base64")}`)).instantiate();
  return (await WebAssembly.instantiate(bytes)).instance.exports;
};

/** openArtefact gives call(operation, record) of an instance of the artefact of that name. */
export const openArtefact = async (name, artefacts) =>
  openBoundary(await exportsOf(name, artefacts[name]), numbersOf(readDeclaration()));

/** runInNode gives one result for each of the artefacts named. */
export const runInNode = async (suite, artefacts, names) => {
  const results = [];
  for (const name of names) {
    const call = await openArtefact(name, artefacts);
    results.push({ artefact: name, ...runVectors(call, { ...suite, operations: suite.operations[name] }) });
  }
  return results;
};
