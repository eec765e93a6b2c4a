// How the script gets into a page: with its siblings or without them, under strict policies, twice, late, in a sandbox, as a module.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { readFileSync } from "node:fs";
import { artefact, importBuilt, readModule } from "../wasm/artefacts.mjs";
import { newPage, openPage, stage, until } from "./browser.mjs";
import { page as shopPage, startShop } from "./shop.mjs";

const integrity = JSON.parse(readFileSync(artefact("js/integrity.json"), "utf8"));
const ORDER = { customer_email: "jane@example.com", order_number: "A1" };
const TRACK = `var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"}, "bp_div", "bp_error");
  var answer = buyapowa.track(${JSON.stringify(ORDER)});`;
const STRICT = "default-src 'none'; script-src 'nonce-n0'; connect-src http://bp.shop.localhost:*; frame-src http://bp.shop.localhost:*; base-uri 'none'";
const strict = { "content-security-policy": STRICT };
const html = (head, body = "") => ({
  body: (shop) => `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`
    .replaceAll("MARKET_URL", shop.marketUrl),
});
const QUEUE = `<script>window.refedge = window.refedge || [];
  refedge.push(["Buyapowa", {url: "MARKET_URL", market: "demo"}, "bp_div", "bp_error"]);
  refedge.push(["embedReferAFriend", {campaign: "c"}]);
  refedge.push(["track", ${JSON.stringify(ORDER)}]);</script>`;
const PAGES = {
  "/": shopPage(`<script>${TRACK}</script>`),
  "/late": shopPage(""),
  "/strict": {
    headers: strict,
    body: (shop) => html(`<script nonce="n0" src="MARKET_URL/embedding.min.js" integrity="${integrity["embedding.min.js"]}" crossorigin></script>`,
      `<script nonce="n0">${TRACK}</script>`).body(shop),
  },
  "/async": html(`${QUEUE}<script async src="MARKET_URL/embedding.min.js"></script>`, '<div id="bp_div"></div>'),
  "/twice": html(`<script src="MARKET_URL/embedding.min.js"></script><script>var first = [Buyapowa, refedge];</script>
    <script src="MARKET_URL/embedding.min.js"></script>`, `<script>${TRACK}</script><script>${TRACK}</script>`),
  "/renamed": html(`<script src="MARKET_URL/assets/k.js" data-files="kit/k"></script>`, `<script>${TRACK}</script>`),
  "/module": html("", `<div id="bp_div"></div><script type="module">
    import { Buyapowa, refedge } from "MARKET_URL/embedding.js";
    window.isSame = Buyapowa === window.Buyapowa && refedge === window.refedge;
    const buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"}, "bp_div");
    buyapowa.embedReferAFriend({campaign: "c"});
    window.answer = buyapowa.track(${JSON.stringify(ORDER)});</script>`),
  "/module-after": html(`<script src="MARKET_URL/embedding.min.js"></script><script>var first = Buyapowa;</script>`, `<script type="module">
    import { Buyapowa } from "MARKET_URL/embedding.js";
    window.isSame = Buyapowa === window.first;</script>`),
  "/sandbox": html("", `<iframe sandbox="allow-scripts" src="/?ref=k7"></iframe>`),
  "/error": html(`<script src="MARKET_URL/embedding.min.js"></script>`, `<div id="bp_error" style="display: none">Sorry</div><div id="bp_div"></div>
    <script>new Buyapowa({url: "MARKET_URL", market: "demo"}, "bp_div", "bp_error").embedReferAFriend({campaign: "c"});</script>`),
  "/nonsense": html(`<script src="MARKET_URL/embedding.min.js"></script>`, `<script>
    var loop = {}; loop.loop = loop;
    for (const given of [undefined, null, 1, "x", {}, {url: 1}, {url: "http://", market: {}}]) {
      const made = new Buyapowa(given);
      for (const params of [undefined, null, 1, "x", loop, {campaign: Symbol}, {order_number: 1n}]) { made.track(params); made.embedReferAFriend(params); }
    }
    for (const call of [["nothing"], ["track"], ["consent"], [1, 2], ["_"], ["log"], ["toString"]]) refedge.push(call);
    refedge.handoff(); refedge.handoff(loop);</script>`),
};

