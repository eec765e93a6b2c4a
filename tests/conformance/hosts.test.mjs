// Every vector in every host: each runs every case of every operation it has, and all of them count the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertPassed, HOSTS } from "./hosts.mjs";
import { allOperations, ARTEFACTS, countCases, readArtefacts, readSuite } from "./suite.mjs";

const MIN_OWN_CASES = 1790;
const suite = readSuite();
const artefacts = readArtefacts();
const all = allOperations();
const expected = countCases(suite, all);
const NONE = {};
const addUp = (totals, unseen) =>
  Object.fromEntries(Object.entries(totals).map(([operation, cases]) => [operation, cases + (unseen[operation] ?? 0)]));
const sum = (totals) => Object.values(totals).reduce((left, right) => left + right, 0);

// The common format: one line for each operation. What a host cannot show of an operation is counted beside it.
const print = (host, { artefact, totals, unseen = NONE }) => {
  for (const [operation, cases] of Object.entries(totals)) {
    console.log(`conformance: ${host}, ${artefact}: ${operation} ${cases}${unseen[operation] ? ` + ${unseen[operation]} unseen` : ""}`);
  }
  console.log(`conformance: ${host}, ${artefact}: ${Object.keys(totals).length} operations, ${sum(totals)} cases`);
};

const seen = new Map();
for (const [host, run] of Object.entries(HOSTS)) {
  test(`${host} gives the vectors' bytes and errors`, async (context) => {
    const results = await run(suite, artefacts);
    seen.set(host, results);
    for (const result of results) {
      print(host, result);
      if (result.agent) context.diagnostic(`${result.artefact} in ${result.agent}`);
      assertPassed(result);
    }
  });
}

test("all hosts ran, and count the same cases for each operation", () => {
  assert.deepEqual([...seen.keys()], Object.keys(HOSTS));
  for (const [host, results] of seen) {
    assert.ok(results.length > 0, host);
    for (const { artefact, totals, unseen = NONE } of results) {
      const operations = unseen === NONE ? suite.operations[artefact] ?? all : Object.keys(totals);
      assert.deepEqual(addUp(totals, unseen), countCases(suite, operations), `${host}, ${artefact}`);
    }
  }
});

test("every artefact ran in Node, in every browser and in workerd", () => {
  const namesOf = (...hosts) => hosts.flatMap((host) => seen.get(host).map(({ artefact }) => artefact)).sort();
  const every = [...ARTEFACTS].sort();
  assert.deepEqual(namesOf("node", "wasm2js in node"), every);
  for (const host of ["chromium", "firefox", "webkit", "workerd"]) assert.deepEqual(namesOf(host), every, host);
});

test("in pages the loader takes every artefact, the strictest policy lets the JavaScript one run, and hashes are believed", () => {
  const results = ["chromium", "firefox", "webkit"].flatMap((host) => seen.get(host).map((result) => ({ host, ...result })));
  assert.equal(results.length, 3 * ARTEFACTS.length);
  for (const { host, artefact, typed, isHashed, refusesEval, refusesWasm } of results) {
    const [isScript, isForPages] = [artefact.endsWith(".js"), artefact.startsWith("refedge.wasm")];
    assert.deepEqual({ typed, isHashed, refusesEval, refusesWasm },
      { typed: "k7", isHashed: isForPages, refusesEval: true, refusesWasm: isScript }, `${host}, ${artefact}`);
  }
});

test("every operation has vectors, and every vector an operation", () => {
  assert.deepEqual(Object.keys(expected).sort(), [...all].sort());
  assert.deepEqual([...new Set(suite.files.map(({ operation }) => operation))].sort(), [...all].sort());
});

test("the vectors agree with the declaration on what only the full module has", () => {
  const core = new Set(suite.operations["refedge.wasm"]);
  for (const { file, operation, keyed } of suite.files) assert.equal(keyed, !core.has(operation), file);
});

test("there are as many cases as when this was written, or more", () => {
  const own = suite.files.filter(({ file }) => file.startsWith("own/")).reduce((count, { cases }) => count + cases.length, 0);
  assert.ok(own >= MIN_OWN_CASES, `only ${own} own cases`);
});
