// The checkout pixel in a worker of a real browser that lacks what Shopify's strict sandbox lacks: what reaches the market, and how often.
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { importBuilt, readModule } from "../wasm/artefacts.mjs";
import { newPage, stage, until } from "../js/browser.mjs";
import { address, completed, discountCode, initOf, money, privacy } from "./checkouts.mjs";
import { bundlePixel, sandboxPages } from "./sandbox.mjs";
import { startStorefront } from "./storefront.mjs";

const COOKIE = "1.k7_-A..1700000000";
const [browser, shop] = await stage(startStorefront, await sandboxPages());
let core;
let shared; // the visit of all cases that look at what is sent
before(async () => {
  shared = await newPage(browser);
  core = await (await importBuilt("core.js")).loadCore(readModule("refedge"));
});
beforeEach(() => {
  shop.tracked.length = 0;
  shop.answers.track = () => ({ status: 201, body: "{}" });
});

const settingsOf = (more) => ({ market_domain: shop.marketUrl, market: "demo", ...more });
const load = async (visit, { init = initOf(), settings = {} } = {}) => {
  await visit.page.goto(`${shop.pageUrl}/thank-you`);
  await visit.page.evaluate(([init, settings]) => startPixel(init, settings), [init, settingsOf(settings)]);
};
const open = async (context, options) => {
  const visit = await newPage(browser);
  context.after(() => visit.context.close());
  await load(visit, options);
  return visit;
};
const publish = (page, bus, event) => page.evaluate(([bus, event]) => publish(bus, bus === "analytics" ? "checkout_completed" : "visitorConsentCollected", event), [bus, event]);
const complete = (page, changes) => publish(page, "analytics", completed(changes));
const handled = (page, count) => until(`${count} events are handled`, () => page.evaluate((count) => window.handled.length >= count, count));
const orders = async (count) => {
  await until(`${count} orders are there`, () => shop.tracked.length >= count);
  return shop.tracked.map(({ body }) => JSON.parse(body));
};
const stateOf = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("refedge_pixel")));
const thrownIn = (page) => page.evaluate(() => window.thrown);

const EXPECTED = {
  market: "demo", customer_name: "Jane, Smith", customer_email: "jané@example.com", marketing_opt_in: "true",
  order_number: "5678901234567", order_value: "12.90", voucher_codes: ["BPCRAW1234"], locale: "en-GB",
};

test("an order is posted, in the core's bytes, without a preflight", async (context) => {
  const { page, complaints } = await open(context);
  await complete(page);
  await orders(1);
  const [{ body, headers }] = shop.tracked;
  assert.equal(body, core.buildTrackPayload(EXPECTED));
  assert.equal(headers["content-type"], "text/plain");
  assert.equal(headers.origin, shop.pageUrl);
  await handled(page, 1);
  assert.deepEqual(await stateOf(page), { kept: [], done: ["5678901234567"] });
  assert.deepEqual([await thrownIn(page), complaints], [[], []]);
});

test("the browser script's cookie goes with it; anything else is no cookie of it", async (context) => {
  const visit = await open(context);
  for (const [index, [value, expected]] of [[COOKIE, COOKIE], ["1.k7..x", undefined], ["<b>", undefined]].entries()) {
    await visit.context.clearCookies();
    await visit.page.evaluate((value) => (document.cookie = `_refedge_js=${value}; Path=/`), value);
    await complete(visit.page, { order: { id: `7${index}` } });
    assert.equal((await orders(index + 1))[index].browser_cookie, expected);
  }
});

test("the market's own cookie goes with it too", async (context) => {
  const visit = await open(context);
  await visit.context.addCookies([{ name: "_refedge", value: "1.k7.x.1.ay", domain: ".shop.localhost", path: "/", httpOnly: true, sameSite: "Lax" }]);
  await complete(visit.page);
  await orders(1);
  assert.match(shop.tracked[0].headers.cookie, /_refedge=1\.k7\.x\.1\.ay/);
});

