// What is loaded: sizes are exact, and an advertised property. Compressed as a server would: brotli -q 11.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sizeOf } from "../../js/tools/sizes.mjs";
import { artefact } from "./artefacts.mjs";

const BUDGETS = {
  "js/embedding.min.js": 1_024,
  "js/refedge.min.js": 4_096,
  "wasm/refedge.wasm": 8_192,
  "wasm/refedge-edge.wasm": 19_456,
  "wasm/refedge-full.wasm": 22_528,
  "wasm/refedge-server.wasm": 40_960,
};

for (const [file, budget] of Object.entries(BUDGETS)) {
  test(`${file} stays within ${budget} bytes`, (context) => {
    const { brotli } = sizeOf(artefact(file));
    context.diagnostic(`${file}: ${brotli} bytes of brotli`);
    assert.ok(brotli <= budget, `${file}: ${brotli} bytes of brotli`);
  });
}

test("script and core together stay within 12,288 bytes", () => {
  const total = ["js/embedding.min.js", "js/refedge.min.js", "js/refedge.wasm"].reduce((sum, file) => sum + sizeOf(artefact(file)).brotli, 0);
  assert.ok(total <= 12_288, `${total} bytes of brotli`);
});
