// OAuth 1.0 against requests-oauthlib and oauth-1.0a: they sign what we verify, and verify what we sign.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import OAuth from "oauth-1.0a";
import { full } from "./ours.mjs";
import { OAUTHLIB, ask } from "./peer.mjs";
import { randomOf, times } from "./random.mjs";

const CASES = 120;
const URLS = ["https://api.example.com/api/v3/publisher/referfriends", "http://127.0.0.1:8081/a%20b/%C3%A9", "https://shop.example/"];

const casesOf = (name) => {
  const { below, word, shortText, object } = randomOf(name);
  const form = () => ({ ...object(), [`Recipients[${below(9)}].Email`]: `${word()}+docs@example.com`, empty: "" });
  return times(CASES, () => {
    const hasToken = below(2) === 0;
    return {
      method: below(2) === 0 ? "POST" : "PUT", url: URLS[below(URLS.length)], query: object(), form: form(),
      consumerKey: word(), consumerSecret: shortText() || word(), token: hasToken ? word() : "", tokenSecret: hasToken ? shortText() : "",
      timestamp: 1_300_000_000 + below(500_000_000), nonce: word(), realm: below(2) === 0 ? "Photos" : "",
    };
  });
};

const encode = (params, space) => new URLSearchParams(params).toString().replaceAll("+", space);
const requestOf = ({ method, url, query, form }) =>
  ({ method, url: `${url}?${encode(query, "%20")}`, form: encode(form, "+") });

const verify = (given, request) => full.verifyOauthRequest({
  ...request, consumerSecret: given.consumerSecret, tokenSecret: given.tokenSecret, now: given.timestamp, toleranceSeconds: 0,
});

const sign = (given) => {
  const { consumerKey, consumerSecret, token, tokenSecret, timestamp, nonce } = given;
  const request = requestOf(given);
  return { ...request, authorization: full.signOauthRequest({ ...request, consumerKey, consumerSecret, token, tokenSecret, timestamp, nonce }) };
};

/** A request that differs in one place does not verify. */
const assertGuarded = (given, request) => {
  for (const change of [{ method: "GET" }, { url: `${request.url}&x=1` }, { form: `${request.form}&x=1` }]) {
    assert.throws(() => verify(given, { ...request, ...change }), { code: "signature_mismatch", field: "oauth_signature" });
  }
};

const snake = (given) => Object.fromEntries(Object.entries(given).map(([name, value]) =>
  [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));

test("what requests-oauthlib signs, we parse and verify", () => {
  const cases = casesOf("requests-oauthlib");
  const requests = ask(OAUTHLIB, cases.map((given) => ({ do: "sign", ...snake(given), timestamp: String(given.timestamp) })));
  cases.forEach((given, i) => {
    const request = { method: given.method, ...requests[i] };
    assert.deepEqual(full.parseOauthAuthorization(request.authorization),
      { consumerKey: given.consumerKey, token: given.token, timestamp: given.timestamp, nonce: given.nonce });
    verify(given, request);
    assertGuarded(given, request);
  });
});

test("what we sign, oauthlib verifies", () => {
  const cases = casesOf("oauthlib");
  const requests = cases.map((given) => ({ do: "verify", ...snake(given), ...sign(given) }));
  assert.deepEqual(ask(OAUTHLIB, requests), cases.map(() => true));
  const changed = requests.map((request) => ({ ...request, form: `${request.form}&x=1` }));
  assert.deepEqual(ask(OAUTHLIB, changed), cases.map(() => false));
});

const peerOf = ({ consumerKey, consumerSecret, timestamp, nonce }) => {
  const oauth = new OAuth({
    consumer: { key: consumerKey, secret: consumerSecret }, signature_method: "HMAC-SHA1",
    hash_function: (text, key) => createHmac("sha1", key).update(text).digest("base64"),
  });
  return Object.assign(oauth, { getTimeStamp: () => timestamp, getNonce: () => nonce });
};

test("oauth-1.0a signs what we verify, and makes of our requests our signature", () => {
  for (const given of casesOf("oauth-1.0a")) {
    const oauth = peerOf(given);
    const request = requestOf(given);
    const token = given.token === "" ? undefined : { key: given.token, secret: given.tokenSecret };
    const params = oauth.authorize({ method: given.method, url: request.url, data: { ...given.form } }, token);
    const { Authorization: authorization } = oauth.toHeader(params);
    verify(given, { ...request, authorization });
    assertGuarded(given, { ...request, authorization });
    assert.ok(sign(given).authorization.includes(`oauth_signature="${oauth.percentEncode(params.oauth_signature)}"`));
  }
});
