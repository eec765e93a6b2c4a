// The theme app extension rendered by Liquid and run by a browser: what the campaign's frame is told, for every kind of customer.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { importBuilt, readModule } from "../wasm/artefacts.mjs";
import { newPage, openPage, stage, until } from "../js/browser.mjs";
import { newLiquid, renderBlock } from "./extension.mjs";
import { NAMES, SECRET, appWithSecret, customerNamed } from "./people.mjs";
import { MARKET, startStorefront, storefrontPage } from "./storefront.mjs";

const signedIn = (customer) => ({ customer, app: appWithSecret });
const people = NAMES.map((name, index) => [`/people/${index}`, storefrontPage({ head: MARKET, sections: [{}], scope: signedIn(customerNamed(name)) })]);
const JANE = customerNamed(["Jane", "Smith"]);
const STRICT_CSP = { "content-security-policy": "default-src 'self' http://bp.shop.localhost:*; style-src 'self' 'unsafe-inline'; img-src data:" };
const PAGES = {
  ...Object.fromEntries(people),
  "/visitor": storefrontPage({ head: MARKET, sections: [{}] }),
  "/no-secret": storefrontPage({ head: MARKET, sections: [{}], scope: { customer: JANE } }),
  "/nameless": storefrontPage({ head: MARKET, sections: [{}], scope: signedIn(customerNamed(["", ""])) }),
  "/no-email": storefrontPage({ head: MARKET, sections: [{}], scope: signedIn(customerNamed(["Jane", "Smith"], { email: null })) }),
  "/switched-off": storefrontPage({ head: MARKET, sections: [{ auto_sign_up: false }], scope: signedIn(JANE) }),
  "/own-settings": storefrontPage({ head: { ...MARKET, market_domain: " https://bp.shop.localhost/ ", market: " demo " }, sections: [{ campaign: "vip", locale: "fr-CA", heading: "<b>Refer</b> & earn" }, { min_height: 300 }] }),
  "/french": storefrontPage({ head: MARKET, sections: [{}], scope: { request: { locale: { iso_code: "fr" } } } }),
  "/embed-off": storefrontPage({ sections: [{}], scope: { request: { locale: { iso_code: "de" }, design_mode: true } } }),
  "/incomplete": storefrontPage({ head: { ...MARKET, market: "" }, sections: [{}] }),
  "/at-once": storefrontPage({ head: { ...MARKET, at_once: true }, body: `<script>new Buyapowa({url: "https://bp.shop.localhost", market: "demo"}); window.isThere = true</script>` }),
  "/refer": storefrontPage({ head: { ...MARKET, refer_page: { id: 7 } }, scope: { page: { id: 7, handle: "refer-a-friend" } } }),
  "/other-page": storefrontPage({ head: { ...MARKET, refer_page: { id: 7 } }, scope: { page: { id: 8 } } }),
  "/banner": storefrontPage({
    head: { ...MARKET, consent: "shopify" },
    // Shopify's own object on every page: https://shopify.dev/docs/api/customer-privacy.
    extraHead: `<script>window.Shopify = { loadFeatures: (features, done) => done(features[0].name === "consent-tracking-api" ? null : new Error()),
      customerPrivacy: { marketingAllowed: () => location.search.includes("allowed") } };</script>`,
  }),
  "/banner-without-api": storefrontPage({ head: { ...MARKET, consent: "shopify" } }),
  "/csp": { ...storefrontPage({ head: MARKET, sections: [{}], scope: signedIn(JANE) }), headers: STRICT_CSP },
};

const [browser, shop] = await stage(startStorefront, PAGES);
const core = await (await importBuilt("full.js")).loadFull(readModule("refedge-full"));
beforeEach(() => (shop.paths.length = 0));

const open = (context, path) => openPage(context, browser, `${shop.pageUrl}${path}`);
const paramsIn = async (page, index = 0) => {
  const frame = await (await page.locator("iframe").nth(index).elementHandle()).contentFrame();
  await until("the frame hears the page", () => frame.evaluate(() => window.heard?.length > 0));
  return (await frame.evaluate(() => window.heard))[0].params;
};
const frameUrl = async (page, index = 0) => new URL(await page.locator("iframe").nth(index).getAttribute("src"));

// What Liquid makes of a name before it is signed: what is sent is what is signed.
const cleaned = (text) => text.replaceAll("\n", "").trim();

for (const [index, name] of NAMES.entries()) {
  test(`a signed-in customer is signed up: ${JSON.stringify(name)}`, async (context) => {
    const { page, thrown, complaints } = await open(context, `/people/${index}`);
    const { signature, signed_keys: signedKeys, ...rest } = await paramsIn(page);
    const customer = customerNamed(name);
    const expected = { name: cleaned(customer.name), email: customer.email };
    assert.deepEqual(rest, { auto: true, locale: "en", marketing_opt_in: "true", ...expected });
    core.verifySignature({ secretKey: SECRET, signedKeys, signature, fields: rest });
    assert.equal(signature, core.buildSignature({ secretKey: SECRET, signedKeys: "name,email", fields: expected }));
    assert.equal(await page.title(), "Shop", "no name is run");
    assert.deepEqual([thrown, complaints], [[], []]);
  });
}

