// From the share link to the order in the origin's store.
import assert from "node:assert/strict";
import { until } from "../../nginx/harness.mjs";
import { notes, track } from "../scene.mjs";
import { OTHER_SITE } from "../world.mjs";

const isQuiet = async (tab) => assert.deepEqual(await notes(tab), { said: [], thrown: [] });

const follow = async (scene) => {
  const { world } = scene;
  const tab = await scene.visit(world.shareLink);
  const landing = new URL(await tab.run(() => location.href));
  assert.equal(landing.origin, world.shopUrl);
  assert.equal(landing.searchParams.get("ref"), world.code);
  const cookies = Object.fromEntries((await tab.cookies()).map((cookie) => [cookie.name, cookie]));
  assert.deepEqual(Object.keys(cookies).sort(), ["_refedge", "_refedge_js"]);
  assert.match(cookies._refedge.value, new RegExp(`^1\\.${world.code}\\.[0-9a-f-]{36}\\.`));
  assert.deepEqual([cookies._refedge.httpOnly, cookies._refedge.secure, cookies._refedge_js.httpOnly], [true, true, false]);
  assert.match(cookies._refedge_js.value, new RegExp(`^1\\.${world.code}\\.\\.\\d+$`));
  await isQuiet(tab);
  await tab.open(world.url("/"));
  const answer = await track(tab, scene.number());
  assert.deepEqual(answer, { order_number: scene.number(), referral: { status: "pending", campaign: "raf" }, status: 201 });
  await isQuiet(tab);
  const [order] = await scene.settled("1");
  assert.deepEqual([order.referrer, order.status], ["referrer0@example.com", 1]);
};

const orderAsStranger = async (scene) => {
  const tab = await scene.visit();
  assert.deepEqual(await track(tab, scene.number()), { order_number: scene.number(), referral: null, reason: "no_evidence", status: 200 });
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, null);
};

// A cached page with ?ref= that no edge has seen: the script alone keeps it, also for the shop's other hosts.
const keepRef = async (scene) => {
  const profile = await scene.visitor();
  await scene.visit(`/?ref=${scene.world.code}`, profile);
  const tab = await scene.visit("/", profile, "pay.shop.localhost");
  assert.equal((await track(tab, scene.number())).status, 201);
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, "referrer0@example.com");
};

// A single-page app's route brings the ref; where there is no Navigation API the script looks after the page's history.
const routeLater = async (scene) => {
  const profile = await scene.visitor();
  const tab = await scene.visit("/", profile);
  await until("the script looks after the routes", () => tab.run(() => window.refedge._[0].push !== Array.prototype.push));
  await tab.run((code) => { history.pushState(null, "", `/?ref=${code}`); history.pushState(null, "", "/"); }, scene.world.code);
  await isQuiet(tab);
  const later = await scene.visit("/", profile);
  assert.equal((await track(later, scene.number())).status, 201);
  await scene.settled("1");
};

// The checkout is on another registrable domain: no cookie reaches it, and the token of the edge's cookie does.
const handOver = async (scene) => {
  const { world } = scene;
  const profile = await scene.visitor();
  const tab = await scene.visit(world.shareLink, profile);
  await tab.open(world.url("/"));
  const target = world.url("/?cart=7", OTHER_SITE);
  const address = await tab.run((to) => window.refedge.handoff(to), target);
  assert.match(address, new RegExp(`/\\?cart=7&refedge_handoff=h1\\.\\d+\\.1\\.${world.code}\\.[0-9a-f-]{36}\\.`));
  await tab.open(address);
  assert.equal((await track(tab, scene.number())).status, 201);
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, "referrer0@example.com");
};

// Nothing of the referral stays, the edge's cookie neither, which no page can see.
const forget = async (scene) => {
  const { world } = scene;
  const tab = await scene.visit(world.shareLink);
  await tab.open(world.url("/"));
  assert.equal((await tab.cookies()).length, 2);
  await tab.run(() => window.refedge.forget());
  assert.deepEqual(await tab.cookies(), []);
  await tab.open(world.url("/"));
  assert.deepEqual(await track(tab, scene.number()), { order_number: scene.number(), referral: null, reason: "no_evidence", status: 200 });
  await isQuiet(tab);
  await scene.settled("1");
};

export const REFERRAL = [
  ["forget leaves nothing, the edge's cookie neither", forget],
  ["a friend follows the share link, orders, and the order is the referrer's", follow],
  ["a stranger's order is stored without a referral", orderAsStranger],
  ["a page's ?ref= is kept for the shop's other hosts", keepRef],
  ["a single-page app's route brings a ref", routeLater],
  ["a checkout on another domain is handed the referral", handOver],
];
