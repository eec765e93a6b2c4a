// What every host is given: all vector files as they are on disk, what each artefact is declared to have, and the artefacts.
import { readdirSync, readFileSync } from "node:fs";
import { numbersOf, operationsOf, readDeclaration } from "../../wasm/tools/declared.mjs";
import { artefact, ROOT } from "../wasm/artefacts.mjs";

const VECTORS = `${ROOT}tests/vectors`;
const declaration = readDeclaration();
const MODULE_OF = {
  ...Object.fromEntries(Object.keys(declaration.modules).map((name) => [`${name}.wasm`, name])), "refedge.wasm.js": "refedge",
};

/** The files of the package that a runner runs; then what its loader is made of. */
export const ARTEFACTS = Object.keys(MODULE_OF);
const LOADER = ["integrity.json", "core.js", "core_exports.js", "errors.js", "loader.js", "record.js"];

// Every folder, those that are added later too; visits/ is of another form (tests/vectors/README.md).
const vectorFiles = () =>
  readdirSync(VECTORS, { recursive: true }).filter((name) => name.endsWith(".json") && !name.startsWith("visits/")).sort();

const readVectors = (name) => ({ file: name, ...JSON.parse(readFileSync(`${VECTORS}/${name}`, "utf8")) });

/** {files, errors, numbers, operations}: plain data, the same text for every host. */
export const readSuite = () => {
  const namesOf = (module) => operationsOf(declaration, module).map(({ name }) => name);
  return {
    files: vectorFiles().map(readVectors),
    errors: declaration.errors,
    numbers: numbersOf(declaration),
    operations: Object.fromEntries(ARTEFACTS.map((name) => [name, namesOf(MODULE_OF[name])])),
  };
};

/** The names of all operations: no one module has to have them all. */
export const allOperations = () => declaration.operations.map(({ name }) => name);

/** The package's files by name, as bytes. */
export const readArtefacts = () =>
  Object.fromEntries([...ARTEFACTS, ...LOADER].map((name) => [name, readFileSync(artefact(`js/${name}`))]));

/** How many cases the files have for each of the operations: what a runner must have run. */
export const countCases = ({ files }, operations) => {
  const counts = {};
  for (const { operation, cases } of files) {
    if (operations.includes(operation)) counts[operation] = (counts[operation] ?? 0) + cases.length;
  }
  return counts;
};