const [browser, shop] = await stage(startShop, PAGES);
const core = await (await importBuilt("core.js")).loadCore(readModule("refedge"));
beforeEach(() => {
  shop.tracked.length = 0;
  shop.paths.length = 0;
  Object.assign(shop.answers, { track: () => ({ status: 201, body: "{}" }), wasm: undefined, script: undefined, frame: "" });
});

const open = (context, path, init) => openPage(context, browser, `${shop.pageUrl}${path}`, init);
const answered = (page) => page.evaluate(() => window.answer);
const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("refedge_outbox")).length);
const refused = () => ({ status: 404, body: "" });

test("the globals are the documented ones, and no others", async (context) => {
  const { page } = await open(context, "/late");
  await until("the core's file could be asked for", () => shop.paths.includes("/refedge.min.js"));
  const names = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    return Object.getOwnPropertyNames(window).filter((name) => !plain.has(name) && !/^\d+$/.test(name));
  });
  assert.deepEqual(names.sort(), ["Buyapowa", "friendbuy", "refedge"]);
});

test("a strict policy with nonces and no eval of any kind, and hashes: the core comes as JavaScript", async (context) => {
  const { page, thrown, complaints } = await open(context, "/strict?ref=k7");
  assert.deepEqual(await answered(page), { status: 201 });
  const [, cookie] = (await page.evaluate(() => document.cookie)).split("_refedge_js=");
  assert.equal(shop.tracked[0].body, core.buildTrackPayload({ ...ORDER, market: "demo", ref: "k7", browser_cookie: cookie }));
  assert.deepEqual([thrown, complaints, shop.paths.filter((path) => path === "/refedge.wasm.js").length], [[], [], 1]);
  assert.equal((await page.evaluate(() => window.buyapowa.track({ ...window.order, customer_email: "x" }))).status, 422, "checked by the core");
});

for (const [file, tampers] of [["refedge.min.js", "script"], ["refedge.wasm", "wasm"], ["refedge.wasm.js", "wasm"]]) {
  test(`what is not the file that was built is not run: ${file}`, async (context) => {
    shop.answers[tampers] = (path) => {
      if (path === `/${file}`) return { body: file.endsWith(".js") ? "window.hacked = 1; export const instantiate = 1;" : "\0asm\x01\0\0\0" };
      return file === "refedge.wasm.js" && path === "/refedge.wasm" ? refused() : undefined;
    };
    const { page } = await open(context, "/");
    assert.equal((await answered(page)).status, 201);
    assert.deepEqual([await page.evaluate(() => window.hacked), shop.tracked.length], [undefined, 1]);
  });
}

test("where the rest does not come, the ref is kept and orders are sent", async (context) => {
  shop.answers.script = refused;
  const { page, thrown } = await open(context, "/?ref=k7");
  assert.deepEqual(await answered(page), { status: 201 });
  const cookie = (await page.evaluate(() => document.cookie)).split("_refedge_js=")[1];
  assert.match(cookie, /^1\.k7\.\.\d+$/);
  assert.deepEqual(JSON.parse(shop.tracked[0].body), { ...ORDER, market: "demo", ref: "k7", browser_cookie: cookie });
  assert.deepEqual(await page.evaluate(() => window.buyapowa.track({ order_number: "later" })), { status: 201 });
  assert.deepEqual([shop.tracked.length, await kept(page), thrown], [2, 0, []]);
});

test("without the rest, too, an order is kept until it is answered, and sent by the next page", async (context) => {
  shop.answers.script = refused;
  shop.answers.track = () => "drop";
  const { page } = await open(context, "/");
  assert.deepEqual(await answered(page), { status: 0 });
  assert.equal(await kept(page), 1);
  shop.answers.track = () => ({ status: 422, body: "{}" });
  shop.tracked.length = 0;
  await page.goto(`${shop.pageUrl}/late`);
  await until("it is answered", async () => (await kept(page)) === 0);
  assert.equal(shop.tracked.length, 1);
});

test("without the rest the error element shows where the campaign would be", async (context) => {
  shop.answers.script = refused;
  const { page, thrown } = await open(context, "/error");
  await page.locator("#bp_error").waitFor({ state: "visible" });
  assert.deepEqual(thrown, []);
});

test("an order is kept before anything is loaded, and sent when the visitor leaves", async (context) => {
  shop.answers.script = () => new Promise(() => {});
  const visit = await newPage(browser);
  context.after(() => visit.context.close());
  await visit.page.goto(`${shop.pageUrl}/`, { waitUntil: "commit" });
  await until("it is kept", () => kept(visit.page).then((count) => count === 1, () => false));
  assert.equal(shop.tracked.length, 0);
  await visit.page.goto("about:blank");
  await until("it is sent", () => shop.tracked.length === 1);
});

