// The signed referral cookie, read and checked by hand from docs/protocol.md#cookies, with Node's crypto alone.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

const readKeys = (file) => readFileSync(file, "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split(" "));

const findKey = (file, marketId, keyId) => {
  const found = readKeys(file).find(([market, id]) => market === marketId && id === keyId);
  assert.ok(found, `key "${keyId}" of the market is in the cookie keys file`);
  return Buffer.from(found[2], "base64");
};

// openCookie: {code, clickId, seconds, keyId}; throws unless the tag is what the market's key makes.
export const openCookie = (value, { market_id, files }) => {
  const parts = value.split(".");
  assert.equal(parts.length, 5, "1.<code>.<click id>.<unix seconds>.<key id><mac>");
  const [version, code, clickId, seconds, tag] = parts;
  assert.equal(version, "1");
  const signed = value.slice(0, value.lastIndexOf("."));
  const mac = createHmac("sha256", findKey(files.keys, market_id, tag[0])).update(signed).digest();
  assert.equal(tag.slice(1), mac.subarray(0, 16).toString("base64url"), "the cookie's signature");
  return { code, clickId, seconds: Number(seconds), keyId: tag[0] };
};
