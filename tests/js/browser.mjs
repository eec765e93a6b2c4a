// Chromium, headless, and pages of it that never saw the shop before.
import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: process.env.REFEDGE_CHROMIUM ?? "/usr/bin/chromium", args: ARGS });

/** newPage gives {page, context, errors}: errors are what the page threw, complaints what it wrote to its console as errors. */
export const newPage = async (browser) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const thrown = [];
  const complaints = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  page.on("console", (message) => message.type() === "error" && message.text().startsWith("refedge:") && complaints.push(message.text()));
  return { page, context, thrown, complaints };
};

/** stage starts a browser and a shop with `pages` for all tests of a file, and ends both after them: [browser, shop]. */
export const stage = async (start, pages) => {
  const browser = await launch();
  after(() => browser.close());
  const shop = await start(pages);
  after(() => shop.close());
  return [browser, shop];
};

/** openPage is newPage at an address, for one test; `init` runs in the page before its own scripts. */
export const openPage = async (test, browser, url, init) => {
  const visit = await newPage(browser);
  test.after(() => visit.context.close());
  if (init) await visit.page.addInitScript(init);
  await visit.page.goto(url);
  return visit;
};

/** until waits for a condition, and fails with what it waited for. */
export const until = async (what, condition, deadline = Date.now() + 15_000) => {
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
};
