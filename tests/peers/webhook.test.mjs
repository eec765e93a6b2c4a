// Webhook signatures against the standard's own library.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { full } from "./ours.mjs";
import { randomOf, times } from "./random.mjs";

const CASES = 120;
const now = () => Math.floor(Date.now() / 1000);

const { below, word, text, object, bytes } = randomOf("standardwebhooks");
const cases = times(CASES, () => ({
  id: `msg_${word()}`, body: below(2) === 0 ? JSON.stringify(object()) : text(),
  secret: `whsec_${bytes(24 + below(41)).toString("base64")}`,
}));

const sign = ({ id, body, secret }, timestamp) => full.signWebhook({ id, timestamp: String(timestamp), body, secret });
const verify = ({ id, body, secret }, timestamp, signature, secrets = [secret]) =>
  full.verifyWebhook({ id, timestamp: String(timestamp), signature, body, now: timestamp, toleranceSeconds: 0, secrets });
const headersOf = ({ id }, timestamp, signature) =>
  ({ "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature });

test("what we sign, standardwebhooks verifies", () => {
  for (const given of cases) {
    const timestamp = now();
    const headers = headersOf(given, timestamp, sign(given, timestamp));
    new Webhook(given.secret).verify(given.body, headers, { jsonParse: false });
    assert.throws(() => new Webhook(given.secret).verify(`${given.body} `, headers, { jsonParse: false }), WebhookVerificationError);
  }
});

test("what standardwebhooks signs, we verify", () => {
  for (const given of cases) {
    const timestamp = 1_000_000_000 + below(1_000_000_000);
    const signature = new Webhook(given.secret).sign(given.id, new Date(timestamp * 1000), given.body);
    assert.equal(sign(given, timestamp), signature);
    verify(given, timestamp, signature);
    assert.throws(() => verify({ ...given, body: `${given.body} ` }, timestamp, signature), { code: "signature_mismatch" });
  }
});

test("a rotation is understood on both sides", () => {
  for (const [i, given] of cases.entries()) {
    const timestamp = now();
    const { secret: other } = cases[(i + 1) % CASES];
    const both = `${sign({ ...given, secret: other }, timestamp)} v1a,AAAA ${sign(given, timestamp)}`;
    new Webhook(given.secret).verify(given.body, headersOf(given, timestamp, both), { jsonParse: false });
    verify(given, timestamp, sign(given, timestamp), [other, given.secret]);
    verify(given, timestamp, both);
  }
});
