// refedge origin, market and campaign as real processes: output, exit status, files, logs, signals.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { ready, start, stop } from "../../script/lib/demo/children.mjs";

const PROGRAM = process.env.REFEDGE_PROGRAM;
const TOKEN = "an-edge-token-of-forty-characters-length";
const MARKET = ["--slug", "demo", "--domain", "bp.shop.example", "--currency", "GBP", "--locale", "en"];
const CAMPAIGN = ["--market", "demo", "--slug", "raf", "--name", "Tea for two", "--destination", "https://shop.example/"];

let folder;
let db;
let market;
const file = (name) => join(folder, name);
const run = (...args) => execFileSync(PROGRAM, args, { encoding: "utf8" });
// refuse: what a command that fails says; its exit status is `status`.
const refuse = (status, ...args) => {
  const ended = spawnSync(PROGRAM, args, { encoding: "utf8" });
  assert.equal(ended.status, status, ended.stderr);
  assert.equal(ended.stdout, "");
  return ended.stderr;
};

before(() => {
  folder = mkdtempSync(join(tmpdir(), "refedge-commands-"));
  db = file("refedge.db");
  market = JSON.parse(run("market", "create", "--db", db, ...MARKET));
  run("campaign", "create", "--db", db, ...CAMPAIGN);
});
// What a test that failed leaves running would keep this file from ending.
const started = new Set();
after(async () => {
  for (const process of started) await stop(process);
  rmSync(folder, { recursive: true });
});

// startOrigin: the process, on a port of its own choice that its log tells; what was logged so far is `log()`.
const startOrigin = async ({ args = [], env = {} } = {}) => {
  const path = file(`origin-${readdirSync(folder).length}.log`);
  const process = start({ name: "origin", file: PROGRAM, args: ["origin", "--db", db, "--listen", "127.0.0.1:0", ...args], env, log: path });
  started.add(process);
  const log = () => readFileSync(path, "utf8");
  const port = await ready(process, () => /listening on 127\.0\.0\.1:(\d+)\n/.exec(log())?.[1]);
  return { process, log, url: `http://127.0.0.1:${port}` };
};

