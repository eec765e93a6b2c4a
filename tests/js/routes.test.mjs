// A referral that a single-page app's route brings; a referral on its way to another domain; Friendbuy's queue.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openPage, stage, until } from "./browser.mjs";
import { page as shopPage, startShop } from "./shop.mjs";

const SNIPPET = `<script>var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});</script>`;
const FRIENDBUY = `<script>window['friendbuy'] = window['friendbuy'] || [];
  window['friendbuy'].push(['site', 'demo']);
  window['friendbuy'].push(['track', 'customer', {id: 'C1', email: 'jane@example.com', first_name: 'Jane', last_name: 'Smith'}]);
  window['friendbuy'].push(['track', 'order', {id: 'F1', amount: '177.11', coupon_code: 'COUPON', new_customer: true, products: [{sku: 'S', price: 1, quantity: 2}]}]);</script>`;
const PAGES = {
  "/": shopPage(SNIPPET), "/friendbuy": shopPage(FRIENDBUY), "/friendbuy-late": shopPage(SNIPPET),
  "/checkout": { body: () => `<!doctype html><title>Checkout</title><script src="/embedding.min.js"></script>` },
};

const [browser, shop] = await stage(startShop, PAGES);
beforeEach(() => {
  shop.tracked.length = 0;
  shop.answers.handoff = () => ({ status: 404, body: "" });
});

const open = async (context, url, init) => {
  const visit = await openPage(context, browser, url, init);
  await until("the rest is there", () => visit.page.evaluate(() => refedge._[0].push !== Array.prototype.push));
  return visit;
};
const referral = (page) => page.evaluate(() => /_refedge_js=1\.([\w-]+)/.exec(document.cookie)?.[1]);
const isReferred = (page, ref) => until(`${ref} is kept`, async () => (await referral(page)) === ref);

const ENGINES = {
  "by the Navigation API": () => {},
  "by the history, where there is no Navigation API": () => Object.defineProperty(window, "navigation", { value: undefined }),
  "beside another library's patches": () => {
    Object.defineProperty(window, "navigation", { value: undefined });
    window.routes = [];
    const patch = () => {
      for (const name of ["pushState", "replaceState"]) {
        const before = history[name];
        history[name] = function (...args) {
          window.routes.push(name);
          return before.apply(this, args);
        };
      }
    };
    patch();
    addEventListener("load", () => setTimeout(patch));
  },
};

for (const [name, init] of Object.entries(ENGINES)) {
  test(`a late ref is caught ${name}`, async (context) => {
    const { page, thrown } = await open(context, `${shop.pageUrl}/`, init);
    await page.evaluate(() => history.pushState({ a: 1 }, "", "/shoes?ref=late1"));
    await isReferred(page, "late1");
    await page.evaluate(() => history.replaceState(null, "", "/shoes?ref=late2&x=1"));
    await isReferred(page, "late2");
    await page.evaluate(() => history.pushState(null, "", "/basket"));
    assert.equal(await referral(page), "late2");
    await page.evaluate(() => window.buyapowa.track({ customer_email: "a@example.com", order_number: "1" }));
    assert.equal(JSON.parse(shop.tracked[0].body).ref, "late2");
    assert.deepEqual(await page.evaluate(() => refedge.log.filter(({ what }) => what === "captured").map(({ ref }) => ref)), ["late1", "late2"]);
    assert.deepEqual(thrown, []);
  });

  test(`a visit back is seen ${name}`, async (context) => {
    const { page } = await open(context, `${shop.pageUrl}/?ref=first`, init);
    await page.evaluate(() => history.pushState(null, "", "/?ref=second"));
    await isReferred(page, "second");
    await page.goBack();
    await isReferred(page, "first");
  });
}

test("an error of the script stays out of the page's routing", async (context) => {
  const { page, thrown } = await open(context, `${shop.pageUrl}/`, ENGINES["by the history, where there is no Navigation API"]);
  assert.deepEqual(await page.evaluate(() => {
    Object.defineProperty(document, "cookie", { get() { throw new Error("no"); }, set() { throw new Error("no"); } });
    history.pushState({ b: 2 }, "", "/?ref=x");
    return [history.state, location.search];
  }), [{ b: 2 }, "?ref=x"]);
  assert.deepEqual(thrown, []);
});