// What of the checkout changes, and what then is another in the order.
const CASES = [
  ["a whole amount has two decimals", { totalPrice: money(1000, "JPY") }, { order_value: "1000.00" }],
  ["a large amount has no thousands apart", { totalPrice: money(1234567.8) }, { order_value: "1234567.80" }],
  ["a free order costs nothing", { totalPrice: money(0) }, { order_value: "0.00" }],
  ["an amount that is none is left out", { totalPrice: null }, { order_value: undefined }],
  ["an amount over the limit is left out", { totalPrice: money(1e10) }, { order_value: undefined }],
  ["a global id is its number", { order: { id: "gid://shopify/Order/123456?key=9" } }, { order_number: "123456" }],
  ["a number as a number", { order: { id: 123456 } }, { order_number: "123456" }],
  ["without an order its checkout's token", { order: null }, { order_number: "2a1b3c4d5e6f" }],
  ["several codes, each once, automatic discounts not", {
    discountApplications: [discountCode("A"), { ...discountCode("Summer sale"), type: "AUTOMATIC" }, discountCode("B 2"), discountCode("A")],
  }, { voucher_codes: ["A", "B 2"] }],
  ["no codes", { discountApplications: [] }, { voucher_codes: undefined }],
  ["codes that the market would refuse", {
    discountApplications: ["x".repeat(65), "é".repeat(33), 'a"b', "a\\b", "", "x".repeat(64), "é".repeat(32)].map(discountCode),
  }, { voucher_codes: ["x".repeat(64), "é".repeat(32)] }],
  ["more codes than an order may have", {
    discountApplications: Array.from({ length: 21 }, (_, i) => discountCode(`C${i}`)),
  }, { voucher_codes: Array.from({ length: 20 }, (_, i) => `C${i}`) }],
  ["a name with quotes, scripts and emoji", { billingAddress: address('Dwayne "The Rock"', "</script>😀") }, { customer_name: 'Dwayne "The Rock", </script>😀' }],
  ["a last name alone", { billingAddress: address(null, "Prince") }, { customer_name: "Prince" }],
  ["the shipping address where the bill has no name", { billingAddress: null }, { customer_name: "Jo, Neighbour" }],
  ["no name at all", { billingAddress: null, shippingAddress: address("", " ") }, { customer_name: undefined }],
  ["a name with line breaks and half a character", { billingAddress: address("Ja\nne", "Smith\ud83d") }, { customer_name: "Ja ne, Smith" }],
  ["a very long name", { billingAddress: address("😀".repeat(99), "é".repeat(99)) }, { customer_name: `${"😀".repeat(31)}, ${"é".repeat(31)}` }],
  ["no e-mails wanted", { buyerAcceptsEmailMarketing: false }, { marketing_opt_in: "false" }],
  ["an older checkout that does not say", { buyerAcceptsEmailMarketing: undefined, localization: undefined }, { marketing_opt_in: "false", locale: "en-US" }],
  ["a language that is none", { localization: { language: { isoCode: "<b>" } } }, { locale: undefined }],
];
for (const [name, changes, difference] of CASES) {
  test(name, async () => {
    await load(shared);
    await shared.page.evaluate(() => localStorage.clear());
    await complete(shared.page, changes);
    const [order] = await orders(1);
    assert.deepEqual(order, JSON.parse(JSON.stringify({ ...EXPECTED, ...difference })));
    assert.equal(shop.tracked[0].body, core.buildTrackPayload(order), "the market takes it");
    assert.deepEqual(await thrownIn(shared.page), []);
  });
}

test("the signed-in customer's name and address come before the bill's", async (context) => {
  const customer = { id: "1", email: "signed-in@example.com", firstName: "Signed", lastName: "In", ordersCount: 2, phone: null };
  const { page } = await open(context, { init: initOf(true, customer) });
  await complete(page, { email: null });
  const [order] = await orders(1);
  assert.deepEqual([order.customer_name, order.customer_email], ["Signed, In", "signed-in@example.com"]);
});

test("settings: campaign, value without shipping, a domain as people type it", async (context) => {
  const { page } = await open(context, { settings: { campaign: " vip ", order_value: "subtotal", market_domain: `${shop.marketUrl}/track/ ` } });
  await complete(page);
  const [order] = await orders(1);
  assert.deepEqual([order.campaign, order.order_value], ["vip", "10.90"]);
});

for (const [setting, value] of [["market_domain", ""], ["market_domain", "not a domain"], ["market", " "]]) {
  test(`a wrong setting is named, and nothing is sent: ${setting} ${JSON.stringify(value)}`, async (context) => {
    const { page, complaints } = await open(context, { settings: { [setting]: value } });
    await complete(page);
    await handled(page, 1);
    assert.deepEqual(complaints, [`refedge: the pixel's setting ${setting} is missing or wrong`]);
    assert.deepEqual([shop.tracked, await thrownIn(page)], [[], []]);
  });
}

