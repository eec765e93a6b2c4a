// SHA-256 and HMAC-SHA1 of the modules against node:crypto's, at every length that ends a block in another way: refedge-server.wasm makes their
// schedules by lanes, which no native test sees.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { importBuilt, readModule } from "./artefacts.mjs";

const { loadFull } = await importBuilt("full.js");
const LONGEST = 300;
// Each byte another, and every bit of a word set somewhere.
const textOf = (length, seed) => Buffer.from(createHash("shake256", { outputLength: length }).update(`${seed} ${length}`).digest()).toString("latin1").replace(/[^\x20-\x7e]/g, "é").slice(0, length);

for (const name of ["refedge-full", "refedge-server"]) {
  test(`${name}.wasm hashes as node:crypto does, at every length up to ${LONGEST}`, async () => {
    const module = await loadFull(readModule(name));
    for (let length = 0; length <= LONGEST; length += 1) {
      const text = textOf(length, "text");
      assert.equal(module.hashSha256(text), createHash("sha256").update(text).digest("hex"), `SHA-256 of ${length}`);
      if (length === 0) continue;
      const secretKey = textOf(1 + (length % 130), "key");
      assert.equal(module.buildBodySignature({ body: text, secretKey }), createHmac("sha1", secretKey).update(text).digest("base64"), `HMAC-SHA1 of ${length}`);
    }
  });
}

test("refedge-server.wasm alone has lanes", () => {
  // i8x16.shuffle is opcode 253 13; its operand for the bytes of a word in the other order is in no other instruction.
  const swap = Buffer.from([0xfd, 0x0d, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]);
  const has = (name) => readModule(name).includes(swap);
  assert.deepEqual(["refedge", "refedge-full", "refedge-edge", "refedge-server"].map(has), [false, false, false, true]);
});
