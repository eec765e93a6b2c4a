// track() in a real browser: what is posted, and that an order is neither lost nor thrown back at the page.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { importBuilt, readModule } from "../wasm/artefacts.mjs";
import { openPage, stage, until } from "./browser.mjs";
import { page as shopPage, startShop } from "./shop.mjs";

const SNIPPET = `<script>var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});</script>`;
const CSP = { "content-security-policy": "default-src 'self' 'unsafe-inline' http://bp.shop.localhost:*" };
const PAGES = {
  "/": shopPage(SNIPPET),
  "/at-once": shopPage(`<script>
    var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});
    var answer = buyapowa.track({"customer_email": "jane@example.com", "order_number": "EARLY1"});
  </script>`),
  "/manual": shopPage(`<script type="text/javascript">
  var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});
  buyapowa.track({
    "customer_name": "John, Doe",
    "customer_email": "john@example.com",
    "marketing_opt_in": "true",
    "order_number": "ORDER123",
    "order_value": "12.89",
    "reward_category": "25OFF", //only required for intelligent rewards
    "voucher_code": "BPCRAW1234",
    "signed_keys": "order_number, customer_email", //only if you want to sign the requests
    "signature": "351381bad6a8c4c3ca0baff383bf64b5248e6ba467314b88c84e3d5e9c91da33", //only if you want to sign the requests
    "locale": "en"
  });
</script>`),
  "/csp": shopPage(SNIPPET, { headers: CSP }),
};
const ORDER = { order_value: "12.89", customer_email: "jané@example.com", order_number: "ORDER/1", voucher_codes: ["A", "B"], marketing_opt_in: true };
const CREATED = { order_number: "ORDER/1", referral: null, reason: "no_evidence" };

const [browser, shop] = await stage(startShop, PAGES);
const core = await (await importBuilt("core.js")).loadCore(readModule("refedge"));
beforeEach(() => {
  shop.tracked.length = 0;
  shop.paths.length = 0;
  shop.answers.track = () => ({ status: 200, body: JSON.stringify(CREATED) });
  shop.answers.wasm = undefined;
});

const open = (context, path) => openPage(context, browser, `${shop.pageUrl}${path}`);
const track = (page, order) => page.evaluate((given) => window.buyapowa.track(given), order);
// What is kept: [where to, the order].
const outbox = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("refedge_outbox\n"))
  .map((key) => [key.split("\n")[1], JSON.parse(key.split("\n")[2])]));
const expected = (order, extra = {}) => core.buildTrackPayload({ ...order, market: "demo", ...extra });

test("posts the core's bytes and gives the server's answer", async (context) => {
  const { page, thrown, complaints } = await open(context, "/");
  assert.deepEqual(await track(page, ORDER), { ...CREATED, status: 200 });
  const [{ body, headers }] = shop.tracked;
  assert.equal(body, expected(ORDER));
  assert.equal(headers["content-type"], "text/plain;charset=UTF-8");
  assert.equal(headers.origin, shop.pageUrl);
  assert.deepEqual([thrown, complaints, await outbox(page)], [[], [], []]);
});

test("the manual's snippet works as it stands", async (context) => {
  const { thrown, complaints } = await open(context, "/manual");
  await until("the order is posted", () => shop.tracked.length === 1);
  assert.deepEqual(JSON.parse(shop.tracked[0].body), {
    market: "demo", customer_name: "John, Doe", customer_email: "john@example.com", marketing_opt_in: "true",
    order_number: "ORDER123", order_value: "12.89", reward_category: "25OFF", voucher_code: "BPCRAW1234", locale: "en",
    signed_keys: "order_number, customer_email", signature: "351381bad6a8c4c3ca0baff383bf64b5248e6ba467314b88c84e3d5e9c91da33",
  });
  assert.deepEqual([thrown, complaints], [[], []]);
});

test("adds the page's ref and the script's cookie", async (context) => {
  const { page } = await open(context, "/?ref=k7_-A");
  await track(page, ORDER);
  const [, captured] = (await page.evaluate(() => document.cookie)).match(/_refedge_js=(1\.k7_-A\.\.\d+)/);
  assert.equal(shop.tracked[0].body, expected(ORDER, { ref: "k7_-A", browser_cookie: captured }));
});