test("the signature is the manual's, alone, without white space", () => {
  const render = (email, name) =>
    newLiquid().parseAndRenderSync("[{% render 'refedge-signature', email: email, name: name, secret: secret %}]", { email, name, secret: SECRET });
  assert.equal(render("john@doe.com", "John Doe"), "[e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22]");
});

test("no page shows the secret key", async (context) => {
  const { page } = await open(context, "/people/0");
  assert.equal((await page.content()).includes(SECRET), false);
});

test("personal data is in no address", async (context) => {
  const { page } = await open(context, "/people/0");
  await paramsIn(page);
  for (const path of shop.paths) assert.doesNotMatch(decodeURIComponent(path), /Jane|jan|Smith|@example/);
});

test("a visitor gets the form", async (context) => {
  const { page, thrown } = await open(context, "/visitor");
  assert.deepEqual(await paramsIn(page), { locale: "en" });
  const url = await frameUrl(page);
  assert.equal(url.pathname, "/iaf/refer-a-friend/embed");
  assert.equal(url.searchParams.get("market"), "demo");
  assert.deepEqual(thrown, []);
});

const PREFILLED = { name: "Jane Smith", email: JANE.email, marketing_opt_in: "true", locale: "en" };
for (const [path, expected] of [
  ["/no-secret", PREFILLED],
  ["/nameless", { ...PREFILLED, name: "" }],
  ["/no-email", { locale: "en" }],
  ["/switched-off", { locale: "en" }],
]) {
  test(`without what a signature needs nobody is signed up by themselves: ${path}`, async (context) => {
    const { page } = await open(context, path);
    assert.deepEqual(await paramsIn(page), expected);
  });
}

test("a section's own campaign and language come first, two sections do not mix", async (context) => {
  const { page, complaints } = await open(context, "/own-settings");
  const [first, second] = [await frameUrl(page, 0), await frameUrl(page, 1)];
  assert.deepEqual([first.pathname, first.searchParams.get("locale")], ["/iaf/vip/embed", "fr-CA"]);
  assert.deepEqual([second.pathname, second.searchParams.get("locale")], ["/iaf/refer-a-friend/embed", "en"]);
  assert.equal(await page.locator("h2").textContent(), "<b>Refer</b> & earn");
  assert.deepEqual(complaints, []);
});

test("the page's language is the frame's and the error's", async (context) => {
  const { page } = await open(context, "/french");
  assert.equal((await paramsIn(page)).locale, "fr");
  assert.match(await page.locator(".refedge__error").textContent(), /^Désolé/);
});

test("the theme editor draws a section anew, and it is filled again", async (context) => {
  const { page } = await open(context, "/visitor");
  await paramsIn(page);
  await page.evaluate(() => {
    const section = document.querySelector("[data-refedge]");
    const fresh = section.cloneNode(true);
    fresh.querySelector(".refedge__frame").replaceChildren();
    section.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("shopify:section:load", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("shopify:section:load", { bubbles: true }));
  });
  assert.equal(await page.locator("iframe").count(), 1);
  assert.deepEqual(await paramsIn(page), { locale: "en" });
});

test("without the app embed shoppers see the error, and merchants what to do", async (context) => {
  const { page, thrown } = await open(context, "/embed-off");
  await page.locator(".refedge__error").waitFor({ state: "visible" });
  assert.match(await page.locator(".refedge__hint").textContent(), /App-Einbettung „refedge“/);
  assert.equal(await page.locator(".refedge__hint").isVisible(), true);
  assert.deepEqual(thrown, []);
});

test("an app embed without its market puts nothing into the page", async (context) => {
  assert.equal(renderBlock("script", { ...MARKET, market: "" }).trim(), "");
  assert.equal(renderBlock("script", { ...MARKET, market_domain: "" }).trim(), "");
  const { page } = await open(context, "/incomplete");
  await page.locator(".refedge__error").waitFor({ state: "visible" });
});

test("a script that does not come shows the error, whichever file is first", async (context) => {
  const visit = await newPage(browser);
  context.after(() => visit.context.close());
  await visit.page.route("**/embedding.min.js", (route) => route.abort());
  await visit.page.goto(`${shop.pageUrl}/visitor`);
  await visit.page.locator(".refedge__error").waitFor({ state: "visible" });
  assert.deepEqual(visit.thrown, []);
});

