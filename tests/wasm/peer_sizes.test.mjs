// The table of others' scripts beside ours: every peer is there, at the version that package.json names, in its smaller form.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { peerSizes } from "../../js/tools/peer_sizes.mjs";
import { ROOT } from "./artefacts.mjs";

const NAMES = ["@dub/analytics", "@plausible-analytics/tracker", "@snowplow/browser-tracker", "@segment/analytics-next"];

test("others' scripts are measured at the versions of package.json", async () => {
  const { devDependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
  const peers = await peerSizes();
  assert.deepEqual(peers.map(({ name, version }) => [name, version]), NAMES.map((name) => [name, devDependencies[name]]));
  for (const { brotli, raw } of peers) assert.ok(brotli > 0 && brotli < raw);
});

test("a peer is no larger than its published file", async () => {
  const peer = (await peerSizes()).find(({ name }) => name === "@dub/analytics");
  assert.ok(peer.raw < statSync(`${ROOT}node_modules/@dub/analytics/dist/index.js`).size, "its file is not minified as it comes");
});

test("the build prints them", () => {
  const { status, stdout } = spawnSync(process.execPath, [`${ROOT}js/tools/peer_sizes.mjs`], { encoding: "utf8" });
  assert.equal(status, 0);
  for (const name of NAMES) assert.match(stdout, new RegExp(`^${name} \\d[\\d.]* +\\d+ +\\d+  \\w`, "m"));
});
