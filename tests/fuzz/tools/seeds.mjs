// First inputs of the targets that have no vectors: one or two sound ones each, from which the fuzzer goes astray.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const vectorFolder = join(dirname(fileURLToPath(import.meta.url)), "../../vectors");
const SEPARATOR = "\x1f";

const MARKET = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const CLICK_ID = "0198c1d2-3e4f-7a5b-8c6d-7e8f90a1b2c3";
const KEY = Buffer.alloc(32, "k").toString("base64");

const little = (bytes, value) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};
const joined = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));

const clickPayload = joined([1, 1], ...[CLICK_ID, "k7", MARKET, "1700000000000", "human"].flatMap((field) => [little(2, field.length), field]));
const conversionPayload = (body) =>
  joined([1, 2], ...[CLICK_ID, "m", "1700000000000", "application/json", "1.k7..1700000000"].flatMap((field) => [little(2, field.length), field]), JSON.stringify(body));
const location = "https://www.shop.example/?ref=k7";
const linkRecord = (version, state, ...fields) =>
  joined([version, state], Buffer.from(MARKET.replaceAll("-", ""), "hex"), little(6, 1800000000), [0, 0], little(2, location.length), location,
    ...fields.flatMap(([tag, text]) => [[tag], little(2, text.length), text]));
const previewRecord = linkRecord(2, 2, [1, "https://www.shop.example/over"], [2, "Give 10"], [3, "Get 10"], [4, "https://i.example/1.png"], [5, "Shop"], [6, "en"], [9, "new"]);
// The checksums are the target's to mend: the first byte asks for it.
const segment = joined("1", ...["a payload", "x", "sixteen bytes ok"].flatMap((text) =>
  [little(4, text.length), little(4, 0), text.padEnd(Math.ceil(text.length / 8) * 8, "\0")]), little(4, 0xffffffff), little(4, 0));

const feed = (links) => JSON.stringify({ links, cursor: 7, more: false });
const link = { code: "k7", market_id: MARKET, location, expires_at: 0, active: true };
const preview = { title: "Give 10", description: "Get 10", image_url: "https://i.example/1.png", site_name: "Shop", locale: "en" };
const click = { click_id: CLICK_ID, code: "k7", market_id: MARKET, at_ms: 1700000000000, verdict: "human" };

// method, path, query, body, Host, Origin, whose credentials, Refedge-Attribution
const request = (method, path, { query = "", body = "", as = "", attribution = "" } = {}) =>
  [method, path, query, typeof body === "string" ? body : JSON.stringify(body), "bp.shop.example", "https://www.shop.example", as, attribution]
    .join(SEPARATOR);

const order = { market: "m", campaign: "c", order_number: "2", customer_email: "ann@shop.example", customer_name: "Ann, Lee", order_value: "12.89" };
const person = { email: "bob@shop.example", first_name: "Bob", last_name: "Ray", custom_field_value: "x", client_data: { a: 1 }, locale: "en" };

