// What a page loads: sizes are exact, and an advertised property. Compressed as a server would: brotli -q 11.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sizeOf } from "../../js/tools/sizes.mjs";
import { artefact } from "./artefacts.mjs";

const PAGE_BUDGET = 16_384;
const SCRIPT_BUDGET = 4_096;

test(`the script stays within ${SCRIPT_BUDGET} bytes`, () => {
  const { brotli } = sizeOf(artefact("js/embedding.min.js"));
  assert.ok(brotli <= SCRIPT_BUDGET, `embedding.min.js: ${brotli} bytes of brotli`);
});

test(`script and module together stay within ${PAGE_BUDGET} bytes`, (context) => {
  const [script, module] = ["js/embedding.min.js", "wasm/refedge.wasm"].map((name) => sizeOf(artefact(name)).brotli);
  context.diagnostic(`script ${script} + module ${module} = ${script + module} bytes of brotli`);
  assert.ok(script + module <= PAGE_BUDGET, `${script} + ${module} = ${script + module} bytes of brotli`);
});
