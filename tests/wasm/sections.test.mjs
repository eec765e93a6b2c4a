// The modules import and export exactly what wasm/exports.json declares, and the declaration is that of the C ABI.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { operationsOf, readDeclaration } from "../../wasm/tools/declared.mjs";
import { generate, TARGET } from "../../js/tools/generate.mjs";
import { artefact, importBuilt, readModule, ROOT } from "./artefacts.mjs";
import { openModule } from "./raw_module.mjs";
import { parseModule, signedLeb128 } from "./wasm_binary.mjs";

const declaration = readDeclaration();
const sorted = (names) => [...names].sort();

for (const name of Object.keys(declaration.modules)) {
  const { imports, exports } = parseModule(readModule(name));

  test(`${name}.wasm imports nothing`, () => {
    assert.deepEqual(imports, declaration.modules[name].imports);
    assert.deepEqual(imports, []);
  });

  test(`${name}.wasm exports what is declared`, () => {
    assert.deepEqual(sorted(exports.map((entry) => entry.name)), sorted(declaration.exports));
  });

  test(`${name}.wasm exports one memory, and functions`, () => {
    assert.deepEqual(exports.filter(({ kind }) => kind !== "function"), [{ name: "memory", kind: "memory" }]);
  });
}

test("refedge.wasm.js exports what refedge.wasm does", async () => {
  const { instantiate, ...others } = await importBuilt("refedge.wasm.js");
  assert.deepEqual(others, {});
  assert.deepEqual(sorted(Object.keys(instantiate())), sorted(declaration.exports));
});

test("refedge.wasm.js has nothing that a strict content security policy refuses, and looks at nothing of the page", () => {
  const text = readFileSync(artefact("js/refedge.wasm.js"), "utf8");
  assert.doesNotMatch(text, /\beval\b|\bFunction\b|\bimport\b|\bWebAssembly\b/);
  assert.doesNotMatch(text, /\b(window|document|globalThis|self|fetch|setTimeout|localStorage)\b/);
});

const EMPTY_RECORD = Buffer.alloc(0);

for (const name of Object.keys(declaration.modules)) {
  test(`${name}.wasm has the operations that are declared for it, and no other`, () => {
    const { call } = openModule(name);
    const declared = operationsOf(declaration, name).map((operation) => operation.name);
    const found = declaration.operations.map((operation) => operation.name).filter((operation) => call(operation, EMPTY_RECORD));
    assert.deepEqual(found, declared);
  });
}

// What has no primitive can have no keyed operation, whatever the declaration says: constants of SHA-256 and SHA-1 as
// data, and one of SHA-1 as an instruction has it.
test("refedge.wasm has no keyed operation, and nothing to make one of", () => {
  const keyed = declaration.operations.filter((operation) => operation.keyed).map(({ name }) => name);
  assert.ok(keyed.length >= 6, `only ${keyed.length} operations are declared keyed`);
  const { call } = openModule("refedge");
  assert.deepEqual(keyed.filter((operation) => call(operation, EMPTY_RECORD)), []);
  const primitives = [Buffer.from("982f8a42", "hex"), Buffer.from("01234567", "hex"), signedLeb128(0x5a827999)];
  const has = (module) => primitives.map((bytes) => readModule(module).includes(bytes));
  assert.deepEqual(has("refedge-full"), [true, true, true], "the search finds them where they are");
  assert.deepEqual(has("refedge"), [false, false, false]);
});

// By their names, so that a forgotten "keyed" in the declaration is found as well.
test("what takes a secret is declared keyed", () => {
  const secrets = /^(secret|secrets|secret_key|auth_token|key|keys|.*_secret)$/;
  const wrong = declaration.operations.filter(({ input, keyed }) => input.some(({ name }) => secrets.test(name)) && !keyed);
  assert.deepEqual(wrong.map(({ name }) => name), []);
});

test("the modules have every operation of the C ABI between them", () => {
  const header = readFileSync(`${ROOT}include/refedge/c_api.h`, "utf8");
  const names = [...header.matchAll(/^void refedge_(\w+)\(const uint8_t\* record/gm)].map((match) => match[1]);
  assert.ok(names.length >= 20, `only ${names.length} operations found in c_api.h`);
  const had = Object.keys(declaration.modules).flatMap((module) => operationsOf(declaration, module).map(({ name }) => name));
  assert.deepEqual(sorted(new Set(had)), sorted(names));
});

test("the declared errors are those of errc.h", () => {
  const header = readFileSync(`${ROOT}include/refedge/errc.h`, "utf8");
  const list = header.match(/enum class Errc[^{]*\{([^}]*)\}/)[1];
  const names = [...list.matchAll(/^\s*k(\w+) = (\d+),/gm)];
  const snake = (name) => name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase();
  assert.deepEqual(names.map(([, name]) => snake(name)), declaration.errors);
  assert.deepEqual(names.map(([, , number]) => Number(number)), declaration.errors.map((_, index) => index));
});

test("js/src/core_exports.ts is what the declaration makes", () => {
  assert.equal(readFileSync(TARGET, "utf8"), generate(), "run node js/tools/generate.mjs");
});
