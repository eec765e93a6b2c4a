// The sources hold under TypeScript's strictest settings.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { ROOT } from "../wasm/artefacts.mjs";

test("tsc finds nothing", () => {
  const tsc = `${ROOT}node_modules/typescript/bin/tsc`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", `${ROOT}js`, "--noEmit"], { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
});

test("nothing is typed any, and no check is switched off", () => {
  const files = readdirSync(`${ROOT}js/src`, { recursive: true }).filter((name) => name.endsWith(".ts"));
  assert.ok(files.length >= 12, `only ${files.length} sources found`);
  for (const file of files) {
    const found = readFileSync(`${ROOT}js/src/${file}`, "utf8").match(/[:<] ?any\b|\bas any\b|@ts-|eslint-disable/);
    assert.equal(found, null, `${file}: ${found}`);
  }
});
