// The script's cookie: captured when the script is loaded, in the core's bytes, for the domain that shop and market share.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importBuilt, readModule } from "../wasm/artefacts.mjs";
import { openPage, stage } from "./browser.mjs";
import { page as shopPage, startShop } from "./shop.mjs";

// What the page sees right after the script: the capture does not wait for anything.
const AT_ONCE = "<script>var seen = document.cookie;</script>";
const PAGES = {
  "/": shopPage(AT_ONCE),
  "/market": shopPage(`<script>new Buyapowa({url: "MARKET_URL", market: "demo"});</script>`),
  // The script comes from a host that shares nothing with the page, as from a CDN.
  "/cdn": {
    body: (shop) => `<!doctype html><title>Shop</title><script src="http://127.0.0.1:${shop.port}/embedding.min.js"></script>
<script>var before = document.cookie; new Buyapowa({url: "${shop.marketUrl}", market: "demo"});</script>`,
  },
};

const [browser, shop] = await stage(startShop, PAGES);
const core = await (await importBuilt("core.js")).loadCore(readModule("refedge"));

const open = (context, url) => openPage(context, browser, url);
const cookiesOf = async ({ context }) => (await context.cookies()).filter(({ name }) => name === "_refedge_js");

test("the cookie is there at once, in the core's bytes, for the shared domain", async (context) => {
  const visit = await open(context, `${shop.pageUrl}/?a=1&ref=Az_-9`);
  const [cookie, ...others] = await cookiesOf(visit);
  assert.deepEqual(others, []);
  assert.equal(await visit.page.evaluate(() => window.seen), `_refedge_js=${cookie.value}`);
  const { capturedAt } = core.parseCookie(cookie.value);
  assert.equal(cookie.value, core.buildCookie({ code: "Az_-9", clickId: "", capturedAt }));
  assert.ok(Math.abs(capturedAt - Date.now() / 1000) < 60, "dated now");
  const { domain, path, secure, sameSite, httpOnly, expires } = cookie;
  assert.deepEqual({ domain, path, secure, sameSite, httpOnly },
    { domain: ".shop.localhost", path: "/", secure: true, sameSite: "Lax", httpOnly: false });
  const days = (expires - Date.now() / 1000) / 86400;
  assert.ok(days > 399 && days <= 400, `${days} days`);
  assert.deepEqual(visit.thrown, []);
});

const CODES = { longest: "a".repeat(32), plus: "a%2Db", empty: "", tooLong: "a".repeat(33), dot: "a.b", space: "a+b", markup: "%3Cb%3E", other: "%C3%A9" };

// What the script takes for a code is what the core takes for one.
for (const [name, ref] of Object.entries(CODES)) {
  test(`ref is judged as the core judges it: ${name}`, async (context) => {
    const query = `?ref=${ref}`;
    const expected = (() => {
      try {
        return core.captureRef(query);
      } catch {
        return undefined;
      }
    })();
    const [cookie] = await cookiesOf(await open(context, `${shop.pageUrl}/${query}`));
    assert.equal(cookie === undefined ? undefined : core.parseCookie(cookie.value).code, expected);
  });
}

test("without ref there is no cookie", async (context) => {
  assert.deepEqual(await cookiesOf(await open(context, `${shop.pageUrl}/market`)), []);
});

test("a later ref takes the earlier one's place", async (context) => {
  const visit = await open(context, `${shop.pageUrl}/?ref=first`);
  await visit.page.goto(`${shop.pageUrl}/market?ref=second`);
  assert.deepEqual((await cookiesOf(visit)).map(({ value }) => core.parseCookie(value).code), ["second"]);
});

test("hosts that share one label only get a host-only cookie", async (context) => {
  const visit = await open(context, `http://elsewhere.localhost:${shop.port}/market?ref=k7`);
  assert.deepEqual((await cookiesOf(visit)).map(({ domain }) => domain), ["elsewhere.localhost"]);
});

test("an address gets a host-only cookie", async (context) => {
  const visit = await open(context, `http://127.0.0.1:${shop.port}/market?ref=k7`);
  assert.deepEqual((await cookiesOf(visit)).map(({ domain }) => domain), ["127.0.0.1"]);
});

test("once the market is known its domain replaces the host-only cookie", async (context) => {
  const visit = await open(context, `${shop.pageUrl}/cdn?ref=k7`);
  const cookies = await cookiesOf(visit);
  assert.deepEqual(cookies.map(({ domain }) => domain), [".shop.localhost"]);
  assert.equal(await visit.page.evaluate(() => window.before), `_refedge_js=${cookies[0].value}`);
});
