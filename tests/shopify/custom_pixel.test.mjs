// The pixel as merchants paste it into "Customer events": Shopify runs it in a sandboxed iframe of no origin, which may send, but not
// read what comes back. https://shopify.dev/docs/api/web-pixels-api#custom-web-pixels
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { buildCustomPixel } from "../../examples/shopify-theme/custom_pixel.mjs";
import { openPage, stage, until } from "../js/browser.mjs";
import { completed, initOf } from "./checkouts.mjs";
import { EXTENSIONS } from "./extension.mjs";
import { startStorefront } from "./storefront.mjs";

const FILE = readFileSync(`${EXTENSIONS}../custom-pixel.js`, "utf8");

// Runs in the iframe, before the pixel: the globals of a custom pixel, whose storage and cookies are the shop page's.
const globals = (init) => {
  const waiting = [];
  const ask = (what) => (...args) => new Promise((done) => parent.postMessage({ what, args, id: waiting.push(done) - 1 }, "*"));
  const callbacks = new Map();
  const bus = { subscribe: (name, callback) => callbacks.set(name, callback) };
  addEventListener("message", ({ data }) => ("id" in data ? waiting[data.id](data.value) : callbacks.get(data.name)?.(data.event)));
  Object.assign(window, {
    init, analytics: bus, customerPrivacy: bus,
    browser: { cookie: { get: ask("cookie") }, localStorage: { getItem: ask("get"), setItem: ask("set"), removeItem: ask("remove") } },
  });
};

// Runs in the page.
const host = () => {
  const acts = {
    cookie: (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "",
    get: (key) => localStorage.getItem(key), set: (key, value) => localStorage.setItem(key, value), remove: (key) => localStorage.removeItem(key),
  };
  addEventListener("message", ({ data: { what, args, id }, source }) => source.postMessage({ id, value: acts[what](...args) }, "*"));
};

const page = {
  headers: {},
  body: ({ marketUrl }) => {
    const pixel = FILE.replace("bp.your-shop.com", marketUrl).replace("your-market", "demo");
    const inner = `<script>(${globals})(${JSON.stringify(initOf())})</script><script>${pixel}</script>`;
    return `<!doctype html><title>Thank you</title><link rel="icon" href="data:,"><script>(${host})()</script>
<iframe sandbox="allow-scripts allow-forms" srcdoc="${inner.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></iframe>`;
  },
};

const [browser, shop] = await stage(startStorefront, { "/thank-you": page });
beforeEach(() => {
  shop.tracked.length = 0;
  shop.answers.track = () => ({ status: 201, body: "{}" });
});

const complete = (visit, changes) => visit.page.evaluate((event) => frames[0].postMessage({ name: event.name, event }, "*"), completed(changes));
const doneIn = (visit) => visit.page.evaluate(() => JSON.parse(localStorage.getItem("refedge_pixel") ?? "{}").done?.length ?? 0);
const open = (context) => openPage(context, browser, `${shop.pageUrl}/thank-you`);

test("the file to paste is made of the pixel's sources", async () => {
  assert.equal(FILE, await buildCustomPixel(), "run node examples/shopify-theme/custom_pixel.mjs");
});

test("an order is sent once, with the shop's cookie, though its answer cannot be read", async (context) => {
  const visit = await open(context);
  await visit.page.evaluate(() => (document.cookie = "_refedge_js=1.k7..1700000000; Path=/"));
  await complete(visit);
  await until("it is done", async () => (await doneIn(visit)) === 1);
  const [{ body, headers }] = shop.tracked;
  assert.equal(headers.origin, "null");
  assert.deepEqual([JSON.parse(body).order_number, JSON.parse(body).browser_cookie], ["5678901234567", "1.k7..1700000000"]);
  await complete(visit);
  await visit.page.goto(`${shop.pageUrl}/thank-you`);
  await complete(visit);
  await complete(visit, { order: { id: "2" } });
  await until("the next order is done", async () => (await doneIn(visit)) === 2);
  assert.deepEqual(shop.tracked.map((order) => JSON.parse(order.body).order_number), ["5678901234567", "2"]);
  assert.deepEqual([visit.thrown, visit.complaints], [[], []]);
});

test("an order that does not get through is sent by the next page", async (context) => {
  shop.answers.track = () => "drop";
  const visit = await open(context);
  await complete(visit);
  await until("it is tried", () => shop.tracked.length > 0);
  shop.answers.track = () => ({ status: 201, body: "{}" });
  await visit.page.goto(`${shop.pageUrl}/thank-you`);
  await until("it is done", async () => (await doneIn(visit)) === 1);
});
