// Signatures of objects and of bodies, made with other languages' own JSON and hashes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { full, program } from "./ours.mjs";
import { PEERS, ask } from "./peer.mjs";
import { randomOf, times } from "./random.mjs";

const CASES = 120;
const PROCESSES = 12;

const objectsOf = (name, count) => {
  const { object, shortText, word } = randomOf(name);
  return times(count, () => ({ fields: object(), secret: shortText() || word() }));
};

const verify = ({ fields, secret }, signature) =>
  full.verifySignature({ secretKey: secret, signedKeys: Object.keys(fields).join(","), signature, fields });
const build = ({ fields, secret }) =>
  full.buildSignature({ secretKey: secret, signedKeys: Object.keys(fields).join(", "), fields });

for (const peer of PEERS) {
  test(`${peer.name} signs objects as we do`, () => {
    const cases = objectsOf(peer.name, CASES);
    const signatures = ask(peer, cases.map((each) => ({ do: "sign", ...each })));
    assert.deepEqual(signatures, cases.map(build));
    cases.forEach((each, i) => verify(each, signatures[i]));
  });

  test(`${peer.name} signs bodies as we do`, () => {
    const { text, word } = randomOf(`${peer.name} bodies`);
    const cases = times(CASES, () => ({ body: text(), secret: word() }));
    const signatures = ask(peer, cases.map((each) => ({ do: "sign_body", ...each })));
    cases.forEach(({ body, secret }, i) => {
      assert.equal(full.buildBodySignature({ body, secretKey: secret }), signatures[i]);
      full.verifyBodySignature({ body, signature: signatures[i], secretKey: secret });
      assert.throws(() => full.verifyBodySignature({ body: `${body} `, signature: signatures[i], secretKey: secret }),
        { code: "signature_mismatch" });
    });
  });
}

test("the program's sign gives the module's signature", () => {
  for (const each of objectsOf("program", PROCESSES)) {
    const secret = each.secret.replaceAll(/[\0\r\n]/g, "x"); // what an environment variable can hold
    const keys = Object.keys(each.fields).join(",");
    const signature = program("sign", ["--keys", keys], { REFEDGE_SECRET_KEY: secret }, JSON.stringify(each.fields));
    assert.equal(signature, build({ fields: each.fields, secret }));
  }
});

// What the encoders of PHP and Python do as they come is what merchants send; the report must name it, and name nothing else.
const REASONS = {
  PHP: ["escaped_slashes", "escaped_unicode"],
  Python: ["escaped_unicode", "spaces"],
};

for (const peer of PEERS.filter(({ name }) => name in REASONS)) {
  test(`${peer.name}'s encoder as it comes is recognised`, () => {
    const { below, word } = randomOf(`${peer.name} report`);
    const values = () => `${word()}/é${["🎾", "€", "ß"][below(3)]}"\\`;
    const cases = times(CASES, () => ({ fields: randomOf(word()).object(values), secret: word() }));
    const signatures = ask(peer, cases.map((each) => ({ do: "sign_as_it_comes", ...each })));
    cases.forEach(({ fields, secret }, i) => {
      const report = JSON.parse(full.explainSignatureMismatch({
        secretKey: secret, signedKeys: Object.keys(fields).join(","), signature: signatures[i], fields,
      }));
      assert.deepEqual(report.map(({ reason }) => reason), REASONS[peer.name]);
    });
  });
}
