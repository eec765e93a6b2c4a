// The integration debugger as its README serves it: the assembled folder and Python's web server, looked at in Chromium.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, artefact } from "../wasm/artefacts.mjs";
import { until } from "../js/browser.mjs";

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** assemble puts the page together in a folder of its own. */
export const assemble = () => {
  const folder = mkdtempSync(join(tmpdir(), "refedge-debugger-"));
  execFileSync(process.execPath, [`${ROOT}examples/integration-debugger/assemble.mjs`, "--out", folder, "--js", artefact("js")]);
  return folder;
};

/** serve gives {url, close}: close ends the server and deletes the folder. */
export const serve = async (folder) => {
  const port = await freePort();
  const server = spawn("python3", ["-m", "http.server", String(port), "--bind", "127.0.0.1"], { cwd: folder, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/`;
  await until("Python serves the page", () => fetch(url).then(({ ok }) => ok, () => false));
  const close = async () => {
    const ended = new Promise((done) => server.once("exit", done));
    server.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url, close };
};

/** openPage opens the page and waits until it is ready; `log` has its requests, console errors and exceptions. */
export const openPage = async (browser, url, options = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const log = { requests: [], complaints: [], thrown: [] };
  page.on("request", (request) => log.requests.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && log.complaints.push(message.text()));
  page.on("pageerror", (error) => log.thrown.push(error.message));
  await page.goto(url);
  await page.locator("#tools").waitFor({ state: "visible" });
  return { page, context, log };
};

const TABS = { check: "check", sign: "sign", open: "tokens", make: "tokens", cookie: "cookie" };

/** use fills a tool in and runs it by Enter's button; gives the text of its answer. */
export const use = async (page, tool, values) => {
  await page.click(`#tab-${TABS[tool]}`);
  const form = page.locator(`form[data-tool=${tool}]`);
  for (const [name, value] of Object.entries(values)) {
    const input = form.locator(`[name=${name}]`);
    if (typeof value === "boolean") await input.setChecked(value);
    else await input.fill(value);
  }
  await form.locator("button[type=submit]").click();
  return answerOf(page, tool);
};

export const answerOf = async (page, tool) => {
  const result = page.locator(`form[data-tool=${tool}] .result`);
  const rows = await result.locator("dt").evaluateAll((terms) => terms.map((term) => [term.textContent, term.nextElementSibling.firstChild.textContent]));
  return {
    verdict: (await result.getAttribute("class")).replace("result", "").trim(), title: await result.locator("h3").textContent(),
    lines: await result.locator("li").allTextContents(), rows: Object.fromEntries(rows),
  };
};