test("a call before the core is there is kept and sent", async (context) => {
  let release;
  const released = new Promise((done) => (release = done));
  shop.answers.wasm = () => released.then(() => ({}));
  const { page } = await open(context, "/at-once");
  await until("the module is asked for", () => shop.paths.includes("/refedge.wasm"));
  assert.equal(shop.tracked.length, 0);
  release();
  assert.equal((await page.evaluate(() => window.answer)).status, 200);
  assert.equal(shop.tracked[0].body, expected({ customer_email: "jane@example.com", order_number: "EARLY1" }));
});

test("a wrong field is named and nothing is sent", async (context) => {
  const { page, thrown, complaints } = await open(context, "/");
  const answer = await track(page, { ...ORDER, customer_email: "secret value" });
  assert.deepEqual(answer, {
    status: 422, errors: [{ field: "customer_email", reason: "invalid_field", message: "customer_email: invalid field" }],
  });
  assert.deepEqual(complaints, ["refedge: track: the order was not sent: customer_email: invalid field"]);
  assert.equal((await track(page, { ...ORDER, custmer_name: "x" })).errors[0].field, "custmer_name");
  assert.equal((await track(page, undefined)).errors[0].field, "customer_email");
  assert.deepEqual([thrown, shop.tracked], [[], []]);
});

test("the server's refusal is told", async (context) => {
  const errors = [{ field: "signature", reason: "signature_mismatch", message: "signature is wrong" }];
  shop.answers.track = () => ({ status: 422, body: JSON.stringify({ errors }) });
  const { page, complaints } = await open(context, "/");
  assert.deepEqual(await track(page, ORDER), { errors, status: 422 });
  assert.equal(complaints.length, 1);
  assert.deepEqual(await outbox(page), [], "a refusal is an answer");
});

// Every kind of value, blank fields, blank signed fields and unknown order of fields.
const PLAIN = [
  ORDER,
  { ...ORDER, voucher_code: "", locale: null, campaign: undefined, order_value: 12.5 },
  { ...ORDER, reward_category: "", signed_keys: "order_number, customer_email,reward_category", signature: "0".repeat(64) },
];

const isWasmRefused = (page) => page.evaluate(() =>
  WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => false, ({ name }) => name === "CompileError"));

test("where WebAssembly is refused by CSP its JavaScript makes the checks", async (context) => {
  const { page, thrown, complaints } = await open(context, "/csp?ref=k7");
  assert.ok(await isWasmRefused(page));
  assert.equal((await track(page, { ...ORDER, customer_email: "secret value" })).status, 422);
  assert.deepEqual(complaints, ["refedge: track: the order was not sent: customer_email: invalid field"]);
  const cookie = (await page.evaluate(() => document.cookie)).split("=")[1];
  for (const order of PLAIN) assert.equal((await track(page, order)).status, 200);
  assert.deepEqual(shop.tracked.map(({ body }) => body), PLAIN.map((order) => expected(order, { ref: "k7", browser_cookie: cookie })));
  assert.deepEqual([thrown, shop.paths.filter((path) => path === "/refedge.wasm.js").length], [[], 1]);
});

test("where WebAssembly is not refused its JavaScript is not loaded", async (context) => {
  const { page } = await open(context, "/");
  await track(page, ORDER);
  assert.deepEqual(shop.paths.filter((path) => path.startsWith("/refedge.wasm")), ["/refedge.wasm"]);
});

// What the core would make of the plain bodies.
const canonical = () => shop.tracked.map(({ body }) => core.buildTrackPayload(JSON.parse(body)));

test("where neither is there the same is posted, in the page's order", async (context) => {
  shop.answers.wasm = () => ({ status: 404, body: "" });
  const { page, thrown } = await open(context, "/csp?ref=k7");
  assert.ok(await isWasmRefused(page));
  const cookie = (await page.evaluate(() => document.cookie)).split("=")[1];
  for (const order of PLAIN) assert.equal((await track(page, order)).status, 200);
  assert.deepEqual(canonical(), PLAIN.map((order) => expected(order, { ref: "k7", browser_cookie: cookie })));
  assert.deepEqual(thrown, []);
});

test("without the core a wrong field is left to the server, unknown ones too", async (context) => {
  shop.answers.wasm = () => ({ status: 404, body: "" });
  const { page } = await open(context, "/");
  await track(page, { custmer_name: "x", order_number: "1" });
  assert.equal(shop.tracked[0].body, '{"custmer_name":"x","order_number":"1","market":"demo"}');
});

