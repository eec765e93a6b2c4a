// Storage that is full, refused, or another's: the order is sent all the same, and nothing is thrown into the page.
import assert from "node:assert/strict";
import { until } from "../../nginx/harness.mjs";
import { OTHER_SITE } from "../world.mjs";
import { notes, startTrack, track } from "../scene.mjs";

const isUnharmed = async (tab) => assert.deepEqual((await notes(tab)).thrown, []);

// Runs in the page: until not one character more fits.
const fill = () => {
  for (let size = 1 << 22; size >= 1; size >>= 1) {
    try {
      for (;;) localStorage.setItem(`ballast-${Math.random()}`, "x".repeat(size));
    } catch { /* that size does not fit any more */ }
  }
  try {
    localStorage.setItem("refedge_probe", "");
    return false;
  } catch {
    return true;
  }
};

const fillStorage = async (scene) => {
  const tab = await scene.visit();
  assert.ok(await tab.run(fill), "the storage is full");
  assert.equal((await track(tab, scene.number("a"))).status, 200);
  scene.world.network.cut();
  assert.equal((await track(tab, scene.number("b"))).status, 0);
  scene.world.network.restore();
  await scene.settled("a", "b");
  await isUnharmed(tab);
};

// The frame has an origin of its own that is nobody's: no cookies, no storage, and answers that it may not read.
const sandbox = async (scene) => {
  const tab = await scene.visit("/sandboxed");
  await until("the framed page is there", () => tab.runInFrame("iframe", () => document.readyState === "complete" && "buyapowa" in window));
  const refused = await tab.runInFrame("iframe", () => {
    try {
      return typeof localStorage;
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, "SecurityError");
  await tab.runInFrame("iframe", (order) => { window.buyapowa.track(order); }, { customer_email: "framed@example.org", order_number: scene.number() });
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, "referrer0@example.com", "by the ref in the frame's address");
  assert.deepEqual(await tab.runInFrame("iframe", () => window.thrown), []);
};

const blockCookies = async (scene) => {
  const { world } = scene;
  const visitor = await scene.visitor(await scene.launch({ cookies: "none" }));
  const tab = await scene.visit(`/?ref=${world.code}`, visitor);
  assert.deepEqual(await tab.cookies(), [], "the browser takes no cookie");
  assert.equal((await track(tab, scene.number("a"))).status, 201, "by the ref in the page's address");
  world.network.cut();
  assert.equal((await track(tab, scene.number("b"))).status, 0);
  world.network.restore();
  for (const { referrer } of await scene.settled("a", "b")) assert.equal(referrer, "referrer0@example.com");
  await isUnharmed(tab);
};

// The shop's checkout in another site's page, in a browser that blocks third parties' cookies.
const frameOnOtherSite = async (scene) => {
  const visitor = await scene.visitor(await scene.launch({ cookies: "first-party" }));
  const tab = await scene.visit("/framed", visitor, OTHER_SITE);
  await until("the framed page is there", () => tab.runInFrame("iframe", () => document.readyState === "complete" && "buyapowa" in window));
  const answer = await tab.runInFrame("iframe", (order) => window.buyapowa.track(order), { customer_email: "framed@example.org", order_number: scene.number() });
  assert.equal(answer.status, 201);
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, "referrer0@example.com");
  assert.deepEqual(await tab.runInFrame("iframe", () => window.thrown), []);
};

// No cookie survives here, and no page tells the next: what is on its way arrives without the page.
const leaveWithoutStorage = async (scene) => {
  const { network } = scene.world;
  const visitor = await scene.visitor(await scene.launch({ cookies: "none" }));
  const tab = await scene.visit("/", visitor);
  let go;
  const held = new Promise((done) => { go = done; });
  let isSent = false;
  network.fault = async ({ path }) => {
    if (path !== "/track") return;
    isSent = true;
    await held;
  };
  await startTrack(tab, scene.number());
  await until("the request is on its way", () => isSent);
  await tab.close();
  go();
  await scene.settled("1");
};

export const STORAGE = [
  ["the storage is full", fillStorage],
  ["in a sandboxed frame, without cookies and storage", sandbox],
  ["the browser refuses all cookies", blockCookies],
  ["the browser refuses all cookies, and the visitor leaves before the answer", leaveWithoutStorage],
  ["in a frame on another site, third parties' cookies refused", frameOnOtherSite],
];
