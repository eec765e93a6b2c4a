// A shop's pages around the widget's frame, an origin behind the frame, and a Chromium before both.
// Spec: docs/protocol.md#embedded-pages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createListener } from "node:net";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ready, start, stop } from "../../script/lib/demo/children.mjs";
import { until } from "../../script/lib/demo/wait.mjs";
import { launch } from "../js/browser.mjs";
import { artefact } from "../wasm/artefacts.mjs";
import { SHOP_PAGES } from "./shop_pages.mjs";

export const PROGRAM = process.env.REFEDGE_PROGRAM ?? artefact("bin/refedge");

const listen = (server, port = 0) => new Promise((done, fail) => {
  server.once("error", fail).listen(port, "127.0.0.1", () => done(server.address().port));
});

const freePort = async () => {
  const server = createListener();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
};

const CAMPAIGNS = [
  ["raf"],
  ["member", "--custom-field-label", "Membership number"],
  ["strict", "--custom-field-label", "Membership number", "--require-custom-field"],
];

const prepareMarket = (db, port, locale) => {
  const run = (...args) => execFileSync(PROGRAM, args, { encoding: "utf8" });
  const market = JSON.parse(run("market", "create", "--db", db, "--slug", "demo", "--domain", `bp.shop.localhost:${port}`,
    "--scheme", "http", "--currency", "GBP", "--locale", locale));
  for (const [slug, ...more] of CAMPAIGNS) {
    run("campaign", "create", "--db", db, "--market", "demo", "--slug", slug, "--name", "Tea for two", "--destination", "http://shop.localhost/", ...more);
  }
  return market;
};

const startOrigin = async (folder, port, { locale = "en", args = [] }) => {
  const db = join(folder, "origin.db");
  const market = prepareMarket(db, port, locale);
  const process = start({ name: "origin", file: PROGRAM, args: ["origin", "--db", db, "--listen", `127.0.0.1:${port}`, ...args],
    log: join(folder, "origin.log") });
  await ready(process, async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 404);
  return { market, process };
};

// The shop serves its pages, and the built script beside them.
const startShop = async () => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://shop.localhost");
    const page = SHOP_PAGES[pathname];
    if (page !== undefined) return response.setHeader("Content-Type", "text/html; charset=utf-8").end(page);
    if (!/^\/[a-z.-]+\.(js|wasm)$/.test(pathname)) return response.writeHead(404).end();
    response.setHeader("Content-Type", pathname.endsWith(".js") ? "text/javascript" : "application/wasm");
    return response.end(readFileSync(artefact(`js${pathname}`)));
  });
  return { server, port: await listen(server) };
};

// watch: what a page asks for and complains about.
const watch = (page) => {
  const [hosts, complaints] = [new Set(), []];
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  return { hosts, complaints };
};

// openWorld: {market, port, browser, visit, show, embed, frameUrl, sign, signed, encrypt, stopOrigin, leave, close}; leave closes
// what was visited. Options are {locale, args} of the origin.
export const openWorld = async (options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "refedge-widget-"));
  const port = await freePort();
  const origin = await startOrigin(folder, port, options);
  const shop = await startShop();
  const browser = await launch();
  const marketUrl = `http://bp.shop.localhost:${port}`;
  const shopUrl = `http://shop.localhost:${shop.port}`;

  const frameUrl = ({ campaign = "raf", locale } = {}) => `${marketUrl}/iaf/${campaign}/embed?${new URLSearchParams({
    market: "demo", ...(locale && { locale }), origin: shopUrl })}`;

  // visit: a page of the shop in a profile of its own, or in one that is given; `prepare` sees the page while it is empty.
  const contexts = new Set();
  const visit = async (path, { site = "shop.localhost", context, profile = {}, prepare = () => {} } = {}) => {
    const used = context ?? await browser.newContext(profile);
    contexts.add(used);
    const page = await used.newPage();
    const seen = watch(page);
    const prepared = prepare(page);
    await page.goto(`http://${site}:${shop.port}${path}`);
    return { page, context: used, prepared, ...seen };
  };

  // show: the frame in a page that shakes hands by hand and keeps all messages; {frame, messages, send} besides. With
  // params null the page sends no `init`; `init` is what else that message has.
  const show = async (params = {}, { campaign, locale, init = {}, ...how } = {}) => {
    const query = new URLSearchParams({ frame: frameUrl({ campaign, locale }), ...(params && { init: JSON.stringify({ ...init, params }) }) });
    const shown = await visit(`/?${query}`, how);
    const messages = () => shown.page.evaluate(() => window.messages);
    const send = (message) => shown.page.evaluate((given) => window.send(given), { refedge: 1, ...message });
    return { ...shown, frame: shown.page.frameLocator("#widget"), messages, send };
  };

  // embed: the built script's own calls, [[container, params], …]; {frames} besides.
  const embed = async (calls, { query = "", ...how } = {}) => {
    const shown = await visit(`/embeds?${new URLSearchParams({ market: marketUrl, calls: JSON.stringify(calls) })}${query}`, how);
    return { ...shown, frames: (index) => shown.page.frameLocator("iframe").nth(index) };
  };

  const encrypt = (json) => execFileSync(PROGRAM, ["encrypt"],
    { input: json, encoding: "utf8", env: { ...process.env, REFEDGE_AUTH_TOKEN: origin.market.auth_token } }).trim();
  const sign = (name, email) => createHash("sha256").update(JSON.stringify({ email, name, secret: origin.market.secret_key })).digest("hex");
  const signed = (name, email) => ({ auto: true, name, email, signed_keys: "name, email", signature: sign(name, email) });

  const leave = async () => {
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
  };

  const close = async () => {
    await browser.close();
    await stop(origin.process);
    shop.server.closeAllConnections();
    await new Promise((done) => shop.server.close(done));
    const log = readFileSync(join(folder, "origin.log"), "utf8");
    rmSync(folder, { recursive: true });
    assert.doesNotMatch(log, /\[(error|critical)\]/);
  };
  return { market: origin.market, port, marketUrl, shopUrl, browser, frameUrl, visit, show, embed, encrypt, sign, signed, leave, close,
    stopOrigin: () => stop(origin.process) };
};

// sends: the first message of a type.
export const sends = (shown, type) => until(`the frame sends ${type}`, async () =>
  (await shown.messages()).find((message) => message.type === type));

// linkOf: the share link, once it is seen.
export const linkOf = async (frame, label = "Your share link") => {
  const field = frame.getByRole("textbox", { name: label });
  await field.waitFor();
  return field.inputValue();
};

export const filled = (field, value) => until(`a field holds ${value}`, async () => (await field.inputValue()) === value);

export const signUp = async (frame, { name, email }) => {
  await frame.getByLabel("Your name").fill(name);
  await frame.getByLabel("Your e-mail address").fill(email);
  await frame.getByRole("button", { name: "Get my link" }).click();
  return linkOf(frame);
};
