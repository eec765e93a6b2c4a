// Three browser engines behind one small interface:
//
//   engine   {name, version, killsAllTabs, newProfile(), close()}
//   profile  {newTab(), close()}: a visitor who was never here; its tabs share cookies and storage
//   tab      {open(url), run(act, ...args), runInFrame(selector, act, ...args), cookies(), close(), kill(), starve?()}
//
// run gives what `act`, which runs in the page, gives or what its promise becomes. cookies gives those of the page, HttpOnly ones
// too. close is a visitor who closes the tab; kill ends the process that shows it, so that no line of the page runs any more; with
// killsAllTabs it may take other tabs along. starve gives the threads by which that process speaks to others only the time that nobody else
// wants, where its engine hands them what it does not wait for.
import { launchChromium, launchFirefox } from "./puppeteer.mjs";
import { launchWebKit } from "./webkit.mjs";

const LAUNCH = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebKit };

export const ENGINE_NAMES = Object.keys(LAUNCH);

/** `settings.cookies`: "first-party" blocks cookies of third parties, "none" all cookies and storage. */
export const launchEngine = async (name, settings) => ({ name, ...(await LAUNCH[name](settings)) });
