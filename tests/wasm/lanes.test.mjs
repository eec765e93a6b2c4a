// Hashes and ciphers of the modules against node:crypto's, at every length that ends a block, or eight, in another way: refedge-server.wasm makes
// them by lanes, as V8 runs those.
import assert from "node:assert/strict";
import { createCipheriv, createHash, createHmac } from "node:crypto";
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

const AUTH_TOKEN = "fd7cf959-8a3d-431e-975b-b5d3f36aa710";
const encrypt = (text) => {
  const cipher = createCipheriv("aes-256-ecb", AUTH_TOKEN.slice(0, 32), null);
  return Buffer.concat([cipher.update(text), cipher.final()]).toString("base64");
};

for (const name of ["refedge-full", "refedge-server"]) {
  test(`${name}.wasm encrypts and decrypts as node:crypto does, at every length up to ${LONGEST}`, async () => {
    const module = await loadFull(readModule(name));
    for (let length = 0; length <= LONGEST; length += 1) {
      const metadata = JSON.stringify({ note: textOf(length, "metadata") });
      const bpE = module.encryptMetadata({ authToken: AUTH_TOKEN, metadata });
      assert.equal(bpE, encrypt(metadata), `${length}`);
      assert.equal(module.decryptMetadata({ authToken: AUTH_TOKEN, bpE }), metadata, `${length}`);
    }
  });
}

test("the modules that no page loads have lanes", () => {
  // i8x16.shuffle is opcode 253 13; its operand for the bytes of a word in the other order is in no other instruction.
  const swap = Buffer.from([0xfd, 0x0d, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]);
  const has = (name) => readModule(name).includes(swap);
  assert.deepEqual(["refedge", "refedge-full", "refedge-edge", "refedge-server"].map(has), [false, false, true, true]);
});
