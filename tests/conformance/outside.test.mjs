// The files that others made are as they made them. What they say is run by tests/unit/outside_test.cc.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ROOT } from "../wasm/artefacts.mjs";

const FOLDER = `${ROOT}tests/vectors/outside`;
const sums = readFileSync(`${FOLDER}/SHA256SUMS`, "utf8").trim().split("\n").map((line) => line.split("  "));

test("every outside file has the hash that is noted", () => {
  assert.ok(sums.length >= 9);
  for (const [hash, name] of sums) {
    assert.equal(createHash("sha256").update(readFileSync(`${FOLDER}/${name}`)).digest("hex"), hash, name);
  }
});

test("every outside file is noted", () => {
  const files = readdirSync(FOLDER, { recursive: true }).filter((name) => /\.(rsp|txt)$/.test(name));
  assert.deepEqual(files.sort(), sums.map(([, name]) => name).sort());
});
