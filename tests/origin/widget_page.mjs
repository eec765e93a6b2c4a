// A shop's page around the widget's frame, an origin behind the frame, and a Chromium before both; the page keeps
// every message that the frame sends. Spec: docs/protocol.md#embedded-pages.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createServer as createListener } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ready, start, stop } from "../../script/lib/demo/children.mjs";

const PROGRAM = process.env.REFEDGE_PROGRAM;
const CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const listen = (server, port = 0) => new Promise((done, fail) => {
  server.once("error", fail).listen(port, "127.0.0.1", () => done(server.address().port));
});

const freePort = async () => {
  const server = createListener();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
};

// The frame's URL and the parameters of `init` come in the page's query; without parameters the test sends `init`.
const PAGE = `<!doctype html><title>Shop</title><iframe id="widget" width="100%" allow="clipboard-write"></iframe><script>
  const given = new URLSearchParams(location.search);
  const frame = document.getElementById("widget");
  const origin = new URL(given.get("frame")).origin;
  window.messages = [];
  window.send = (message) => frame.contentWindow.postMessage(message, origin);
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    window.messages.push(event.data);
    if (event.data.type === "ready" && given.has("params")) window.send({ refedge: 1, type: "init", params: JSON.parse(given.get("params")) });
    if (event.data.type === "height") frame.style.height = event.data.px + "px";
  });
  frame.src = given.get("frame");
</script>`;

const startOrigin = async (folder, port) => {
  const db = join(folder, "origin.db");
  const run = (...args) => execFileSync(PROGRAM, args, { encoding: "utf8" });
  const market = JSON.parse(run("market", "create", "--db", db, "--slug", "demo", "--domain", `bp.shop.localhost:${port}`,
    "--scheme", "http", "--currency", "GBP", "--locale", "en"));
  run("campaign", "create", "--db", db, "--market", "demo", "--slug", "raf", "--name", "Tea for two",
    "--destination", "http://shop.localhost/");
  const process = start({ name: "origin", file: PROGRAM, args: ["origin", "--db", db, "--listen", `127.0.0.1:${port}`],
    log: join(folder, "origin.log") });
  await ready(process, async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 404);
  return { market, process };
};

// openWorld: {market, port, show, stopOrigin, close}. show(params, {site, permissions, prepare}) opens the page of a site,
// after `prepare` had the empty page, and gives {page, frame, messages, hosts, complaints, prepared}; hosts are all that
// anything was asked of. With params null the page sends no `init`.
export const openWorld = async () => {
  const folder = mkdtempSync(join(tmpdir(), "refedge-widget-"));
  const port = await freePort();
  const origin = await startOrigin(folder, port);
  const shop = createServer((request, response) => response.setHeader("Content-Type", "text/html").end(PAGE));
  const shopPort = await listen(shop);
  const browser = await chromium.launch({ executablePath: process.env.REFEDGE_CHROMIUM ?? "/usr/bin/chromium", args: CHROMIUM_ARGS });
  const show = async (params = {}, { site = "shop.localhost", permissions = [], prepare = () => {} } = {}) => {
    const context = await browser.newContext({ permissions });
    const page = await context.newPage();
    const hosts = new Set();
    const complaints = [];
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const pageOrigin = encodeURIComponent(`http://shop.localhost:${shopPort}`);
    const frameUrl = `http://bp.shop.localhost:${port}/iaf/raf/embed?market=demo&origin=${pageOrigin}`;
    const query = new URLSearchParams({ frame: frameUrl, ...(params && { params: JSON.stringify(params) }) });
    const prepared = prepare(page);
    await page.goto(`http://${site}:${shopPort}/?${query}`);
    const messages = () => page.evaluate(() => window.messages);
    return { page, frame: page.frameLocator("#widget"), messages, hosts, complaints, prepared };
  };
  const close = async () => {
    await browser.close();
    await stop(origin.process);
    await new Promise((done) => shop.close(done));
    rmSync(folder, { recursive: true });
  };
  return { market: origin.market, port, show, stopOrigin: () => stop(origin.process), close };
};