test("the asynchronous snippet's queue is done in its order", async (context) => {
  const { page, thrown, complaints } = await open(context, "/async");
  await until("the order is sent", () => shop.tracked.length === 1);
  assert.equal(await page.locator("#bp_div > iframe").count(), 1);
  assert.equal((await page.evaluate(() => refedge.push(["track", { customer_email: "a@example.com", order_number: "B2" }]))).status, 201);
  assert.deepEqual([thrown, complaints], [[], []]);
});

test("two copies behave as one", async (context) => {
  const { page, thrown } = await open(context, "/twice?ref=k7");
  await answered(page);
  assert.equal(await page.evaluate(() => window.first[0] === Buyapowa && window.first[1] === refedge), true);
  assert.equal(shop.tracked.length, 1, "the same order twice is one");
  assert.deepEqual([shop.paths.filter((path) => path === "/refedge.min.js").length, thrown], [1, []]);
});

test("an order is one, too, when the second ends between two calls", async (context) => {
  const { page } = await open(context, "/twice?ref=constructor", () => {
    const real = Date.now();
    let calls = 0;
    Date.now = () => real + 1000 * calls++;
  });
  await answered(page);
  assert.equal(shop.tracked.length, 1);
  assert.match(JSON.parse(shop.tracked[0].body).browser_cookie, /^1\.constructor\.\.\d{10}$/);
});

test("a merchant may name the files as they like", async (context) => {
  shop.renamed = { "/assets/k.js": "/embedding.min.js", "/assets/kit/k.min.js": "/refedge.min.js", "/assets/kit/k.wasm": "/refedge.wasm" };
  context.after(() => (shop.renamed = undefined));
  const { page, thrown } = await open(context, "/renamed");
  assert.equal((await answered(page)).status, 201);
  assert.deepEqual([thrown, shop.paths.filter((path) => /refedge|embedding/.test(path))], [[], []]);
});

test("as a module", async (context) => {
  const { page, thrown, complaints } = await open(context, "/module?ref=k7");
  await until("the order is sent", () => shop.tracked.length === 1);
  assert.equal(await page.evaluate(() => window.isSame), true);
  assert.equal(await page.locator("#bp_div > iframe").count(), 1);
  assert.match(shop.tracked[0].body, /^\{"market":"demo",.*"ref":"k7","browser_cookie":"1\.k7\.\.\d+"\}$/);
  assert.deepEqual([thrown, complaints, shop.paths.filter((path) => path === "/refedge.min.js")], [[], [], []]);
});

test("a module beside the script is the same copy", async (context) => {
  const { page, thrown } = await open(context, "/module-after");
  await until("the module has run", () => page.evaluate(() => window.isSame !== undefined));
  assert.deepEqual([await page.evaluate(() => window.isSame), thrown], [true, []]);
});

test("in a sandbox without storage orders are sent", async (context) => {
  const { page, thrown } = await open(context, "/sandbox");
  await until("the order is sent", () => shop.tracked.length === 1);
  assert.deepEqual(JSON.parse(shop.tracked[0].body), { ...ORDER, market: "demo", ref: "k7" });
  assert.equal(shop.tracked[0].headers.cookie, undefined);
  assert.equal((await answered(page.frames()[1])).status, 201);
  assert.deepEqual(thrown, []);
});

test("nothing that a page gives makes the script throw", async (context) => {
  const { page, thrown } = await open(context, "/nonsense");
  await until("the rest is there", () => page.evaluate(() => refedge.log.length > 0));
  assert.deepEqual([thrown, shop.tracked], [[], []]);
});

test("nothing stands in the way of the page while the rest is awaited", async (context) => {
  shop.answers.script = () => new Promise(() => {});
  const visit = await newPage(browser);
  context.after(() => visit.context.close());
  await visit.page.goto(`${shop.pageUrl}/`, { waitUntil: "domcontentloaded" });
  await until("the page is painted", () => visit.page.evaluate(() => performance.getEntriesByType("paint").length > 0 || document.readyState !== "loading"));
  assert.equal(await visit.page.evaluate(() => performance.getEntriesByName(document.querySelector('script[src*="refedge.min"]').src).length), 0);
});
