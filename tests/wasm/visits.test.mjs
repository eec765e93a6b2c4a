// What the module says of the user agents that crawler-user-agents lists, and that its words are made of that list.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generate, TARGET } from "../../src/core/visit_words/generate.mjs";
import { readCrawlers, readPolicy } from "../../src/core/visit_words/policy.mjs";
import { readFileSync } from "node:fs";
import { openModule } from "./raw_module.mjs";
import { recordOf } from "./vector_files.mjs";

const module = openModule("refedge-full");
const verdictOf = (agent) => module.call("visit_verdict", recordOf(["GET", agent, "", "", ""])).bytes.toString();

test("the words are what the policy and the kept list make", () => {
  assert.equal(readFileSync(TARGET, "utf8"), generate(), "run node src/core/visit_words/generate.mjs");
});

test("every agent of the kept list is a bot or an unfurler, but for those named as people's", (context) => {
  const crawlers = readCrawlers();
  const { people } = readPolicy();
  const human = crawlers.filter(({ instances }) => instances.some((agent) => verdictOf(agent) === "human")).map(({ pattern }) => pattern);
  assert.deepEqual(human.sort(), Object.keys(people).sort());
  const count = crawlers.reduce((sum, { instances }) => sum + instances.length, 0);
  context.diagnostic(`${count} agents of ${crawlers.length} patterns`);
  assert.ok(count >= 2118, `only ${count} agents, 2118 are known`);
});
