// WebKitGTK by its WebDriver, on a screen of its own. A session is a profile. The interface: engines/index.mjs.
import { connect, startDriver, startScreen } from "../../conformance/hosts/engines.mjs";
import { commandOf, descendants, findBusy, leaveIdle, signal, work } from "./children.mjs";

const COOKIES = { "first-party": "no-third-party", none: "never" };

// Runs in the page: gives what `act` gives, or tells what it threw.
const CALL = `const done = arguments[arguments.length - 1];
Promise.resolve().then(() => (ACT)(...arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error && error.stack || error) }));`;

const call = async (browser, act, args) => {
  const { value, error } = await browser.executeAsyncScript(CALL.replace("ACT", () => String(act)), args);
  if (error !== undefined) throw new Error(error);
  return value ?? undefined;
};

// A session looks at one tab at a time: what is asked of its tabs is asked one after the other.
const makeQueue = () => {
  let last = Promise.resolve();
  return (act) => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  };
};

const pagesOf = (driver) => descendants(driver.child.pid).filter((pid) => /WebKitWebProcess$/.test(commandOf(pid)[0] ?? ""));

const makeTab = (browser, driver, handle, inTurn) => {
  const inTab = (act) => inTurn(async () => {
    await browser.switchTo().window(handle);
    return act();
  });
  let shownBy; // the process: a tab gets another when it is led to another site
  return {
    open: (url) => inTab(async () => {
      await browser.get(url);
      shownBy = await findBusy(() => pagesOf(driver), () => call(browser, work, []));
    }),
    run: (act, ...args) => inTab(() => call(browser, act, args)),
    runInFrame: (selector, act, ...args) => inTab(async () => {
      await browser.switchTo().frame(await browser.findElement({ css: selector }));
      try {
        return await call(browser, act, args);
      } finally {
        await browser.switchTo().defaultContent();
      }
    }),
    cookies: () => inTab(async () => (await browser.manage().getCookies())
      .map(({ name, value, domain, httpOnly, secure }) => ({ name, value, domain, httpOnly, secure }))),
    close: () => inTab(() => browser.close()),
    starve: () => inTab(() => leaveIdle(shownBy, "ReceiveQueue")),
    // A session ends with a page that crashes. So the page is stopped where it stands, and killed once its window is gone.
    kill: () => inTab(async () => {
      signal(shownBy, "SIGSTOP");
      try {
        await browser.close();
      } finally {
        signal(shownBy, "SIGKILL");
      }
    }),
  };
};

// The first window stays: without a window a session is over.
const newProfile = async (display, args) => {
  const driver = await startDriver(display);
  const browser = await connect(driver.port, { args, acceptInsecureCerts: true });
  await browser.manage().setTimeouts({ script: 60_000, pageLoad: 60_000 });
  const first = await browser.getWindowHandle();
  const inTurn = makeQueue();
  return {
    browser,
    newTab: () => inTurn(async () => {
      await browser.switchTo().window(first);
      await browser.switchTo().newWindow("tab");
      return makeTab(browser, driver, await browser.getWindowHandle(), inTurn);
    }),
    // A browser that outlives its session would keep the driver's pipes open.
    async close() {
      const started = descendants(driver.child.pid);
      await browser.quit().catch(() => {});
      for (const pid of started.filter((one) => commandOf(one).length > 0)) signal(pid, "SIGKILL");
      await driver.stop();
    },
  };
};

export const launchWebKit = async ({ cookies } = {}) => {
  const screen = await startScreen();
  const args = cookies === undefined ? [] : [`--cookies-policy=${COOKIES[cookies]}`];
  const profiles = new Set();
  const open = async () => {
    const profile = await newProfile(screen.display, args);
    profiles.add(profile);
    return { ...profile, close: () => { profiles.delete(profile); return profile.close(); } };
  };
  const probe = await open();
  const version = (await probe.browser.getCapabilities()).getBrowserVersion();
  await probe.close();
  return {
    version: `WebKitGTK ${version}`,
    newProfile: open,
    async close() {
      for (const profile of [...profiles]) await profile.close();
      await screen.stop();
    },
  };
};
