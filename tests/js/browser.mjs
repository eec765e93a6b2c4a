// Chromium, headless, and pages of it that never saw the shop before.
import assert from "node:assert/strict";
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

/** until waits for a condition, and fails with what it waited for. */
export const until = async (what, condition, deadline = Date.now() + 15_000) => {
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
};
