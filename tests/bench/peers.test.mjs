// The peers that script/bench wasm times do the whole job: the plain JavaScript is held to the vectors of the operations.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ROOT } from "../wasm/artefacts.mjs";
import { canonical } from "./wasm/canonical.mjs";
import { contests, requireAgreement } from "./wasm/contests.mjs";
import { sha256 } from "./wasm/peers/node_crypto.mjs";
import { trackPayload } from "./wasm/peers/plain_javascript.mjs";

const readCases = (operation) => JSON.parse(readFileSync(`${ROOT}tests/vectors/own/${operation}.json`, "utf8")).cases;

const expand = (value) => {
  if (typeof value === "string") return value;
  if (value.repeat) return expand(value.repeat[0]).repeat(value.repeat[1]);
  return value.join ? value.join.map(expand).join("") : undefined;
};

// An object of record fields, or nothing where no JavaScript object is such a record: a key twice, no UTF-8, a literal that
// JSON does not write so, a kind or number of fields that is none.
const objectOf = (fields) => {
  const members = [];
  for (let i = 0; i < fields.length; i += 3) {
    const [key, value, kind] = fields.slice(i, i + 3);
    if (kind !== "s" && kind !== "r") return undefined;
    try {
      const read = kind === "s" ? value : JSON.parse(value);
      if (value === undefined || (kind === "r" && JSON.stringify(read) !== value)) return undefined;
      members.push([key, read]);
    } catch {
      return undefined;
    }
  }
  const object = Object.fromEntries(members);
  return Object.keys(object).length === members.length ? object : undefined;
};

const outcome = (act) => {
  try {
    return { out: act() };
  } catch ({ code, field }) {
    return { error: { code, field } };
  }
};

test("plain JavaScript makes the track payloads of the vectors, and refuses what they refuse", () => {
  let tried = 0;
  for (const { name, in: fields, out, error } of readCases("build_track_payload")) {
    const object = fields && objectOf(fields.map(expand));
    if (object === undefined) continue;
    tried += 1;
    assert.deepEqual(outcome(() => trackPayload(object)), error ? { error } : { out: expand(out) }, name);
  }
  assert.ok(tried >= 40, `only ${tried} cases are objects`);
});

test("plain JavaScript signs what the vectors sign", () => {
  let tried = 0;
  for (const { name, in: fields, out } of readCases("build_signature")) {
    const [secretKey, signedKeys, ...members] = (fields ?? []).map(expand);
    const object = out && objectOf(members);
    if (!object) continue;
    tried += 1;
    assert.equal(sha256(canonical(object, signedKeys, secretKey)), expand(out), name);
  }
  assert.ok(tried >= 8, `only ${tried} cases are objects`);
});

test("all contenders of a row make the same", () => {
  assert.equal(contests.length, 6);
  contests.forEach(requireAgreement);
  const [{ contenders }] = contests;
  assert.throws(() => requireAgreement({ name: "x", contenders: [...contenders, { name: "y", act: () => "z" }] }), /x: y and refedge/);
});