const TOKEN = (seconds, code = "k7") => `h1.${Math.floor(seconds)}.1.${code}.0190b5e7-7d4a-7cc3-98c4-dc0c0c07398f.1700000000.a${"x".repeat(22)}`;

test("an address is handed the signed token that the edge makes", async (context) => {
  const token = TOKEN(Date.now() / 1000);
  shop.answers.handoff = () => ({ status: 200, body: JSON.stringify({ handoff: token }) });
  const { page } = await open(context, `${shop.pageUrl}/?ref=k7`);
  assert.equal(await page.evaluate(() => refedge.handoff("https://pay.example/cart?a=1%20b#x")), `https://pay.example/cart?a=1%20b&refedge_handoff=${token}#x`);
});

test("without a token the code goes along, without a referral nothing", async (context) => {
  const { page } = await open(context, `${shop.pageUrl}/?ref=k7`);
  assert.equal(await page.evaluate(() => refedge.handoff("https://pay.example/")), "https://pay.example/?ref=k7");
  const other = await open(context, `${shop.pageUrl}/`);
  assert.equal(await other.page.evaluate(() => refedge.handoff("//pay.example/x")), "http://pay.example/x");
  assert.equal(await other.page.evaluate(() => refedge.handoff("http://")), "http://");
});

test("after a no nothing goes along", async (context) => {
  const { page } = await open(context, `${shop.pageUrl}/?ref=k7`);
  await page.evaluate(() => refedge.consent(false));
  assert.equal(await page.evaluate(() => refedge.handoff("https://pay.example/")), "https://pay.example/");
});

for (const [age, expected] of [[0, "k7"], [280, "k7"], [302, undefined], [-320, undefined]]) {
  test(`a token of ${age} seconds is ${expected ? "taken" : "not taken"}`, async (context) => {
    const { page } = await open(context, `http://pay.localhost:${shop.port}/checkout?refedge_handoff=${TOKEN(Date.now() / 1000 - age)}`);
    assert.equal(await referral(page), expected);
  });
}

for (const bad of ["", "x", "h1.x.1.k7..1.x", "1.k7..1.x", ...["a b", "a".repeat(33)].map((code) => TOKEN(Date.now() / 1000, code))]) {
  test(`what is no token is not taken: ${bad.slice(0, 12)}`, async (context) => {
    const { page, thrown } = await open(context, `http://pay.localhost:${shop.port}/checkout?refedge_handoff=${encodeURIComponent(bad)}`);
    assert.deepEqual([await referral(page), thrown], [undefined, []]);
  });
}

const FRIENDBUY_ORDER = {
  market: "demo", customer_name: "Jane, Smith", customer_email: "jane@example.com", order_number: "F1", order_value: "177.11", voucher_code: "COUPON",
};

test("Friendbuy's snippet tracks an order", async (context) => {
  const { page, thrown, complaints } = await open(context, `${shop.pageUrl}/friendbuy`);
  await until("the order is sent", () => shop.tracked.length === 1);
  assert.deepEqual(JSON.parse(shop.tracked[0].body), FRIENDBUY_ORDER);
  assert.deepEqual([await page.evaluate(() => window.friendbuy.length), thrown, complaints], [3, [], []]);
});

test("Friendbuy's queue works later, too, and is loaded by pages that use it", async (context) => {
  const { page, thrown, complaints } = await open(context, `${shop.pageUrl}/friendbuy-late`);
  shop.paths.length = 0;
  await page.evaluate(() => {
    friendbuy.push(["track", "order", { id: "F2", amount: 5, email: "a@example.com", customer: { first_name: "Ann" } }]);
    friendbuy.push(["track", "products", [{ sku: "S" }]], ["track", "order", { id: "F3", email: "b@example.com" }]);
  });
  await until("both are sent", () => shop.tracked.length === 2);
  const sent = shop.tracked.map(({ body }) => JSON.parse(body)).sort((a, b) => a.order_number.localeCompare(b.order_number));
  assert.deepEqual(sent, [
    { market: "demo", customer_name: "Ann", customer_email: "a@example.com", order_number: "F2", order_value: 5 },
    { market: "demo", customer_email: "b@example.com", order_number: "F3" },
  ]);
  await page.evaluate(() => friendbuy.push(["track", "nonsense", {}], null, ["track", "order"]));
  await until("mistakes are named", () => complaints.length >= 3);
  assert.deepEqual([thrown, shop.paths.filter((path) => path.includes("friendbuy")).length], [[], 1]);
});
