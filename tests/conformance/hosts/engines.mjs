// Three browser engines, each as {name, open(url), close()}. A page says by itself when it is done: nothing is evaluated in it, for
// its content security policy would refuse that.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import puppeteer from "puppeteer-core";
import { Builder, Capabilities } from "selenium-webdriver";

export const CHROMIUM = process.env.REFEDGE_CHROMIUM ?? "/usr/bin/chromium";
export const FIREFOX = process.env.REFEDGE_FIREFOX ?? "/usr/bin/firefox-esr";
const MINI_BROWSER = process.env.REFEDGE_MINI_BROWSER ?? "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const START_MS = 30_000;
export const CHROMIUM_ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const withPuppeteer = (options) => async () => {
  if (!existsSync(options.executablePath)) throw new Error(`${options.executablePath} is missing: script/bootstrap installs it`);
  const browser = await puppeteer.launch({ headless: true, timeout: START_MS, ...options });
  const page = await browser.newPage();
  return { name: await browser.version(), open: (url) => page.goto(url), close: () => browser.close() };
};

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
};

// A program that runs until it is told to stop. Its start fails with what it said.
const startProgram = (file, args, options) => {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe", "pipe"], ...options });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { said += text; });
  const ended = new Promise((done) => child.once("close", done).once("error", done));
  const failed = ended.then((reason) => {
    const hint = reason.code === "ENOENT" ? "script/bootstrap installs it" : said;
    throw new Error(`${file} ended: ${reason}: ${hint}`);
  });
  failed.catch(() => {});
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    kill();
    await ended;
  };
  return { child, failed, stop };
};

// Xvfb chooses a free display and writes its number.
export const startScreen = async () => {
  const screen = startProgram("Xvfb", ["-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp"]);
  const display = new Promise((done) => screen.child.stdio[3].once("data", (text) => done(`:${String(text).trim()}`)));
  return { display: await Promise.race([display, screen.failed]), stop: screen.stop };
};

export const connect = (port, { args = [], ...capabilities } = {}) =>
  new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(new Capabilities({
    browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: MINI_BROWSER, args: ["--automation", ...args] }, ...capabilities,
  })).build();

const until = async (attempt, deadline = Date.now() + START_MS) => {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
};

const isListening = async (port) => (await fetch(`http://127.0.0.1:${port}/status`)).ok;

export const startDriver = async (display) => {
  const port = await freePort();
  const driver = startProgram("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
  });
  await Promise.race([until(() => isListening(port)), driver.failed]);
  return { port, child: driver.child, stop: driver.stop };
};

const startWebKit = async () => {
  const stops = [];
  const close = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    const screen = await startScreen();
    stops.push(screen.stop);
    const driver = await startDriver(screen.display);
    stops.push(driver.stop);
    const browser = await connect(driver.port);
    stops.push(() => browser.quit());
    const version = (await browser.getCapabilities()).getBrowserVersion();
    return { name: `WebKitGTK ${version}`, open: (url) => browser.get(url), close };
  } catch (error) {
    await close();
    throw error;
  }
};

export const ENGINES = {
  chromium: withPuppeteer({ executablePath: CHROMIUM, args: CHROMIUM_ARGS }),
  firefox: withPuppeteer({ browser: "firefox", executablePath: FIREFOX }),
  webkit: startWebKit,
};
