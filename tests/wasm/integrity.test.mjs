// integrity.json: the hashes of all that a page loads, as the integrity attribute and import maps take them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { artefact } from "./artefacts.mjs";

const read = (name) => readFileSync(artefact(`js/${name}`));
const integrity = JSON.parse(read("integrity.json"));

test("every hash is that of its file", () => {
  assert.ok(Object.keys(integrity).length >= 8);
  for (const [name, value] of Object.entries(integrity)) {
    assert.equal(value, `sha384-${createHash("sha384").update(read(name)).digest("base64")}`, name);
  }
});

// The static imports of a module, and theirs.
const closureOf = (name, found = new Set()) => {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, target] of read(name).toString("utf8").matchAll(/from "\.\/([^"]+)"/g)) closureOf(target, found);
  return found;
};

const SCRIPT = ["embedding.min.js", "embedding.js", "refedge.min.js", "refedge-friendbuy.min.js", "refedge-debug.min.js"];

// Each file of the script brings its siblings by their hashes: SHA-256 in the script, SHA-384 here.
const BRINGS = {
  "embedding.min.js": ["refedge.min.js"],
  "refedge.min.js": ["refedge.wasm", "refedge.wasm.js", "refedge-friendbuy.min.js"],
  "refedge-friendbuy.min.js": ["refedge-debug.min.js"],
};

for (const [name, siblings] of Object.entries(BRINGS)) {
  test(`${name} knows the hashes of what it brings`, () => {
    const found = [...read(name).toString("utf8").matchAll(/sha256-[\w+/]{43}=/g)].map(([hash]) => hash);
    const expected = siblings.map((sibling) => `sha256-${createHash("sha256").update(read(sibling)).digest("base64")}`);
    assert.deepEqual([...new Set(found)].sort(), expected.sort());
  });
}

test("it names the script, the module in both its forms, and all that refedge is made of, and nothing else", () => {
  const modules = [...closureOf("core.js")];
  assert.ok(modules.length >= 4, "imports are found");
  assert.deepEqual(Object.keys(integrity).sort(), [...SCRIPT, "refedge.wasm", "refedge.wasm.js", ...modules].sort());
});
