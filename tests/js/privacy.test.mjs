// What is kept of a visitor who has not agreed, has agreed, or says no; and how all of it goes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, beforeEach, test } from "node:test";
import { build } from "esbuild";
import { valueBytes } from "../conformance/shared/values.mjs";
import { ROOT } from "../wasm/artefacts.mjs";
import { openPage, stage, until } from "./browser.mjs";
import { startShop } from "./shop.mjs";

const VECTORS = JSON.parse(readFileSync(`${ROOT}tests/vectors/own/judge_consent.json`, "utf8")).cases;
const withTag = (attributes, body = "") => ({
  body: (shop) => `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">
<script src="MARKET_URL/embedding.min.js" ${attributes}></script></head><body>${body}
<script>var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});</script></body></html>`.replaceAll("MARKET_URL", shop.marketUrl),
});
const LINKS = `<a id="next" href="/tool?a=1%20b#part">next</a> <a id="here" href="#part">here</a> <a id="sub" href="http://help.shop.localhost:PORT/tool">help</a>
<a id="own" href="/tool?ref=other">own</a> <a id="away" href="http://elsewhere.localhost:PORT/">away</a> <a id="mail" href="mailto:a@example.com">mail</a>`;
const links = { body: (shop) => withTag('data-consent-cookie="cmp" data-consent-values="yes,*marketing*"', LINKS).body(shop).replaceAll("PORT", shop.port) };
const PAGES = {
  "/": withTag(""), "/tool": links, "/page": withTag("data-consent-cookie"), "/gpc-ignored": withTag('data-gpc="ignore"'), "/dnt": withTag('data-dnt="honour"'),
};