test("an order without an e-mail address cannot be sent, and the console says so", async (context) => {
  const { page, complaints } = await open(context);
  await complete(page, { email: null });
  await handled(page, 1);
  assert.deepEqual([complaints, shop.tracked], [["refedge: the order was not sent: it has no e-mail address"], []]);
});

test("a page that is loaded again, and an event that comes twice, send nothing more", async (context) => {
  const visit = await open(context);
  await Promise.all([complete(visit.page), complete(visit.page)]);
  await handled(visit.page, 2);
  for (let i = 0; i < 3; i += 1) {
    await load(visit);
    await complete(visit.page);
    await handled(visit.page, 1);
  }
  assert.equal(shop.tracked.length, 1);
  await complete(visit.page, { order: { id: "2" } });
  assert.equal((await orders(2)).length, 2);
});

test("an order that cannot be delivered is sent again, by this page or the next one", async (context) => {
  shop.answers.track = () => "drop";
  const visit = await open(context);
  await complete(visit.page);
  await orders(2);
  assert.equal((await stateOf(visit.page)).kept.length, 1);
  shop.answers.track = () => ({ status: 201, body: "{}" });
  await load(visit);
  await until("it is done", async () => (await stateOf(visit.page)).done.length === 1);
  assert.equal(new Set(shop.tracked.map(({ body }) => body)).size, 1);
  const count = shop.tracked.length;
  await load(visit);
  await complete(visit.page);
  await handled(visit.page, 1);
  assert.equal(shop.tracked.length, count);
});

for (const [status, isDone] of [[200, true], [202, true], [413, true], [422, true], [404, false], [429, false], [503, false]]) {
  test(`status ${status} is ${isDone ? "an answer" : "none: the order is kept"}`, async (context) => {
    shop.answers.track = () => ({ status, body: "{}" });
    const { page, complaints } = await open(context);
    await complete(page);
    await handled(page, 1);
    const { kept, done } = await stateOf(page);
    assert.deepEqual([kept.length, done.length], isDone ? [0, 1] : [1, 0]);
    assert.deepEqual(complaints, isDone && status >= 400 ? [`refedge: the market refused the order 5678901234567 with status ${status}`] : []);
  });
}

test("without consent nothing is sent or kept; when it comes the order goes", async (context) => {
  const { page } = await open(context, { init: initOf(false) });
  await complete(page);
  await handled(page, 1);
  assert.deepEqual([shop.tracked.length, await stateOf(page)], [0, null]);
  await publish(page, "customerPrivacy", privacy(false));
  await handled(page, 2);
  assert.equal(shop.tracked.length, 0);
  await publish(page, "customerPrivacy", privacy(true));
  await orders(1);
  await handled(page, 3);
  assert.equal(shop.tracked.length, 1);
});

test("consent that is taken back ends the sending, and nothing is left", async (context) => {
  shop.answers.track = () => ({ status: 503, body: "" });
  const { page } = await open(context);
  await complete(page);
  await handled(page, 1);
  await publish(page, "customerPrivacy", privacy(false));
  await until("nothing is left", async () => (await stateOf(page)) === null);
  await complete(page, { order: { id: "2" } });
  await handled(page, 3);
  assert.equal(await stateOf(page), null);
});

test("a shop whose storage and cookies are denied has its orders all the same", async (context) => {
  const { page } = await open(context);
  await page.evaluate(() => (window.isDenied = true));
  await complete(page);
  await complete(page);
  await handled(page, 2);
  assert.equal(shop.tracked.length, 1);
  assert.deepEqual(await thrownIn(page), []);
});

test("a damaged state, and an order older than a week, do no harm", async (context) => {
  const visit = await open(context);
  const old = { kept: [{ url: `${shop.marketUrl}/track`, orderNumber: "1", body: "{}", at: 0 }], done: [] };
  for (const damaged of ["{", "7", "null", '{"kept":7,"done":{}}', '{"kept":[null,{}]}', JSON.stringify(old)]) {
    await visit.page.evaluate((text) => localStorage.setItem("refedge_pixel", text), damaged);
    shop.tracked.length = 0;
    await load(visit);
    await complete(visit.page);
    await orders(1);
    await handled(visit.page, 1);
    assert.deepEqual([shop.tracked.length, await thrownIn(visit.page)], [1, []], damaged);
  }
});

test("the bundle is small, and is without what the sandbox does not have", async () => {
  const pixel = await bundlePixel();
  assert.ok(pixel.length < 5000, `${pixel.length} bytes`);
  assert.doesNotMatch(pixel, /\b(document|window|eval|Function|XMLHttpRequest)\b/);
});
