// A real Chromium. Each person gets a profile of their own.
import { chromium } from "playwright-core";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

// Headless Chromium names itself a program, and then is judged one; people's browsers do not.
export const DESKTOP_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36";

// Signals are the demo's, which closes the browser itself.
export const launchBrowser = () => chromium.launch({
  executablePath: process.env.REFEDGE_CHROMIUM || "/usr/bin/chromium", args: ARGS,
  handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
});

// newPerson: a fresh profile with one open page, and the page's errors as they happen.
export const newPerson = async (browser, options = {}) => {
  const context = await browser.newContext({ userAgent: DESKTOP_AGENT, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  return { context, page, errors };
};
