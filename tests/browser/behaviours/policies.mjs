// What a page, its policy or a blocker refuses: WebAssembly, the files that the script loads, the script itself.
import assert from "node:assert/strict";
import { notes, track } from "../scene.mjs";

const paths = (world, from) => world.network.seen.slice(from).map(({ path }) => path);

const orderOn = (path, check = () => {}) => async (scene) => {
  const { world } = scene;
  const from = world.network.seen.length;
  const tab = await scene.visit(`${path}?ref=${world.code}`);
  assert.equal((await track(tab, scene.number())).status, 201);
  assert.deepEqual(await notes(tab), { said: [], thrown: [] });
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, "referrer0@example.com");
  check(paths(world, from));
};

const asJavaScript = (seen) => assert.ok(seen.includes("/refedge.wasm.js"), `the module as JavaScript, among ${seen.join(" ")}`);
const asWasm = (seen) => assert.deepEqual([seen.includes("/refedge.wasm"), seen.includes("/refedge.wasm.js")], [true, false]);

// A blocker cuts the connection, a broken deployment answers 404.
const without = (isBlocked, fault) => async (scene) => {
  scene.world.network.fault = ({ path }) => (isBlocked(path) ? fault : undefined);
  await orderOn("/")(scene);
};

const isModule = (path) => /^\/refedge\.wasm(\.js)?$/.test(path);
const isRest = (path) => /^\/refedge\./.test(path);
const NOT_FOUND = { status: 404 };

// Nothing of ours is there: the shop's page goes on, and its own script is not harmed by what it calls.
const blockAll = async (scene) => {
  scene.world.network.fault = ({ path }) => (path === "/embedding.min.js" ? "drop" : undefined);
  const tab = await scene.visit("/async");
  assert.deepEqual(await notes(tab), { said: [], thrown: [] });
  assert.equal(await tab.run(() => document.title), "Shop");
};

export const POLICY = [
  ["a strict content security policy with 'strict-dynamic', WebAssembly refused", orderOn("/strict", asJavaScript)],
  ["a strict content security policy with hosts, WebAssembly allowed", orderOn("/strict-wasm", asWasm)],
  ["the module is blocked, in both forms", without(isModule, "drop")],
  ["the module is missing, in both forms", without(isModule, NOT_FOUND)],
  ["all but the synchronous part is blocked", without(isRest, "drop")],
  ["all but the synchronous part is missing", without(isRest, NOT_FOUND)],
  ["the whole script is blocked", blockAll],
];
