// docs/embed.md, followed word by word: its files are saved, its commands run, its pages opened in a browser, its report read.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { freePort, until } from "../nginx/harness.mjs";
import { ROOT } from "../wasm/artefacts.mjs";
import { launchEngine } from "./engines/index.mjs";
import { Terminal, follow, readGuide } from "./guide.mjs";

// The guide's own are taken where somebody follows it on this machine.
const FOLDER = "build/embed-guide";
const folder = `${ROOT}${FOLDER}`;
const CUSTOMER = { name: "Maya Hart", email: "maya@example.com" };

let guide;
let terminal;
let engine;
let shop;
let report;
before(async () => {
  rmSync(folder, { recursive: true, force: true });
  const [page, origin] = [await freePort(), await freePort()];
  guide = readGuide([["build/try", FOLDER], ["8080", String(page)], ["8081", String(origin)]]);
  shop = `http://www.shop.localhost:${page}`;
  terminal = new Terminal();
  engine = await launchEngine("chromium");
});
after(async () => {
  await engine.close();
  for (const name of ["origin", "agent", "nginx"]) endProcess(`${folder}/${name}.pid`);
  await terminal.end();
});

const endProcess = (file) => {
  if (!existsSync(file)) return;
  try {
    process.kill(Number(readFileSync(file, "utf8")));
  } catch { /* it has ended, as it was asked to */ }
};

const section = (start) => guide.find(({ title }) => title.startsWith(start)) ?? assert.fail(`the guide has no section "${start}"`);

const followAll = async (blocks) => {
  const printed = [];
  for (const block of blocks) printed.push(await follow(terminal, folder, block));
  return printed;
};

const visit = async (url) => {
  const tab = await (await engine.newProfile()).newTab();
  await tab.open(url);
  return tab;
};

const inFrame = (tab, act, ...args) => tab.runInFrame("#bp_div iframe", act, ...args).catch(() => undefined);

// As a person types: the form hears of it.
const fillIn = ({ name, email }) => {
  const write = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  write(document.querySelector('input[name="name"]'), name);
  write(document.querySelector('input[type="email"]'), email);
  document.querySelector('form button[type="submit"]').click();
};

const shownLink = () => [...document.querySelectorAll("input")].map(({ value }) => value).find((value) => value.includes("/r/"));

const reportRows = async () => (await terminal.run(report)).trim().split("\r\n").slice(1);

const isReported = (order) => until(`the report has ${order}`, async () => (await reportRows()).find((row) => row.includes(order)));

test("1: refedge starts", async () => {
  await followAll(section("1.").blocks);
  await until("the edge answers", () => fetch(shop.replace("www.shop.localhost", "127.0.0.1")).then(() => true, () => false));
});

let link;
test("2: a customer signs up and is shown their share link", async () => {
  const { text, blocks } = section("2.");
  await followAll(blocks);
  const tab = await visit(/<(http:[^>]+)>/.exec(text)[1]);
  await until("the form is shown", () => inFrame(tab, () => document.querySelector('input[type="email"]') !== null));
  await inFrame(tab, fillIn, CUSTOMER);
  link = await until("the link is shown", () => inFrame(tab, shownLink));
});

test("3, 4, 5: a friend follows it and orders, and the report shows who referred whom", async () => {
  await followAll([...section("3.").blocks, ...section("4.").blocks]);
  report = section("5.").blocks[0].text;
  await until("the edge knows the link", async () => (await terminal.run(`curl -sSI ${link}`)).includes(" 302 "));
  const tab = await visit(link);
  assert.match(await tab.run(() => location.href), new RegExp(`^${shop}/\\?ref=`));
  await tab.run(() => document.querySelector('a[href="/thank-you.html"]').click());
  const row = await isReported("ORDER1");
  assert.match(row, /^maya@example\.com,Maya,Hart,sam@example\.com,Sam,Reed,ORDER1,29\.00,GBP,,,pending,\d+$/);
  await tab.open(`${shop}/thank-you.html`);
  assert.equal((await reportRows()).length, 1, "an order counts once");
});

const savePage = (name, head, body) =>
  writeFileSync(`${folder}/pages/${name}`, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${head}</head><body>${body}</body></html>`);

test("the snippet that waits for nothing tracks an order", async () => {
  savePage("later.html", "", section("Load it without waiting").blocks[0].text);
  await visit(`${shop}/later.html?ref=${link.split("/").at(-1)}`);
  assert.match(await isReported("ORDER2"), /kim@example\.com/);
});

test("the tag that asks for consent keeps nothing before it, and the referral after it", async () => {
  savePage("consent.html", section("Ask for consent first").blocks[0].text, "");
  const tab = await visit(`${shop}/consent.html?ref=kept`);
  const kept = () => tab.run(() => document.cookie.includes("_refedge_js=1.kept."));
  assert.equal(await kept(), false);
  await tab.run(() => { document.cookie = "consent=necessary+marketing; path=/"; });
  await tab.open(`${shop}/consent.html?ref=kept`);
  await until("the referral is kept", kept);
});

test("the policy lets everything through, WebAssembly too", async () => {
  const [{ text: policy }] = section("Content Security Policy").blocks;
  const script = /script src="([^"]+)"/.exec(section("3.").text)[1];
  const meta = `<meta http-equiv="content-security-policy" content="${policy}"><script nonce="r4nd0m">window.broken = []; addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective));</script>`;
  savePage("policy.html", `${meta}<script src="${script}"></script>`, `<div id="bp_div"></div><script nonce="r4nd0m">
    var buyapowa = new Buyapowa({url: "${new URL(script).origin}", market: "my-shop"}, "bp_div");
    buyapowa.embedReferAFriend({"campaign": "refer-a-friend"});
    buyapowa.track({"customer_email": "lee@example.com", "order_number": "ORDER3"});</script>`);
  const tab = await visit(`${shop}/policy.html?ref=${link.split("/").at(-1)}`);
  await isReported("ORDER3");
  await until("the frame is there", () => inFrame(tab, () => document.querySelector("form") !== null));
  assert.deepEqual(await tab.run(() => window.broken), []);
  const loaded = await tab.run(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  assert.deepEqual([loaded.includes("/refedge.wasm"), loaded.includes("/refedge.wasm.js")], [true, false]);
});

test("the doctor finds nothing wrong with the refer-a-friend page", async () => {
  const [, command] = /`refedge (doctor [^`]+)`/.exec(section("When it does not work").text);
  const said = await terminal.run(`../bin/refedge ${command}`);
  assert.match(said, /^0 problems, 0 notes/m);
});

test("to stop: everything ends as it is asked to", async () => {
  const pids = ["origin", "agent", "nginx"].map((name) => readFileSync(`${folder}/${name}.pid`, "utf8").trim());
  await terminal.run(section("5.").blocks[1].text);
  await until("all have ended", () => pids.every((pid) => !existsSync(`/proc/${pid}`)));
  assert.doesNotMatch(readFileSync(`${folder}/error.log`, "utf8"), /\[(warn|alert|emerg|crit)\]/);
  rmSync(folder, { recursive: true });
});