test("an order waits for a module that does not come no longer than a few seconds", async (context) => {
  shop.answers.wasm = () => new Promise(() => {});
  const { page } = await open(context, "/");
  assert.equal((await track(page, ORDER)).status, 200);
  assert.deepEqual(canonical(), [expected(ORDER)]);
});

test("an order is sent when the visitor leaves before the module is there", async (context) => {
  shop.answers.wasm = () => new Promise(() => {});
  const { page } = await open(context, "/at-once");
  await until("the module is asked for", () => shop.paths.includes("/refedge.wasm"));
  await page.goto("about:blank");
  await until("the order is posted", () => shop.tracked.length > 0);
  assert.equal(JSON.parse(shop.tracked[0].body).order_number, "EARLY1");
});

test("an order that cannot be delivered is kept and sent again by the page", async (context) => {
  let isDown = true;
  shop.answers.track = () => (isDown ? "drop" : { status: 201, body: "{}" });
  const { page, thrown } = await open(context, "/");
  assert.deepEqual(await track(page, ORDER), { status: 0 });
  assert.deepEqual(await outbox(page), [[`${shop.marketUrl}/track`, { ...ORDER, market: "demo" }]]);
  const tried = shop.tracked.length;
  isDown = false;
  await until("it is sent again", () => shop.tracked.length > tried);
  await until("it is forgotten", async () => (await outbox(page)).length === 0);
  assert.equal(new Set(shop.tracked.map(({ body }) => body)).size, 1);
  assert.deepEqual(thrown, []);
});

for (const [status, isKept] of [[200, false], [202, false], [413, false], [422, false], [401, true], [404, true], [429, true], [500, true]]) {
  test(`status ${status} is ${isKept ? "no answer: the order is kept" : "an answer"}`, async (context) => {
    shop.answers.track = () => ({ status, body: "{}" });
    const { page } = await open(context, "/");
    assert.deepEqual(await track(page, ORDER), { status });
    assert.equal((await outbox(page)).length, isKept ? 1 : 0);
  });
}

test("the next page sends what an earlier one could not, and each order once", async (context) => {
  shop.answers.track = () => ({ status: 503, body: "" });
  const { page } = await open(context, "/");
  assert.equal((await track(page, ORDER)).status, 503);
  await track(page, ORDER);
  await track(page, { ...ORDER, order_number: "ORDER/2" });
  assert.equal((await outbox(page)).length, 2);
  shop.answers.track = () => ({ status: 201, body: "{}" });
  shop.tracked.length = 0;
  await page.goto(`${shop.pageUrl}/`);
  await until("both are forgotten", async () => (await outbox(page)).length === 0);
  assert.deepEqual(shop.tracked.map(({ body }) => JSON.parse(body).order_number).sort(), ["ORDER/1", "ORDER/2"]);
});

test("a damaged or an old outbox does no harm", async (context) => {
  const { page, thrown } = await open(context, "/");
  const old = `refedge_outbox\n${shop.marketUrl}/track\n{}`;
  for (const [key, value] of [[old, "0"], [old, "x"], ["refedge_outbox\n", `${Date.now()}`], ["refedge_outbox\nnot a url\n{", `${Date.now()}`]]) {
    await page.evaluate((entry) => localStorage.setItem(...entry), [key, value]);
    await page.goto(`${shop.pageUrl}/`);
    await until("it is gone", () => page.evaluate(() => localStorage.length === 0));
  }
  assert.deepEqual([thrown, shop.tracked], [[], []]);
});

test("a market that cannot be understood is complained about, not thrown", async (context) => {
  const { page, thrown, complaints } = await open(context, "/");
  const status = (options) => page.evaluate(async (given) => (await new Buyapowa(given).track({})).status, options);
  assert.equal(await status({ url: "javascript:alert(1)", market: "demo" }), 422);
  assert.equal(await status({ url: shop.marketUrl }), 422);
  assert.equal(await status(undefined), 422);
  assert.deepEqual(complaints.map((text) => text.replace("refedge: track: the order was not sent: ", "")), ["url: invalid field", "market: missing field", "url: invalid field"]);
  assert.deepEqual(thrown, []);
});
