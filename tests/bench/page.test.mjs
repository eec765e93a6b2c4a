// script/bench page: every figure is there. What it costs is for people to read, and fails nothing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ROOT } from "../wasm/artefacts.mjs";
import { readTrace } from "./page/trace.mjs";

const FIGURES = [
  ...["", ", later in a visit", ", no order"].map((which) => [`script time${which}`, "budget", 10]),
  ...["", ", later in a visit", ", no order"].map((which) => [`longest task${which}`, "budget", 50]),
  ["largest contentful paint", "without the script", undefined], ["cumulative layout shift", "without the script", undefined],
];

const bench = (args, rounds) => spawnSync(`${ROOT}script/bench`, ["page", ...args], { encoding: "utf8", env: { ...process.env, REFEDGE_BENCH_ROUNDS: rounds } });

test("script/bench page --json has every figure", () => {
  const { status, stdout, stderr } = bench(["--json"], "1");
  assert.equal(status, 0, stderr);
  const rows = JSON.parse(stdout);
  assert.deepEqual(rows.map(({ name, peer }) => [name, peer]), FIGURES.map(([name, peer]) => [name, peer]));
  for (const [index, [, , budget]] of FIGURES.entries()) if (budget !== undefined) assert.equal(rows[index].peer_value, budget);
  for (const { name, value, peer_value: peerValue } of rows.slice(0, 7)) assert.ok(value > 0 && peerValue > 0, name);
});

test("script/bench page prints a table", () => {
  const { status, stdout, stderr } = bench([], "1");
  assert.equal(status, 0, stderr);
  for (const [name] of FIGURES) assert.match(stdout, new RegExp(`^${name} +\\d+\\.\\d\\d`, "m"));
});

test("script/bench page refuses rounds that are no number", () => {
  const { status, stdout, stderr } = bench([], "0");
  assert.notEqual(status, 0);
  assert.equal(stdout, "");
  assert.match(stderr, /REFEDGE_BENCH_ROUNDS: a whole number from 1/);
});

// A page with a task of 20 ms in which a script ran for 12, and for 2 within these; a microtask of 3; and what is none of it.
const SPANS = [
  ["ParseHTML", 1000, 1, { beginData: { url: "http://shop/" } }],
  ["ThreadControllerImpl::RunTask", 2000, 20], ["EvaluateScript", 3000, 12], ["FunctionCall", 4000, 2], ["Layout", 16000, 4],
  ["ThreadControllerImpl::RunTask", 30000, 3.5], ["BlinkScheduler_PerformMicrotaskCheckpoint", 30100, 3],
  ["ThreadControllerImpl::RunTask", 40000, 80], ["Layout", 40100, 79], ["BlinkScheduler_PerformMicrotaskCheckpoint", 119200, 0.5],
].map(([name, ts, ms, args = {}]) => ({ name, ts, dur: ms * 1000, tdur: ms * 500, ph: "X", pid: 1, tid: 1, args }));
const MARKS = [
  ["navigationStart", 500, { data: { documentLoaderURL: "http://shop/" } }], ["largestContentfulPaint::Candidate", 9500, {}],
  ["LayoutShift", 9600, { data: { score: 0.25 } }], ["LayoutShift", 9700, { data: { score: 0.5, had_recent_input: true } }],
].map(([name, ts, args]) => ({ name, ts, ph: "I", pid: 1, tid: 1, args }));

test("a trace is read: time on the core, nested work once, tasks that are mostly the page's own left out", () => {
  const elsewhere = { ...SPANS[2], tid: 2 };
  assert.deepEqual(readTrace([...SPANS, ...MARKS, elsewhere], "http://shop/"), { scriptMs: 7.75, longestMs: 10, lcpMs: 9, shift: 0.25 });
});
