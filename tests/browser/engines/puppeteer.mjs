// Chromium by its own protocol and Firefox by WebDriver BiDi. The interface: engines/index.mjs.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { CHROMIUM, CHROMIUM_ARGS, FIREFOX } from "../../conformance/hosts/engines.mjs";
import { DESKTOP_AGENT } from "../../journey/browser.mjs";
import { commandOf, descendants, findBusy, signal, work } from "./children.mjs";

const START_MS = 60_000;

// What the visitor set in the browser, as each keeps it: Chromium in its profile's file, Firefox in its preferences.
const CHROMIUM_COOKIES = {
  "first-party": { profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } },
  none: { profile: { default_content_setting_values: { cookies: 2 } } },
};
const FIREFOX_COOKIES = { "first-party": { "network.cookie.cookieBehavior": 1 }, none: { "network.cookie.cookieBehavior": 2 } };

const tabOf = (page, kill) => ({
  page,
  open: (url) => page.goto(url, { waitUntil: "load" }),
  run: (act, ...args) => page.evaluate(act, ...args),
  async runInFrame(selector, act, ...args) {
    const frame = await (await page.$(selector)).contentFrame();
    return frame.evaluate(act, ...args);
  },
  cookies: async () => (await page.cookies()).map(({ name, value, domain, httpOnly, secure }) => ({ name, value, domain, httpOnly, secure })),
  close: () => page.close(),
  kill: () => kill(page),
});

const launch = (options, kill, profiles) => async ({ cookies } = {}) => {
  if (!existsSync(options.executablePath)) throw new Error(`${options.executablePath} is missing: script/bootstrap installs it`);
  const folder = mkdtempSync(path.join(tmpdir(), "refedge-browser-"));
  const browser = await puppeteer.launch({ headless: true, timeout: START_MS, protocolTimeout: START_MS, acceptInsecureCerts: true,
    ...options, ...profiles(folder, cookies) });
  // A setting of the browser's own profile does not hold in the contexts beside it.
  const contextFor = async () => (cookies === undefined ? browser.createBrowserContext() : browser.defaultBrowserContext());
  return {
    browser,
    version: await browser.version(),
    async newProfile() {
      const context = await contextFor();
      return {
        context,
        newTab: async () => tabOf(await context.newPage(), kill),
        close: async () => { if (cookies === undefined) await context.close(); },
      };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
};

const chromiumProfile = (userDataDir, cookies) => {
  if (cookies === undefined) return { userDataDir };
  mkdirSync(path.join(userDataDir, "Default"));
  writeFileSync(path.join(userDataDir, "Default/Preferences"), JSON.stringify(CHROMIUM_COOKIES[cookies]));
  return { userDataDir };
};

// The process that shows the page ends at once: nothing of the page runs any more.
const crash = async (page) => {
  const session = await page.createCDPSession();
  const ended = new Promise((done) => session.once("Inspector.targetCrashed", done));
  session.send("Inspector.enable").then(() => session.send("Page.crash")).catch(() => {});
  await ended;
  await page.close().catch(() => {});
};

// Of Firefox' processes the one that shows the page; another tab of the same site may be shown by it too.
const endContent = async (page) => {
  const tabs = () => descendants(page.browser().process().pid).filter((pid) => / tab$/.test(commandOf(pid).join(" ")));
  signal(await findBusy(tabs, () => page.evaluate(work)), "SIGKILL");
  await page.close().catch(() => {});
};

// Headless Chromium names itself a program, and then is judged one; people's browsers do not.
const asPeopleDo = `--user-agent=${DESKTOP_AGENT}`;

export const launchChromium = launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGS, asPeopleDo] }, crash, chromiumProfile);
const startFirefox = launch({ browser: "firefox", executablePath: FIREFOX }, endContent,
  (folder, cookies) => ({ extraPrefsFirefox: cookies === undefined ? {} : FIREFOX_COOKIES[cookies] }));

export const launchFirefox = async (settings) => ({ killsAllTabs: true, ...(await startFirefox(settings)) });
