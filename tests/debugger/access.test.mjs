// The integration debugger for everybody: axe-core, keyboard, three widths, light and dark.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { launch } from "../js/browser.mjs";
import { assemble, openPage, serve, use } from "./page.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SECRET = "afd46269f68a4b63b6a926d8bad9f5b5";
const ORDER = '{"customer_email":"jane@example.com","order_number":"A/1","signed_keys":"order_number, customer_email","signature":"';
const WRONG = `${ORDER}${"0".repeat(64)}"}`;
const shots = process.env.REFEDGE_SCREENSHOTS; // a folder to look at them

let browser;
let server;
before(async () => ([browser, server] = [await launch(), await serve(assemble())]));
after(async () => {
  await browser?.close();
  await server?.close();
});

const STATES = {
  "check-good": async (page) => { await page.click("#tab-check"); await page.click("[data-example=check]"); },
  "check-wrong": (page) => use(page, "check", { secretKey: SECRET, object: WRONG }),
  sign: async (page) => { await page.click("#tab-sign"); await page.click("[data-example=sign]"); },
  tokens: (page) => use(page, "make", { name: "Zoë Doe", email: "zoe@example.com", page: "https://www.your-shop.com/refer", authToken: "fd7cf959-8a3d-431e-975b-b5d3f36aa710" }),
  cookie: (page) => use(page, "cookie", { value: "1.k7_-A.018bcfe5-6800-7abc-8def-0123456789ab.1700000000.aAAAAAAAAAAAAAAAAAAAAAA", keys: "" }),
};

const violations = async (page) => {
  await page.evaluate(AXE);
  const { violations: found, passes } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations", "passes"] }));
  assert.ok(passes.length > 20, "axe looked at the page");
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ").slice(0, 300)}`);
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [375, 768, 1280]) {
    test(`axe-core finds nothing at ${width} pixels, ${colorScheme}, and nothing is cut off`, async (context) => {
      const { page, context: store } = await openPage(browser, server.url, { viewport: { width, height: 900 }, colorScheme });
      context.after(() => store.close());
      for (const [name, act] of Object.entries(STATES)) {
        await act(page);
        if (width !== 768) assert.deepEqual(await violations(page), [], name); // what it says there it says at the others
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} is wider than the screen`);
        if (shots === undefined) continue;
        mkdirSync(shots, { recursive: true });
        await page.screenshot({ path: `${shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    });
  }
}

test("everything is reached and done by keyboard", async (context) => {
  const { page, context: store } = await openPage(browser, server.url);
  context.after(() => store.close());
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  const pressed = async (key) => {
    await page.keyboard.press(key);
    return focused();
  };
  assert.equal(await pressed("Tab"), "wipe");
  assert.equal(await pressed("Tab"), "tab-check");
  assert.equal(await pressed("ArrowRight"), "tab-sign");
  assert.equal(await page.locator("#sign").isVisible(), true);
  assert.equal(await pressed("End"), "tab-cookie");
  assert.equal(await pressed("ArrowRight"), "tab-check");
  assert.equal(await pressed("ArrowLeft"), "tab-cookie");
  assert.equal(await pressed("Home"), "tab-check");
  assert.equal(await pressed("Tab"), "check-key");
  await page.keyboard.type(SECRET);
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#check [role=status]").textContent(), /There is no object/);
  assert.equal(await pressed("Tab"), "Show");
  assert.equal(await pressed("Tab"), "check-object");
  assert.equal(await pressed("Tab"), "Check");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "the focus is seen");
});

test("a value is copied", async (context) => {
  const { page, context: store } = await openPage(browser, server.url, { permissions: ["clipboard-read", "clipboard-write"] });
  context.after(() => store.close());
  await STATES.sign(page);
  await page.click('[aria-label="Copy signature"]');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22");
});