const BY_HAND = {
  click_answer: ['{"accepted":2,"duplicates":1}', '{"accepted":18446744073709551615,"duplicates":4}'],
  click_delivery: [clickPayload],
  click_payload: [clickPayload],
  conversion_delivery: [conversionPayload(order), conversionPayload({ ...order, order_number: "1" }), conversionPayload([])],
  conversion_payload: [conversionPayload(order)],
  cookie_keys: [`${MARKET} a ${KEY}\n# old\n${MARKET}\tb  ${KEY}\r\n`],
  csv: [["Jane", "=1+1", 'say "hi"', "a,b", "two\nlines", ""].join(SEPARATOR)],
  doctor_page: [
    `<!doctype html><html><head><base href="https://bp.shop.example/"><script src="embedding.min.js" defer nonce=x integrity="sha384-x"></script>` +
      `<meta property="og:url" content="x"><meta http-equiv="Content-Security-Policy" content="default-src 'self'"></head><body><div id="bp_div" style="display:none"></div>` +
      `<script>var b = new Buyapowa({url: "https://bp.shop.example", market: "m"}, "bp_div"); b.embedReferAFriend({"campaign": "c"});</script></body></html>`,
    "<script>new Buyapowa(<!-- x --></script><svg><script>Buyapowa</svg><template><p id=a>&#0;&amp;",
  ],
  doctor_policy: [["https://www.shop.example/", "script-src 'self' 'nonce-x' *.shop.example:*/a/ https:; frame-src 'none', connect-src http://[::1]:8", "//bp.shop.example/track?x"].join(SEPARATOR)],
  doctor_snippet: [`new window.Buyapowa({url: '//x', market: f(1, [2]),}, "a", 'b').track({"order_value": "<order_value>"}) /* x */ // y`],
  json_fields: ['{"a":"b","n":-0,"f":12.50,"big":12345678901234567890123,"o":{"x":[1,true,null,"\\u00e9"]},"e":{},"l":[]}'],
  link_feed: [feed([link]), feed([{ ...link, blocked: true, fallback: location, preview }]), feed([link, { ...link, location: "ftp://x" }, { ...link, code: "!" }, 7])],
  link_record: [linkRecord(1, 0), previewRecord],
  market_id: [MARKET, MARKET.toUpperCase()],
  origin_request: [
    request("POST", "/track", { body: { ...order, ref: "$CODE", browser_cookie: "1.$CODE..1700000000" } }),
    request("POST", "/track", { body: order, attribution: "1.k7.x.1700000000" }),
    request("POST", "/track", { body: { ...order, voucher_codes: ["CODE1"], products: [{ sku: "1" }], signed_keys: "order_number", signature: "00" } }),
    request("OPTIONS", "/track"),
    request("POST", "/api/signups", { body: { campaign_slug: "c", send_auto_invite_email: false, signup: person }, as: "market" }),
    request("POST", "/api/signups", { body: { campaign_slug: "c", signup: person }, as: "nobody" }),
    request("POST", "/api/referrals/confirmations", { body: { order: { order_number: "1", status: "confirmed" } }, as: "market" }),
    request("GET", "/api/reports/who_referred_whom/c", { query: "starts_at=0&ends_at=1900000000", as: "market" }),
    request("GET", "/iaf/c/embed", { query: "market=m&locale=en&bp_e=x" }),
    request("GET", "/iaf/c/og", { query: "ref=$CODE" }),
    request("POST", "/iaf/c/signups", { body: { market: "m", name: "Bob, Ray", email: "bob@shop.example", auto: "true" } }),
    request("GET", "/edge/links", { query: "after=0&wait=0&limit=10", as: "edge" }),
    request("POST", "/edge/conversions", { body: { conversions: [{ conversion_id: CLICK_ID, at_ms: 1700000000000, content_type: "", attribution: "", body: JSON.stringify(order) }] }, as: "edge" }),
    request("POST", "/edge/clicks", { body: { clicks: [click, click] }, as: "edge" }),
  ],
  registrable_domain: ["www.shop.co.uk", "Bp.Shop.Example.", "127.0.0.1", "a.b_c.compute.amazonaws.com"],
  round_trip: ["1.k7.0198c1d2-3e4f-7a5b-8c6d-7e8f90a1b2c3.1700000000", `https://shop/?a=1#top${SEPARATOR}k7`],
  spool_segment: [segment, joined("0", segment.subarray(1))],
  web_address: ["https://www.shop.example/a?b=c#d", "http://[::1]:8080/", "https://user:pw@x/"],
};

function valueBytes(value) {
  if (typeof value === "string") return Buffer.from(value);
  if ("hex" in value) return Buffer.from(value.hex, "hex");
  if ("repeat" in value) return Buffer.concat(Array(value.repeat[1]).fill(valueBytes(value.repeat[0])));
  return Buffer.concat(value.join.map(valueBytes));
}

// The vectors' inputs as {operation, fields} or {operation, record}.
function readVectors() {
  const files = ["own", "reference", "rfc"].flatMap((folder) =>
    readdirSync(join(vectorFolder, folder)).filter((name) => name.endsWith(".json")).sort().map((name) => join(vectorFolder, folder, name)));
  return files.map((file) => JSON.parse(readFileSync(file, "utf8"))).flatMap(({ operation, cases }) => cases.map((one) =>
    ({ operation, fields: one.in?.map(valueBytes), record: one.record && valueBytes(one.record) })));
}

const vectors = readVectors();
const lines = (fields) => Buffer.concat(fields.flatMap((field, i) => (i === 0 ? [field] : [Buffer.from(SEPARATOR), field])));
const asRecord = (fields) => Buffer.concat(fields.flatMap((field) => [little(4, field.length), field]));

/** The operations that have vectors. */
export const operations = [...new Set(vectors.map(({ operation }) => operation))];

/** What the target `wasm_differential` takes for an operation and its input. */
export const forDifferential = (operation, input) => joined(operation, SEPARATOR, input);

/** First inputs of a target: the vectors' where there are any, else some by hand. */
export function seedsOf(target) {
  const whole = vectors.filter(({ fields }) => fields !== undefined);
  if (target === "record") return vectors.map(({ fields, record }) => record ?? asRecord(fields));
  if (target === "json_writer_differential") return whole.filter(({ operation }) => operation === "write_json_object").map(({ fields }) => lines(fields.filter((_, i) => i % 3 !== 2)));
  if (target === "base64_differential") return [Buffer.from("Zm9vYg=="), Buffer.from("Zm9v\r\nYg"), Buffer.from("-_-_"), Buffer.from("Zm9=")];
  if (target !== "wasm_differential") return [...whole.filter(({ operation }) => operation === target).map(({ fields }) => lines(fields)), ...(BY_HAND[target] ?? []).map((seed) => Buffer.from(seed))];
  return vectors.map(({ operation, fields, record }) =>
    fields ? forDifferential(operation, lines(fields)) : joined("raw ", forDifferential(operation, record)));
}