test("market create prints id and secrets, and keeps the file to its owner", () => {
  assert.deepEqual(Object.keys(market), ["market_id", "slug", "auth_token", "secret_key"]);
  assert.match(market.auth_token, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(market.secret_key, /^[0-9a-f]{32}$/);
  assert.equal(statSync(db).mode & 0o777, 0o600);
});

test("market keys prints a file for the edge", () => {
  const lines = run("market", "keys", "--db", db).split("\n").filter((line) => line && !line.startsWith("#"));
  assert.equal(lines.length, 1);
  const [id, key, secret] = lines[0].split(" ");
  assert.deepEqual([id, key], [market.market_id, "a"]);
  assert.equal(Buffer.from(secret, "base64").length, 32);
});

test("what is wrong is named, and changes nothing", () => {
  assert.match(refuse(1, "market", "create", "--db", db, ...MARKET), /domain: taken already/);
  assert.match(refuse(1, "market", "create", "--db", db, ...MARKET, "--scheme", "http"), /scheme: /);
  assert.match(refuse(1, "campaign", "create", "--db", db, ...CAMPAIGN), /slug: taken already/);
  assert.match(refuse(1, "campaign", "create", "--db", db, ...CAMPAIGN, "--window-days", "0"), /window-days: /);
  assert.match(refuse(1, "origin", "--db", db, "--listen", "localhost:80"), /--listen: not <address>:<port>/);
  assert.match(refuse(1, "origin", "--db", db, "--outbound-allow", "127.0.0.1"), /--outbound-allow: /);
  assert.equal(run("market", "keys", "--db", db).trim().split("\n").length, 2);
});

test("a merchant's translations are read at start, and a broken one is named", async () => {
  const strings = file("strings");
  mkdirSync(strings);
  writeFileSync(join(strings, "strings.nl.json"), '{"submit":"Mijn link"}');
  const origin = await startOrigin({ args: ["--strings-dir", strings] });
  const page = await (await fetch(`${origin.url}/iaf/raf/embed?market=demo&locale=nl-BE`)).text();
  assert.match(page, /<html lang="nl" dir="ltr">/);
  assert.match(page, />Mijn link</);
  assert.equal(await stop(origin.process), true);
  writeFileSync(join(strings, "strings.nl.json"), '{"sumbit":"Mijn link"}');
  const refused = refuse(1, "origin", "--db", db, "--listen", "127.0.0.1:0", "--strings-dir", strings);
  assert.match(refused, /strings\/strings\.nl\.json: unknown key "sumbit"/);
  assert.match(refuse(1, "origin", "--db", db, "--strings-dir", file("nowhere")), /nowhere: No such file or directory/);
});

test("campaign create takes a field of the campaign's own", () => {
  const own = CAMPAIGN.with(3, "own");
  run("campaign", "create", "--db", db, ...own, "--custom-field-label", "Member", "--require-custom-field");
  assert.match(refuse(1, "campaign", "create", "--db", db, ...CAMPAIGN.with(3, "own2"), "--require-custom-field"), /custom-field-label: /);
});

test("a mistyped path is no new database", () => {
  refuse(2, "market", "keys", "--db", file("no.db"));
  refuse(2, "campaign", "create", "--db", file("no.db"), ...CAMPAIGN);
  assert.equal(readdirSync(folder).includes("no.db"), false);
});

test("a newer database is refused", () => {
  const newer = file("newer.db");
  run("market", "create", "--db", newer, ...MARKET);
  execFileSync("sqlite3", [newer, "INSERT INTO schema_migrations (version, name) VALUES (999, 'later')"]);
  assert.match(refuse(1, "origin", "--db", newer, "--listen", "127.0.0.1:0"), /newer refedge/);
});

test("the edge token comes from the environment or a file, and without one the edge API is closed", async () => {
  const status = async ({ url }) => (await fetch(`${url}/edge/links`, { headers: { authorization: `Bearer ${TOKEN}` } })).status;
  writeFileSync(file("token"), `${TOKEN}\n`, { mode: 0o600 });
  const cases = [[{ env: { REFEDGE_EDGE_TOKEN: TOKEN } }, 200], [{ args: ["--edge-token-file", file("token")] }, 200], [{}, 401]];
  for (const [options, expected] of cases) {
    const origin = await startOrigin(options);
    assert.equal(await status(origin), expected, JSON.stringify(options));
    assert.equal(await stop(origin.process), true);
  }
  assert.match(refuse(1, "origin", "--db", db, "--edge-token-file", file("no-token")), /edge token/);
});

const BODY = { campaign_slug: "raf", signup: { email: "maya@example.com", first_name: "Maya" } };

test("a link that a command blocks reaches a waiting edge within seconds", async () => {
  const origin = await startOrigin({ env: { REFEDGE_EDGE_TOKEN: TOKEN } });
  const feed = async (query) => (await fetch(`${origin.url}/edge/links?${query}`, { headers: { authorization: `Bearer ${TOKEN}` } })).json();
  const headers = { auth_id: market.market_id, auth_token: market.auth_token };
  const body = JSON.stringify({ ...BODY, signup: { email: "bo@example.com", first_name: "Bo" } });
  assert.equal((await fetch(`${origin.url}/api/signups`, { method: "POST", headers, body })).status, 201);
  const { links, cursor } = await feed("after=0");
  const { code } = links.at(-1);
  const began = Date.now();
  const waiting = feed(`after=${cursor}&wait_seconds=25`);
  await promisify(execFile)(PROGRAM, ["link", "block", "--db", db, "--code", code]);  // the wait has begun meanwhile
  const [changed] = (await waiting).links;
  assert.deepEqual([changed.code, changed.blocked], [code, true]);
  assert.ok(Date.now() - began < 15_000, "an edge must not serve a blocked link until its wait is over");
  await stop(origin.process);
});

test("SIGTERM ends it with status 0, and its log names neither people nor secrets", async () => {
  const origin = await startOrigin({ env: { REFEDGE_EDGE_TOKEN: TOKEN } });
  const headers = { auth_id: market.market_id, auth_token: market.auth_token };
  const post = (path, body) => fetch(origin.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal((await post("/api/signups?who=maya@example.com", BODY)).status, 201);
  assert.equal((await post("/maya@example.com", BODY)).status, 404);
  assert.equal((await post("/track", { market: "demo", customer_email: "sam@example.org", order_number: "SECRET-ORDER" })).status, 200);
  await fetch(`${origin.url}/edge/links`, { headers: { authorization: `Bearer ${TOKEN}` } });
  assert.equal(await stop(origin.process), true);
  assert.equal(origin.process.ended, "status 0");
  const log = origin.log();
  assert.match(log, /POST \/api\/signups 201 /);
  assert.match(log, /POST - 404 /);
  for (const word of ["@", "maya", "SECRET-ORDER", market.auth_token, market.secret_key, TOKEN]) {
    assert.equal(log.includes(word), false, `the log holds ${word}`);
  }
});

test("what was answered survives a kill at once after it", async () => {
  const first = await startOrigin();
  const order = { market: "demo", customer_email: "kim@example.org", order_number: "K1" };
  const track = async ({ url }) => (await fetch(`${url}/track`, { method: "POST", body: JSON.stringify(order) })).json();
  const answer = await track(first);
  process.kill(first.process.pid, "SIGKILL");
  await first.process.exited;
  const second = await startOrigin();
  assert.deepEqual(await track(second), { ...answer, duplicate: true });
  assert.equal(await stop(second.process), true);
});

// A process that lets go of the file's locks lets another take the log of the last changes away, and then stores into nowhere.
test("a campaign made while the origin runs takes nothing from it", async () => {
  const origin = await startOrigin();
  const track = async (number) => (await fetch(`${origin.url}/track`, {
    method: "POST", body: JSON.stringify({ market: "demo", customer_email: "sam@example.com", order_number: number }),
  })).status;
  assert.equal(await track("BEFORE"), 200);
  run("campaign", "create", "--db", db, ...CAMPAIGN.with(3, "another"));
  assert.equal(await track("AFTER"), 200);
  process.kill(origin.process.pid, "SIGKILL");
  await origin.process.exited;
  const stored = execFileSync("sqlite3", ["-readonly", db, "SELECT order_number FROM conversions ORDER BY 1"], { encoding: "utf8" });
  assert.deepEqual(stored.split("\n").filter((number) => ["BEFORE", "AFTER"].includes(number)), ["AFTER", "BEFORE"]);
});
