// The network and the servers fail: every order arrives, once.
import assert from "node:assert/strict";
import { until } from "../../nginx/harness.mjs";
import { outbox, startTrack, track } from "../scene.mjs";

const isTrack = ({ method, path }) => method === "POST" && path === "/track";

const isDelivered = (tab) => until("the outbox is empty", async () => await outbox(tab) === 0, 30_000);

const cutNetwork = async (scene) => {
  const tab = await scene.visit();
  scene.world.network.cut();
  assert.equal((await track(tab, scene.number())).status, 0);
  assert.equal(await outbox(tab), 1);
  scene.world.network.restore();
  await isDelivered(tab);
  await scene.settled("1");
};

// The fault lasts until the page hears of it; then the page brings the order by itself.
const withFault = (fault, status) => async (scene) => {
  const tab = await scene.visit();
  let faults = 0;
  scene.world.network.fault = (request) => {
    if (!isTrack(request)) return undefined;
    faults += 1;
    return fault(request);
  };
  assert.equal((await track(tab, scene.number())).status, status);
  scene.world.network.restore();
  assert.ok(faults > 0);
  assert.equal(await outbox(tab), 1);
  await isDelivered(tab);
  await scene.settled("1");
};

const allow = ({ headers: { origin } }) => ["access-control-allow-origin", origin, "access-control-allow-credentials", "true", "content-type", "text/plain"];

const answers = (status) => [
  `the server answers ${status}`, withFault((request) => ({ status, headers: allow(request), body: "no" }), status)];

const loseOrigin = async (scene) => {
  const { stack } = scene.world;
  const tab = await scene.visit();
  await stack.endOrigin("SIGKILL");
  try {
    const answer = await track(tab, scene.number());
    assert.deepEqual(answer, { order_number: scene.number(), referral: null, reason: "accepted", status: 202 });
    assert.equal(await outbox(tab), 0, "the edge has it");
  } finally {
    await stack.startOrigin();
  }
  await scene.settled("1");
};

// The visitor is gone before the server was reached; the next page that they open brings the order.
const leaveOffline = async (scene) => {
  const profile = await scene.visitor();
  const tab = await scene.visit("/", profile);
  scene.world.network.cut();
  assert.equal((await track(tab, scene.number("a"))).status, 0);
  await startTrack(tab, scene.number("b"));
  await until("both are kept", async () => await outbox(tab) === 2);
  await tab.close();
  scene.world.network.restore();
  assert.deepEqual(scene.world.orders(scene.id), []);
  await isDelivered(await scene.visit("/", profile));
  await scene.settled("a", "b");
};

export const NETWORK = [
  ["the network is cut and comes back", cutNetwork],
  ["requests break before the server has heard of them", withFault(() => "drop", 0)],
  ["answers are lost after the server has stored the order", withFault(() => "lose", 0)],
  ["a proxy answers 502, which no page may read", withFault(() => ({ status: 502 }), 0)],
  answers(429), answers(500), answers(503),
  ["the origin is away: the edge keeps the order", loseOrigin],
  ["the visitor leaves while offline: the next visit delivers", leaveOffline],
];
