// One visit in Chromium, its CPU slowed down, as the traces of its pages tell it. Every visit is a new visitor's: nothing is cached.
import puppeteer from "puppeteer-core";
import { CHROMIUM, CHROMIUM_ARGS } from "../../conformance/hosts/engines.mjs";
import { CATEGORIES, readTrace } from "./trace.mjs";

const SLOW_DOWN = 4;

export const launch = () => puppeteer.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS, headless: true });

// The measured visitor: no cache, the slower CPU, and where `isWithout` nothing from the market's domain.
const prepare = async (page, marketUrl, isWithout) => {
  const session = await page.createCDPSession();
  await session.send("Network.enable");
  if (isWithout) await session.send("Network.setBlockedURLs", { urls: [`${marketUrl}/*`] });
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
};

const load = async (page, url) => {
  await page.tracing.start({ categories: CATEGORIES });
  await page.goto(url, { waitUntil: "networkidle0" });
  const { traceEvents } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
  return readTrace(traceEvents, url);
};

/** What readTrace says of each of the pages, loaded one after the other in one tab; `isWithout` blocks the script. */
export const visit = async (browser, urls, marketUrl, isWithout) => {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await prepare(page, marketUrl, isWithout);
    const loads = [];
    for (const url of urls) loads.push(await load(page, url));
    return loads;
  } finally {
    await context.close();
  }
};
