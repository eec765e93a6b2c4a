// bp_e both ways: what we make opens with other languages' libraries, and what they make opens here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { full, program } from "./ours.mjs";
import { PEERS, ask, run } from "./peer.mjs";
import { randomOf, times } from "./random.mjs";

const CASES = 120;
const PROCESSES = 12; // cases of the programs that take one a process

const casesOf = (name, count) => {
  const { object, text, bytes, below } = randomOf(name);
  return times(count, () => ({
    key: bytes(16 + below(8)).toString("hex"), // 32 characters and more
    text: below(2) === 0 ? JSON.stringify(object()) : text() || "{}",
  }));
};

const encrypt = ({ key, text }) => full.encryptMetadata({ authToken: key, metadata: text });
const decrypt = (key, bpE) => full.decryptMetadata({ authToken: key, bpE });

for (const peer of PEERS) {
  test(`${peer.name} opens our bp_e, and we open theirs`, () => {
    const cases = casesOf(peer.name, CASES);
    const opened = ask(peer, cases.map((each) =>
      ({ do: "open_metadata", key: each.key, bp_e: encodeURIComponent(encrypt(each)) })));
    assert.deepEqual(opened, cases.map(({ text }) => text));
    const made = ask(peer, cases.map((each) => ({ do: "make_metadata", ...each })));
    assert.deepEqual(made.map((bpE, i) => decrypt(cases[i].key, bpE)), opened);
  });
}

const openssl = (options, key, input) => run({
  name: "openssl", packages: "openssl",
  command: ["openssl", "enc", "-aes-256-ecb", "-a", "-A", "-K", Buffer.from(key.slice(0, 32)).toString("hex"), ...options],
}, input).toString();

test("openssl opens our bp_e, and we open its", () => {
  for (const each of casesOf("openssl", PROCESSES)) {
    assert.equal(openssl(["-d"], each.key, encrypt(each)), each.text);
    assert.equal(openssl(["-e"], each.key, each.text), encrypt(each));
    assert.equal(decrypt(each.key, openssl(["-e"], each.key, each.text)), each.text);
  }
});

test("the program's encrypt and decrypt give the module's bytes", () => {
  const { object } = randomOf("program");
  for (const { key } of casesOf("program", PROCESSES)) {
    const text = JSON.stringify(object());
    const env = { REFEDGE_AUTH_TOKEN: key };
    const bpE = program("encrypt", [], env, text);
    assert.equal(bpE, encrypt({ key, text }));
    assert.equal(program("decrypt", [], env, bpE), text);
  }
});
