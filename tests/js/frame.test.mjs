// embedReferAFriend in a real browser: the frame, the handshake, the error element.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newPage, openPage, stage, until } from "./browser.mjs";
import { page as shopPage, startShop } from "./shop.mjs";

const ELEMENTS = `<div id="bp_error" style="display: none;">Sorry, something went wrong</div>
<div id="bp_div"></div>`;
const MANUAL = `<script type="text/javascript">
  var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"}, "bp_div", "bp_error");
  buyapowa.embedReferAFriend({
    "campaign": "refer-a-friend",
    "locale": "en"
  });
</script>`;
const signedUp = (campaign, place) => `buyapowa.embedReferAFriend({"campaign": "${campaign}", "auto": true, "name": "John Doe", "email": "john@example.com"${place}});`;
const PAGES = {
  "/manual": shopPage(ELEMENTS + MANUAL),
  "/above": shopPage(MANUAL + ELEMENTS),
  "/shopify": shopPage(`<div id="bp_div"><script type="text/javascript">
      var buyapowa = new Buyapowa({url: "MARKET_URL/", market: "demo"}, "bp_div");
      buyapowa.embedReferAFriend({"campaign": "a/b c"});
  </script></div>`),
  "/bare": shopPage(`<main><section id="here"><script>
      var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});
      ${signedUp("one", "")} ${signedUp("two", ', "custom_field": "x"')}
  </script></section></main>`),
  "/missing": shopPage(`<div id="bp_error" style="display: none;">Sorry</div>
    <script>new Buyapowa({url: "MARKET_URL", market: "demo"}, "nowhere", "bp_error").embedReferAFriend({"campaign": "c"});</script>`),
  "/nameless": shopPage(`${ELEMENTS}<script>new Buyapowa({url: "MARKET_URL", market: "demo"}, "bp_div", "bp_error").embedReferAFriend();</script>`),
};

// The frame's side of the handshake, as the protocol has it.
const frameThat = (act) => `<!doctype html><title>Frame</title><script>
  const shop = new URL(location.href).searchParams.get("origin");
  const tell = (message) => parent.postMessage({ refedge: 1, ...message }, shop);
  var heard = [];
  addEventListener("message", (event) => {
    if (event.source === parent && event.origin === shop) heard.push(event.data);
  });
  ${act}
</script>`;
const WELL = frameThat(`tell({ type: "ready" }); tell({ type: "height", px: 432.5 });`);

const [browser, shop] = await stage(startShop, PAGES);
beforeEach(() => {
  shop.answers.frame = WELL;
  shop.paths.length = 0;
});

const open = (context, path) => openPage(context, browser, `${shop.pageUrl}${path}`);
const frameIn = async (page, index = 0) => (await page.locator("iframe").nth(index).elementHandle()).contentFrame();
const heardBy = async (frame) => {
  await until("the frame hears the page", () => frame.evaluate(() => window.heard?.length > 0));
  return frame.evaluate(() => window.heard);
};
const init = (params) => ({ refedge: 1, type: "init", params, consent: true });

test("the manual's snippet shows the campaign", async (context) => {
  const { page, thrown, complaints } = await open(context, "/manual");
  const element = page.locator("#bp_div > iframe");
  const url = new URL(await element.getAttribute("src"));
  assert.equal(url.origin + url.pathname, `${shop.marketUrl}/iaf/refer-a-friend/embed`);
  assert.deepEqual(Object.fromEntries(url.searchParams), { market: "demo", locale: "en", origin: shop.pageUrl });
  assert.equal(await element.getAttribute("title"), "Refer a friend");
  assert.equal(await element.evaluate(({ style }) => style.width), "100%");
  assert.deepEqual(await heardBy(await frameIn(page)), [init({ locale: "en" })]);
  await until("the height is set", () => element.evaluate(({ style }) => style.height === "433px"));
  assert.equal(await page.locator("#bp_error").isVisible(), false);
  assert.deepEqual([thrown, complaints], [[], []]);
});

test("a snippet above its elements works too", async (context) => {
  const { page } = await open(context, "/above");
  assert.equal(await page.locator("#bp_div > iframe").count(), 1);
});

test("an embed needs no WebAssembly, and loads none", async (context) => {
  const { page } = await open(context, "/manual");
  await heardBy(await frameIn(page));
  assert.deepEqual(shop.paths.filter((path) => path.includes(".wasm")), []);
});

test("the Shopify snippet works: no third argument, a slash after the host", async (context) => {
  const { page, thrown } = await open(context, "/shopify");
  const url = new URL(await page.locator("#bp_div > iframe").getAttribute("src"));
  assert.equal(url.pathname, "/iaf/a%2Fb%20c/embed");
  assert.equal(url.searchParams.get("locale"), "");
  await heardBy(await frameIn(page));
  assert.deepEqual(thrown, []);
});

test("without a container two frames stand where their snippet does, each with its own parameters", async (context) => {
  const { page } = await open(context, "/bare");
  assert.equal(await page.locator("#here > iframe").count(), 2);
  const person = { auto: true, name: "John Doe", email: "john@example.com" };
  assert.deepEqual(await heardBy(await frameIn(page, 0)), [init(person)]);
  assert.deepEqual(await heardBy(await frameIn(page, 1)), [init({ ...person, custom_field: "x" })]);
});

