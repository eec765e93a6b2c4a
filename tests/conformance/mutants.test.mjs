// The runners can fail: one byte changed in an artefact is noticed. Not every byte matters to what an artefact gives (alignment hints, what
// only runs when memory is at its end), so many are tried, spread over the code.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertPassed } from "./hosts.mjs";
import { runInBrowser } from "./hosts/browser.mjs";
import { runInWorkerd } from "./hosts/workerd.mjs";
import { failuresInNode, mutantsOf } from "./mutants.mjs";
import { ARTEFACTS, readArtefacts, readSuite } from "./suite.mjs";

const suite = readSuite();
const artefacts = readArtefacts();

const judge = async (name, count) => {
  const mutants = [];
  for (const mutant of mutantsOf(name, artefacts[name], count)) {
    mutants.push({ ...mutant, failures: await failuresInNode(suite, name, mutant.bytes) });
  }
  return mutants;
};
const failing = (mutants) => mutants.filter(({ failures }) => failures > 0);

test("without a change nothing fails", async () => {
  assert.equal(await failuresInNode(suite, "refedge-full.wasm", artefacts["refedge-full.wasm"]), 0);
});

test("Node notices a changed byte in the code of refedge-full.wasm", async (context) => {
  const mutants = await judge("refedge-full.wasm", 24);
  const noticed = mutants.filter(({ failures }) => failures !== 0);
  context.diagnostic(`${noticed.length} of ${mutants.length} noticed, ${failing(mutants).length} of them by cases that failed`);
  assert.ok(noticed.length >= mutants.length / 2, `only ${noticed.length} of ${mutants.length}`);
  assert.ok(failing(mutants).length > 0, "none of them by its cases");
});

test("Chromium notices a changed digit in the code of refedge.wasm.js, in the same cases as Node", async (context) => {
  const name = "refedge.wasm.js";
  const mutants = failing(await judge(name, 16)).slice(0, 3);
  assert.equal(mutants.length, 3);
  for (const { at, bytes, failures } of mutants) {
    const [result] = await runInBrowser("chromium", suite, { ...artefacts, [name]: bytes }, [name]);
    context.diagnostic(`byte ${at}: ${result.failed} cases failed`);
    assert.equal(result.failed, failures, result.failures[0]);
    assert.deepEqual(Object.keys(result.totals).sort(), [...suite.operations[name]].sort());
    assert.equal(result.isHashed, false, "integrity.json notices too");
    assert.throws(() => assertPassed(result), { name: "AssertionError" });
  }
});

// Data, not code: the first letter of a cookie attribute.
test("workerd notices a changed letter in the data of refedge.wasm", async () => {
  const bytes = Buffer.from(artefacts["refedge.wasm"]);
  const at = bytes.indexOf("; HttpOnly");
  assert.ok(at > 0);
  bytes[at + 2] ^= 1;
  const results = await runInWorkerd(suite, { ...artefacts, "refedge.wasm": bytes });
  const failed = Object.fromEntries(results.map((result) => [result.artefact, result.failed]));
  assert.deepEqual(failed, { ...Object.fromEntries(ARTEFACTS.map((name) => [name, 0])), "refedge.wasm": 3 });
});
