// Several tabs with one outbox, and tabs that die.
import assert from "node:assert/strict";
import { until } from "../../nginx/harness.mjs";
import { whileBusy } from "../engines/children.mjs";
import { outbox, startTrack, track } from "../scene.mjs";

const isTrack = ({ method, path }) => method === "POST" && path === "/track";

// How often the edge heard of an order, whatever became of the answer.
const arrivals = (world, number) => world.posts(number).filter(({ outcome }) => outcome !== "dropped").length;

const shareOutbox = async (scene) => {
  const { world } = scene;
  const profile = await scene.visitor();
  const tabs = [await scene.visit("/", profile), await scene.visit("/", profile)];
  world.network.cut();
  await Promise.all(tabs.map((tab, index) => track(tab, scene.number(`${index}`))));
  await track(tabs[0], scene.number("both"));
  await track(tabs[1], scene.number("both"));
  assert.equal(await outbox(tabs[0]), 3);
  world.network.restore();
  const third = await scene.visit("/", profile);
  await until("the outbox is empty", async () => await outbox(third) === 0, 40_000);
  await scene.settled("0", "1", "both");
  for (const name of ["0", "1", "both"]) assert.equal(arrivals(world, scene.number(name)), 1, `${name} is sent once by three tabs`);
};

// The tab dies while its request is on the way: before the server has it, or with the answer not yet there.
const killInFlight = (fault) => async (scene) => {
  const { world } = scene;
  const profile = await scene.visitor();
  const tab = await scene.visit(`/?ref=${world.code}`, profile);
  let go;
  const held = new Promise((done) => { go = done; });
  let arrived = false;
  world.network.fault = async (request) => {
    if (!isTrack(request) || arrived) return undefined;
    arrived = true;
    await held;
    return fault;
  };
  await startTrack(tab, scene.number());
  await until("the request is on its way", () => arrived);
  await tab.kill();
  go();
  await until("its fate is sealed", () => world.posts(scene.number())[0].outcome !== "unread");
  world.network.restore();
  const next = await scene.visit("/", profile);
  await until("the outbox is empty", async () => await outbox(next) === 0, 40_000);
  const [order] = await scene.settled("1");
  assert.equal(order.referrer, "referrer0@example.com");
};

// Nothing was sent yet: the module is still on its way when the tab dies.
const killEarly = async (scene) => {
  const profile = await scene.visitor();
  scene.world.network.fault = ({ path }) => (path.startsWith("/refedge.wasm") ? { delay: 60_000 } : undefined);
  const tab = await scene.visit("/", profile);
  await startTrack(tab, scene.number());
  await tab.kill();
  scene.world.network.restore();
  await scene.visit("/", profile);
  await scene.settled("1");
};

const KILLS = 12;

// On a busy machine what a page stores may still be on its way to the process that keeps it. One kill in seven came in between once.
const killAtOnce = async (scene) => {
  const profile = await scene.visitor();
  const names = Array.from({ length: KILLS }, (_, index) => `${index}`);
  scene.world.network.fault = (request) => (isTrack(request) ? "drop" : undefined);
  await whileBusy(async () => {
    for (const name of names) {
      const tab = await scene.visit("/", profile);
      await tab.starve?.();
      await startTrack(tab, scene.number(name));
      await tab.kill();
    }
  });
  scene.world.network.restore();
  await scene.visit("/", profile);
  await scene.settled(...names);
};

export const TABS = [
  ["three tabs with one outbox: each order is sent once", shareOutbox],
  ["the tab is killed in flight, the request is lost", killInFlight("drop")],
  ["the tab is killed in flight, the answer is lost", killInFlight("lose")],
  ["the tab is killed in flight, the request arrives", killInFlight(undefined)],
  ["the tab is killed before anything was sent", killEarly],
  ["tabs are killed at once, on a busy machine", killAtOnce],
];