test("bp_e and bp_p of the page go to the frame, not into its address", async (context) => {
  const { page } = await open(context, "/manual?bp_e=a%2Bb%3D%3D&bp_p=e30%3D&other=1");
  assert.deepEqual(await heardBy(await frameIn(page)), [init({ locale: "en", bp_e: "a+b==", bp_p: "e30=" })]);
  assert.equal(shop.paths.some((path) => path.includes("/embed") && path.includes("bp_")), false);
});

test("frames hear what the visitor decides", async (context) => {
  const { page } = await open(context, "/bare");
  const [one, two] = [await frameIn(page, 0), await frameIn(page, 1)];
  await heardBy(one);
  await heardBy(two);
  await page.evaluate(() => [refedge.consent(false), refedge.consent(true), refedge.forget()]);
  for (const frame of [one, two]) {
    await until("it has heard all", () => frame.evaluate(() => window.heard.length === 4));
    assert.deepEqual((await frame.evaluate(() => window.heard)).slice(1),
      [{ refedge: 1, type: "consent", given: false }, { refedge: 1, type: "consent", given: true }, { refedge: 1, type: "forget" }]);
  }
});

test("bp_l goes to the frame as well", async (context) => {
  const { page } = await open(context, "/manual?bp_l=false");
  assert.deepEqual(await heardBy(await frameIn(page)), [init({ locale: "en", bp_l: "false" })]);
});

test("a frame that the page has removed is forgotten: nothing listens to it, and no error shows for it", async (context) => {
  shop.answers.frame = frameThat("");
  const visit = await newPage(browser);
  context.after(() => visit.context.close());
  const { page, thrown } = visit;
  await page.addInitScript(() => {
    window.listeners = 0;
    const [add, remove] = [window.addEventListener, window.removeEventListener];
    window.addEventListener = function (type, ...rest) {
      window.listeners += Number(type === "message");
      return add.call(this, type, ...rest);
    };
    window.removeEventListener = function (type, ...rest) {
      window.listeners -= Number(type === "message");
      return remove.call(this, type, ...rest);
    };
  });
  await page.clock.install();
  await page.goto(`${shop.pageUrl}/manual`);
  await page.locator("iframe").waitFor();
  assert.equal(await page.evaluate(() => window.listeners), 1);
  await page.evaluate(() => {
    document.querySelector("iframe").remove();
    postMessage("anything", "*");
  });
  await until("nothing listens", () => page.evaluate(() => window.listeners === 0));
  await page.clock.runFor(11_000);
  assert.deepEqual([await page.locator("#bp_error").isVisible(), thrown], [false, []]);
});

test("the error element shows when the frame says that it failed", async (context) => {
  shop.answers.frame = frameThat(`tell({ type: "failed" });`);
  const { page } = await open(context, "/manual");
  await page.locator("#bp_error").waitFor({ state: "visible" });
  assert.equal(await page.locator("iframe").isVisible(), false);
});

test("the error element shows when the frame does not get ready, and goes when it does after all", async (context) => {
  shop.answers.frame = frameThat("");
  const { page } = await open(context, "/manual");
  assert.equal(await page.locator("#bp_error").isVisible(), false);
  await page.locator("#bp_error").waitFor({ state: "visible", timeout: 15_000 });
  await (await frameIn(page)).evaluate(() => tell({ type: "ready" }));
  await page.locator("#bp_error").waitFor({ state: "hidden" });
  assert.equal(await page.locator("iframe").isVisible(), true);
});

test("messages from elsewhere, and heights that are none, are not listened to", async (context) => {
  const { page, thrown } = await open(context, "/manual");
  const frame = await frameIn(page);
  await heardBy(frame);
  const height = () => page.locator("iframe").evaluate(({ style }) => style.height);
  await until("the height is set", async () => (await height()) === "433px");
  await page.evaluate(() => {
    for (const message of [null, 1, "x", { refedge: 1, type: "failed" }, { refedge: 1, type: "constructor" }]) postMessage(message, "*");
  });
  await frame.evaluate(() => {
    for (const px of [-1, 0, NaN, Infinity, 1e9, "500", null]) tell({ type: "height", px });
    parent.postMessage({ type: "failed" }, shop);
    tell({ type: "__proto__" });
    tell({ type: "toString" });
    tell({ type: "height", px: 500 });
  });
  await until("the last height is set", async () => (await height()) === "500px");
  assert.equal(await page.locator("#bp_error").isVisible(), false);
  assert.deepEqual(thrown, []);
});

test("a frame that went to another origin is not listened to any more", async (context) => {
  const { page } = await open(context, "/manual");
  const frame = await frameIn(page);
  await heardBy(frame);
  shop.answers.frame = frameThat(`tell({ type: "failed" });`);
  // The test's own listener is added last, so the script has seen the message when it hears it.
  await page.evaluate(() => addEventListener("message", ({ data }) => (window.told = data.type)));
  await frame.goto(`http://other.localhost:${shop.port}/iaf/x/embed?origin=${encodeURIComponent(shop.pageUrl)}`);
  await until("the page has heard it", () => page.evaluate(() => window.told === "failed"));
  assert.equal(await page.locator("#bp_error").isVisible(), false);
});

for (const [path, complaint] of [
  ["/missing", "refedge: embedReferAFriend: there is no element with the id nowhere"],
  ["/nameless", "refedge: embedReferAFriend: campaign: missing field"],
]) {
  test(`a mistake in the snippet is named and the error element shows: ${path}`, async (context) => {
    const { page, thrown, complaints } = await open(context, path);
    await page.locator("#bp_error").waitFor({ state: "visible" });
    assert.deepEqual([thrown, complaints], [[], [complaint]]);
  });
}
