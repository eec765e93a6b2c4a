// script/bench: every row and peer is there and makes sense. How fast anything is, is for people to read, and fails nothing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ROOT } from "../wasm/artefacts.mjs";

const HASHERS = ["crypto-js", "noble", "node:crypto", "hash-wasm"];
const CIPHERS = ["crypto-js", "noble", "noble, btoa", "node:crypto"];

const EXPECTED = {
  core: {
    sha256: ["openssl"], "hmac-sha1": ["openssl"], "bp_e encrypt": ["openssl"], "bp_e decrypt": ["openssl"], sign: ["openssl"],
  },
  wasm: {
    sha256: HASHERS, "hmac-sha1": HASHERS, "bp_e encrypt": CIPHERS, "bp_e decrypt": CIPHERS, sign: HASHERS,
    payload: ["plain JavaScript"], instantiate: ["hash-wasm"],
  },
};

const bench = (args, rounds) =>
  spawnSync(`${ROOT}script/bench`, args, { encoding: "utf8", env: { ...process.env, REFEDGE_BENCH_ROUNDS: rounds } });

const peersByName = (rows) => {
  const found = {};
  for (const { name, peer } of rows) (found[name] ??= []).push(peer);
  return found;
};

const requireSense = (row) => {
  const { name, value, unit, peer_value: peerValue, ratio, ratio_min: least, ratio_max: most } = row;
  for (const number of [value, peerValue, ratio, least, most]) assert.ok(Number.isFinite(number) && number > 0, JSON.stringify(row));
  assert.ok(least <= ratio && ratio <= most, JSON.stringify(row));
  assert.equal(unit, name === "instantiate" ? "ms" : "ns");
};

for (const [suite, expected] of Object.entries(EXPECTED)) {
  test(`script/bench ${suite} --json has every row`, () => {
    const { status, stdout, stderr } = bench([suite, "--json"], "1");
    assert.equal(status, 0, stderr);
    const rows = JSON.parse(stdout);
    assert.deepEqual(peersByName(rows), expected);
    rows.forEach(requireSense);
  });

  test(`script/bench ${suite} prints a table`, () => {
    const { status, stdout, stderr } = bench([suite], "1");
    assert.equal(status, 0, stderr);
    for (const name of Object.keys(expected)) assert.match(stdout, new RegExp(`^${name} `, "m"));
  });

  test(`script/bench ${suite} refuses rounds that are no number`, () => {
    for (const rounds of ["0", "x", "1.5", ""]) {
      const { status, stdout, stderr } = bench([suite], rounds);
      assert.notEqual(status, 0);
      assert.equal(stdout, "");
      assert.match(stderr, /REFEDGE_BENCH_ROUNDS: a whole number from 1/);
    }
  });
}
