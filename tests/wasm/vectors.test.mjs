// Every vector through every module that has its operation, byte for byte.
import assert from "node:assert/strict";
import { test } from "node:test";
import { operationsOf, readDeclaration } from "../../wasm/tools/declared.mjs";
import { openModule } from "./raw_module.mjs";
import { readVectorFiles } from "./vector_files.mjs";

const declaration = readDeclaration();
const files = [...readVectorFiles("own"), ...readVectorFiles("reference"), ...readVectorFiles("rfc")];
const countCases = (list) => list.reduce((sum, { cases }) => sum + cases.length, 0);

const runCase = (module, operation, { name, record, error, out }) => {
  const { status, bytes } = module.call(operation, record);
  const where = `${operation}: ${name}`;
  assert.equal(declaration.errors[status], error?.code ?? "ok", where);
  assert.equal(bytes.toString("latin1"), (error === undefined ? out : Buffer.from(error.field)).toString("latin1"), where);
};

const runFiles = (module, list) => {
  let ran = 0;
  for (const { operation, cases } of list) {
    for (const entry of cases) {
      runCase(module, operation, entry);
      ran += 1;
    }
  }
  return ran;
};

// What was there when the runner was written: fewer means that files are not found any more.
const KNOWN = { refedge: 234, "refedge-full": 1220 };

for (const name of ["refedge", "refedge-full"]) {
  test(`${name}.wasm gives the vectors' bytes and errors`, (context) => {
    const has = new Set(operationsOf(declaration, name).map((operation) => operation.name));
    const list = files.filter(({ operation }) => has.has(operation));
    const ran = runFiles(openModule(name), list);
    context.diagnostic(`${ran} cases of ${list.length} files`);
    assert.equal(ran, countCases(list));
    assert.ok(ran >= KNOWN[name], `only ${ran} cases ran, ${KNOWN[name]} are known`);
  });
}

test("every operation has vectors, and every vector an operation", () => {
  const tested = new Set(files.map(({ operation }) => operation));
  assert.deepEqual([...tested].sort(), declaration.operations.map(({ name }) => name).sort());
});

test("the vectors agree with the declaration on what only the full module has", () => {
  const sets = new Map(declaration.operations.map(({ name, set }) => [name, set]));
  for (const { file, operation, keyed } of files) assert.equal(keyed, sets.get(operation) === "full", file);
});
