// What the full module says of real requests and of the agents that crawler-user-agents lists, and that its words are made
// of that list.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { generate, TARGET } from "../../src/core/visit_words/generate.mjs";
import { readCrawlers, readPolicy } from "../../src/core/visit_words/policy.mjs";
import { openModule } from "./raw_module.mjs";
import { recordOf } from "../conformance/shared/values.mjs";

const VISITS = new URL("../vectors/visits/", import.meta.url);
const NUM_VISITS = 346;

const module = openModule("refedge-full");
const verdictOf = (...fields) => module.call("visit_verdict", recordOf(fields)).bytes.toString();

// Absent headers are empty; Purpose and X-Purpose are one.
const verdictOfVisit = ({ method, headers }) => {
  const header = (name) => headers[name] ?? "";
  return verdictOf(method, header("User-Agent"), header("Sec-Purpose"), header("Purpose") + header("X-Purpose"), header("X-Moz"));
};

test("every real request gets its verdict, and names its source", (context) => {
  const files = readdirSync(VISITS).filter((name) => name.endsWith(".json")).map((name) => JSON.parse(readFileSync(new URL(name, VISITS), "utf8")));
  for (const { sources, cases } of files) {
    for (const visit of cases) {
      assert.equal(verdictOfVisit(visit), visit.verdict, visit.name);
      assert.ok(visit.source in sources, visit.name);
    }
  }
  const all = files.flatMap(({ cases }) => cases);
  context.diagnostic(`${all.length} requests, ${all.filter(({ verdict }) => verdict === "human").length} of them by people`);
  assert.equal(all.length, NUM_VISITS);
  assert.equal(new Set(all.map(({ method, headers }) => JSON.stringify([method, headers]))).size, NUM_VISITS, "no request twice");
});

test("every agent of the kept list is a bot or an unfurler, but for those named as people's", (context) => {
  const crawlers = readCrawlers();
  const { people } = readPolicy();
  const isHuman = (agent) => verdictOf("GET", agent, "", "", "") === "human";
  const human = crawlers.filter(({ instances }) => instances.some(isHuman)).map(({ pattern }) => pattern);
  assert.deepEqual(human.sort(), Object.keys(people).sort());
  const count = crawlers.reduce((sum, { instances }) => sum + instances.length, 0);
  context.diagnostic(`${count} agents of ${crawlers.length} patterns`);
  assert.ok(count >= 2118, `only ${count} agents, 2118 are known`);
});

test("the words are what the policy and the kept list make", () => {
  assert.equal(readFileSync(TARGET, "utf8"), generate(), "run node src/core/visit_words/generate.mjs");
});
