// The body of POST /track in plain JavaScript, with the checks that the core makes (docs/protocol.md#track, #limits), written to
// be fast: what a shop would have in its page without the core. tests/bench/plain_javascript.test.mjs holds it to the vectors.
const MAX_FIELDS = 64;
const MAX_KEY = 128;
const MAX_VALUE = 8192;
const MAX_CENTS = 999_999_999_999;
const CONTROL = /[\0-\x1f\x7f]/;
const SLUG = /^[\w-]+$/;
const DIGITS = /^\d+$/;
const MONEY = /^(\d+)(?:\.(\d{1,2}))?$/;
const LOCAL_PART = /^[^\0-\x20\x7f<>@]+$/;
const DOMAIN = /^(?:localhost|[A-Za-z\d\x80-\uffff-]+(?:\.[A-Za-z\d\x80-\uffff-]+)+)$/;
const HEX_DIGEST = /^[\dA-Fa-f]{64}$/;
const VOUCHER = /^[^\0-\x1f\x7f\\"]+$/;

export const name = "plain JavaScript";

export class Refusal extends Error {
  constructor(code, field) {
    super(`${field}: ${code}`);
    Object.assign(this, { code, field });
  }
}

// Bytes of UTF-8 beyond a limit; counted only where the number of units does not tell.
const isOver = (text, limit) => text.length > limit || (text.length * 3 > limit && Buffer.byteLength(text) > limit);

const when = (holds) => (holds ? "" : "invalid_field");
const slug = (value) => when(typeof value === "string" && SLUG.test(value));
const line = (value) => when(typeof value === "string" && !CONTROL.test(value));
const text = (value) => when(typeof value === "string");
const boolean = (value) => when(value === true || value === false || value === "true" || value === "false");
const orderNumber = (value) => (typeof value === "string" ? line(value) : when(typeof value === "number" && DIGITS.test(String(value))));

const email = (value) => {
  if (typeof value !== "string") return "invalid_field";
  const at = value.indexOf("@");
  const local = value.slice(0, at);
  return when(at > 0 && !isOver(local, 64) && LOCAL_PART.test(local) && DOMAIN.test(value.slice(at + 1)));
};

const money = (value) => {
  const literal = String(value);
  if (literal.length > 32) return "too_long";
  const parts = MONEY.exec(literal);
  if (parts === null) return "invalid_field";
  return Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) > MAX_CENTS ? "too_long" : "";
};

const vouchers = (value) => {
  if (!Array.isArray(value)) return "invalid_field";
  for (const [index, code] of value.entries()) {
    if (typeof code !== "string" || !VOUCHER.test(code)) return "invalid_field";
    if (isOver(code, 64)) return "too_long";
    if (index === 20) return "too_many";
  }
  return "";
};

const keysOf = (signedKeys) => signedKeys.split(",").map((key) => key.replace(/^[ \t]+|[ \t]+$/g, ""));

const signedKeys = (value) => {
  if (typeof value !== "string") return "invalid_field";
  const keys = keysOf(value);
  for (const [index, key] of keys.entries()) {
    if (key === "") return "missing_field";
    if (key === "secret" || key === "signature") return "invalid_field";
    if (keys.indexOf(key) < index) return "duplicate_field";
    if (index === 32) return "too_many";
  }
  return when(keys.includes("order_number") && keys.includes("customer_email"));
};

const signature = (value) => when(typeof value === "string" && HEX_DIGEST.test(value));

// In the order in which a payload is written.
const KNOWN = new Map([
  ["market", { max: 64, check: slug }], ["campaign", { max: 64, check: slug }], ["customer_name", { max: 256, check: line }],
  ["customer_email", { max: 254, check: email }], ["marketing_opt_in", { max: MAX_VALUE, check: boolean }],
  ["order_number", { max: 128, check: orderNumber }], ["order_value", { max: MAX_VALUE, check: money }],
  ["reward_category", { max: 64, check: line }], ["voucher_code", { max: 64, check: line }],
  ["voucher_codes", { max: MAX_VALUE, check: vouchers }], ["locale", { max: 35, check: slug }],
  ["signed_keys", { max: MAX_VALUE, check: signedKeys }], ["signature", { max: MAX_VALUE, check: signature }],
  ["ref", { max: 256, check: text }], ["browser_cookie", { max: 256, check: text }],
]);
const ORDER = [...KNOWN.keys()];
const REQUIRED = ["market", "customer_email", "order_number"];

const isBlank = (value) => value === undefined || value === null || value === "";

const checkSize = (key, value) => {
  if (key === "") throw new Refusal("missing_field", "key");
  if (isOver(key, MAX_KEY)) throw new Refusal("too_long", "key");
  if (isOver(typeof value === "string" ? value : JSON.stringify(value), MAX_VALUE)) throw new Refusal("too_long", key);
};

const checkField = (key, value) => {
  const known = KNOWN.get(key);
  if (known === undefined) throw new Refusal("unknown_field", key);
  if (isBlank(value)) return;
  const code = typeof value === "string" && isOver(value, known.max) ? "too_long" : known.check(value);
  if (code !== "") throw new Refusal(code, key);
};

// A signature and the list of what it covers come together, and what is listed is there.
const signedKeysOf = (fields) => {
  if (isBlank(fields.signed_keys) && isBlank(fields.signature)) return [];
  for (const key of ["signed_keys", "signature"]) if (isBlank(fields[key])) throw new Refusal("missing_field", key);
  const keys = keysOf(fields.signed_keys);
  for (const key of keys) if (fields[key] === undefined) throw new Refusal("missing_field", key);
  return keys;
};

export const trackPayload = (fields) => {
  const given = Object.keys(fields).filter((key) => fields[key] !== undefined);
  if (given.length > MAX_FIELDS) throw new Refusal("too_many", "fields");
  for (const key of given) checkSize(key, fields[key]);
  for (const key of given) checkField(key, fields[key]);
  for (const key of REQUIRED) if (isBlank(fields[key])) throw new Refusal("missing_field", key);
  const signed = signedKeysOf(fields);
  const written = {};
  for (const key of ORDER) {
    const value = fields[key];
    if (value !== undefined && (!isBlank(value) || signed.includes(key))) written[key] = value;
  }
  return JSON.stringify(written);
};