test("the script is deferred, or before the theme's own snippets where they need it", async (context) => {
  assert.match(renderBlock("script", MARKET), /\sdefer\s*><\/script>/);
  const { page, thrown } = await open(context, "/at-once");
  assert.equal(await page.evaluate(() => window.isThere), true);
  assert.deepEqual(thrown, []);
});

test("og:url stands on the refer-a-friend page alone", async (context) => {
  const { page } = await open(context, "/refer");
  assert.equal(await page.locator('meta[property="og:url"]').getAttribute("content"), `${shop.marketUrl}/iaf/refer-a-friend/og`);
  await page.goto(`${shop.pageUrl}/other-page`);
  assert.equal(await page.locator('meta[property="og:url"]').count(), 0);
});

test("works under a content security policy without inline scripts", async (context) => {
  const { page, thrown } = await open(context, "/csp");
  assert.equal((await paramsIn(page)).auto, true);
  assert.deepEqual(thrown, []);
});

test("settings cannot break out of their attributes", () => {
  const html = renderBlock("script", { ...MARKET, market: `"><script>alert(1)</script>`, campaign: `a"b` });
  assert.equal(html.includes("<script>alert"), false);
  assert.ok(html.includes("data-market=\"&#34;&gt;&lt;script&gt;") || html.includes("data-market=\"&quot;&gt;&lt;script&gt;"));
});

const attributesOf = (html) => Object.fromEntries([...html.matchAll(/(data-(?:consent|gpc|dnt)[\w-]*)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
test("the consent settings become the script's attributes", () => {
  assert.deepEqual(attributesOf(renderBlock("script", MARKET)), {});
  assert.deepEqual(attributesOf(renderBlock("script", { ...MARKET, consent: "cookie", consent_cookie: "OptanonConsent", consent_values: "*C0004%3A1*", ignore_gpc: true, honour_dnt: true })), {
    "data-consent-cookie": "OptanonConsent", "data-consent-values": "*C0004%3A1*", "data-gpc": "ignore", "data-dnt": "honour",
  });
  const shopify = renderBlock("script", { ...MARKET, consent: "shopify" });
  assert.deepEqual(attributesOf(shopify), { "data-consent-cookie": "_tracking_consent", "data-consent-values": "*%22m%22%3A%221%22*" });
  assert.match(shopify, /<script src="\/cdn\/refedge-consent\.js" defer><\/script>/);
  assert.equal(renderBlock("script", { ...MARKET, consent: "implied" }).includes("refedge-consent"), false);
});

const refCookie = async (page) => /_refedge_js=(1\.k7\.\.\d+)/.exec(await page.evaluate(() => document.cookie))?.[1];
const said = (page, marketingAllowed) =>
  page.evaluate((detail) => document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail })), { marketingAllowed });

test("Shopify's banner decides whether a referral is kept: not before its yes, and not after its no", async (context) => {
  const { page, thrown, complaints } = await open(context, "/banner?ref=k7");
  await page.waitForLoadState("networkidle");
  assert.equal(await refCookie(page), undefined);
  await said(page, true);
  await until("the referral is kept", () => refCookie(page));
  await said(page, false);
  await page.goto(`${shop.pageUrl}/banner`);
  await page.waitForLoadState("networkidle");
  assert.deepEqual([await refCookie(page), thrown, complaints], [undefined, [], []]);
});

test("where Shopify says yes from the start, a referral is kept at once", async (context) => {
  const { page } = await open(context, "/banner?allowed&ref=k7");
  await until("the referral is kept", () => refCookie(page));
});

test("a yes of an earlier page is known by Shopify's cookie alone", async (context) => {
  const visit = await newPage(browser);
  context.after(() => visit.context.close());
  const value = encodeURIComponent(JSON.stringify({ con: { CMP: { a: "1", m: "1", p: "", s: "" } }, v: "2.1" }));
  await visit.context.addCookies([{ name: "_tracking_consent", value, url: shop.pageUrl }]);
  await visit.page.goto(`${shop.pageUrl}/banner-without-api?ref=k7`);
  await until("the referral is kept", () => refCookie(visit.page));
});

test("the values for Shopify's banner mean its yes alone, by the core's own rule", async () => {
  const edge = await importBuilt("core_exports.js");
  const { load } = await importBuilt("loader.js");
  const call = await load(readModule("refedge-edge"));
  const rule = { source: "cookie", name: "_tracking_consent", values: "*%22m%22%3A%221%22*", honourGpc: true, honourDnt: false };
  const judge = (cookie) => edge.judgeConsent(call, { ...rule, cookie, header: "", secGpc: "", dnt: "" });
  const cookie = (m) => `_tracking_consent=${encodeURIComponent(JSON.stringify({ con: { CMP: { a: "1", m, p: "", s: "" } }, v: "2.1", region: "GBENG" }))}`;
  assert.deepEqual([judge(cookie("1")), judge(cookie("0")), judge(cookie("")), judge("")], ["given", "refused", "refused", "not_asked"]);
});