const [browser, shop] = await stage(startShop, PAGES);
let judge;
before(async () => {
  const { outputFiles } = await build({ entryPoints: [`${ROOT}js/src/embedding/consent.ts`], write: false, format: "esm", logLevel: "warning" });
  ({ mayKeep: judge } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`));
});
beforeEach(() => {
  shop.tracked.length = 0;
  shop.answers.track = () => ({ status: 201, body: "{}" });
});

const open = async (context, path, init) => {
  const visit = await openPage(context, browser, `${shop.pageUrl}${path}`, init);
  await ready(visit.page);
  return visit;
};
const ready = (page) => until("the rest is there", () => page.evaluate(() => refedge._[0].push !== Array.prototype.push));
const referral = (page) => page.evaluate(() => /_refedge_js=1\.([\w-]+)/.exec(document.cookie)?.[1]);
const stored = (page) => page.evaluate(() => [document.cookie.includes("_refedge"), localStorage.length]);
const track = (page, number = "A1") => page.evaluate((order) => window.buyapowa.track(order), { customer_email: "a@example.com", order_number: number });
const lastOrder = () => JSON.parse(shop.tracked.at(-1).body);

// The edge's words, as the script has them: keep, keep not, nobody has asked.
const MEANINGS = { implied: true, given: true, refused: false, global_privacy_control: false, do_not_track: false, not_asked: undefined };
const isOne = (header) => header.replace(/^[ \t]+|[ \t]+$/g, "") === "1";

test("the script judges as the core does, by the core's own vectors", () => {
  let count = 0;
  for (const { name, in: input, out } of VECTORS.filter((each) => each.out !== undefined)) {
    const [source, cookie, values, gpc, dnt, cookies, , secGpc, dntHeader] = input.map((value) => Buffer.from(valueBytes(value)).toString("utf8"));
    // A page sees no headers of its requests; and what makes a Cookie header too long for the edge is no page's business.
    if (source === "header" || cookies.length > 16_384) continue;
    const rule = { gpc: gpc === "1" ? undefined : "ignore", dnt: dnt === "1" ? "honour" : undefined, ...(source === "cookie" && { consentCookie: cookie, consentValues: values }) };
    assert.equal(judge(rule, { globalPrivacyControl: isOne(secGpc), doNotTrack: isOne(dntHeader) ? "1" : null }, cookies), MEANINGS[out], name);
    count += 1;
  }
  assert.ok(count >= 48, `only ${count} cases`);
});

test("until the visitor has been asked nothing is stored, and the referral is in memory and in the address", async (context) => {
  const { page, thrown } = await open(context, "/tool?ref=k7");
  shop.answers.track = () => "drop";
  assert.equal((await track(page)).status, 0);
  assert.deepEqual(lastOrder(), { market: "demo", customer_email: "a@example.com", order_number: "A1", ref: "k7" });
  assert.deepEqual(await stored(page), [false, 0]);
  assert.deepEqual(thrown, []);
});

test("consent on the page keeps it", async (context) => {
  const { page } = await open(context, "/page?ref=k7");
  assert.equal(await referral(page), undefined);
  await page.evaluate(() => refedge.consent(true));
  assert.equal(await referral(page), "k7");
});

test("consent on a later page keeps it: links of the site carry it on, as they stand otherwise", async (context) => {
  const { page } = await open(context, "/tool?ref=k7");
  await page.locator("#next").click();
  await page.waitForURL(`${shop.pageUrl}/tool?a=1%20b&ref=k7#part`);
  await ready(page);
  await page.evaluate(() => (document.cookie = "cmp=analytics:marketing:true"));
  await page.goto(`${shop.pageUrl}/tool?a=1&ref=k7`);
  assert.equal(await referral(page), "k7");
  // Now it is kept, and need not be carried.
  await page.locator("#next").click();
  await page.waitForURL(`${shop.pageUrl}/tool?a=1%20b#part`);
  await ready(page);
  await track(page);
  assert.match(lastOrder().browser_cookie, /^1\.k7\.\.\d+$/);
});

test("it goes to hosts of the site alone, and takes no other's place", async (context) => {
  const { page } = await open(context, "/tool?ref=k7");
  const clicked = await page.evaluate(() => {
    addEventListener("click", (event) => event.preventDefault());
    return [...document.querySelectorAll("a")].map((link) => (link.click(), link.getAttribute("href")));
  });
  assert.deepEqual(clicked, ["http://www.shop.localhost:PORT/tool?a=1%20b&ref=k7#part", "#part", "http://help.shop.localhost:PORT/tool?ref=k7",
    "http://www.shop.localhost:PORT/tool?ref=other", "http://elsewhere.localhost:PORT/", "mailto:a@example.com"].map((text) => text.replace("PORT", shop.port)));
});

test("a consent tool that says yes while the page is open is heard when the page is left", async (context) => {
  const { page } = await open(context, "/tool?ref=k7");
  await page.evaluate(() => (document.cookie = "cmp=yes"));
  await page.goto(`${shop.pageUrl}/page`);
  assert.equal(await referral(page), "k7");
});

test("a no keeps nothing, takes what was kept, and no order says where it came from", async (context) => {
  const { page } = await open(context, "/page?ref=k7");
  await page.evaluate(() => refedge.consent(true));
  await track(page);
  assert.equal(lastOrder().ref, "k7");
  await page.evaluate(() => refedge.consent(false));
  assert.deepEqual(await stored(page), [false, 0]);
  await track(page, "A2");
  assert.deepEqual(lastOrder(), { market: "demo", customer_email: "a@example.com", order_number: "A2" });
});

test("an order that waits is not lost by a no", async (context) => {
  const { page } = await open(context, "/");
  shop.answers.track = () => "drop";
  await track(page);
  await page.evaluate(() => refedge.consent(false));
  assert.equal(await page.evaluate(() => localStorage.length), 1);
});

const GPC = () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { value: true });
const DNT = () => Object.defineProperty(Navigator.prototype, "doNotTrack", { value: "1" });
for (const [path, init, name, expected] of [
  ["/", GPC, "Global Privacy Control is honoured", undefined], ["/gpc-ignored", GPC, "unless it is ignored", "k7"],
  ["/", DNT, "Do Not Track is ignored", "k7"], ["/dnt", DNT, "unless it is honoured", undefined], ["/dnt", () => {}, "and said", "k7"],
]) {
  test(`${name}: ${path}`, async (context) => {
    const { page } = await open(context, `${path}?ref=k7`, init);
    assert.equal(await referral(page), expected);
    await track(page);
    assert.equal(lastOrder().ref, expected);
    assert.deepEqual(await stored(page), [expected !== undefined, 0]);
  });
}

test("a page's yes does not count for more than Global Privacy Control", async (context) => {
  const { page } = await open(context, "/page?ref=k7", GPC);
  await page.evaluate(() => refedge.consent(true));
  assert.equal(await referral(page), undefined);
});

test("forget clears all: the cookie on every domain, what waits, what is in memory", async (context) => {
  const { page, context: jar } = await open(context, "/?ref=k7");
  shop.answers.track = () => "drop";
  await track(page);
  await page.evaluate(() => {
    document.cookie = "_refedge_js=1.old..1; Path=/";
    document.cookie = "other=stays; Path=/";
    localStorage.other = "stays";
  });
  const tried = shop.tracked.length;
  await page.evaluate(() => refedge.forget());
  assert.deepEqual((await jar.cookies()).map(({ name }) => name), ["other"]);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["other"]);
  await page.evaluate(() => history.pushState(null, "", "/?ref=k7&x"));
  assert.deepEqual(await stored(page), [false, 1]);
  shop.answers.track = () => ({ status: 201, body: "{}" });
  await track(page, "A2");
  assert.deepEqual(lastOrder(), { market: "demo", customer_email: "a@example.com", order_number: "A2" });
  assert.equal(shop.tracked.length, tried + 1);
});
