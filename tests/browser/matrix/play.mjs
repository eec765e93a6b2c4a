// Plays a plan of the matrix in an engine, and counts what became of its orders.
import { until } from "../../nginx/harness.mjs";
import { notes, outbox, startTrack } from "../scene.mjs";
import { FAULTS } from "./plan.mjs";

const PATIENCE_MS = 60_000;

const isTrack = ({ method, path }) => method === "POST" && path === "/track";

const readable = (status, { headers: { origin } }) =>
  ({ status, body: "no", headers: ["access-control-allow-origin", origin ?? "*", "access-control-allow-credentials", "true"] });

const setFault = (world, plan) => {
  let left = plan.faulty;
  world.network.fault = (request) => {
    if (!isTrack(request) || left === 0) return undefined;
    left -= 1;
    const action = plan.choose(FAULTS[plan.fault]);
    if (action === "cut") world.network.cut();
    return typeof action === "number" ? readable(action, request) : action;
  };
};

// The page is there a moment after its time; what has no time of its own is done at once.
const pauseUntil = (time) => new Promise((done) => setTimeout(done, Math.max(0, time - Date.now())));

const endTab = (tab, how) => (how === "kill" ? tab.kill() : tab.close());

// What happens, in the order of its time: orders are given, tabs end. A tab that has ended gives no more orders.
const makeEvents = (plan, scene, tabs, given) => {
  const endsAll = plan.all || (plan.end === "kill" && scene.engine.killsAllTabs);
  const ended = new Set();
  const give = ({ name, tab }) => async () => {
    if (ended.has(tab)) return;
    await startTrack(tabs[tab], scene.number(name));
    given.add(scene.number(name));
  };
  const end = async () => {
    for (const index of tabs.keys()) {
      if (!endsAll && index > 0) break;
      ended.add(index);
      await endTab(tabs[index], plan.end);
    }
  };
  const events = [...plan.orders, ...plan.twins].map((order) => ({ at: order.at, act: give(order) }));
  if (plan.end !== "stay") events.push({ at: plan.endAt, act: end });
  return { events: events.sort((one, other) => one.at - other.at), ended };
};

// Requests that came after one was answered for good, by a page that was there to hear it. An order that is given twice may be sent so.
const needless = (world, numbers) => numbers.reduce((sum, number) => {
  const posts = world.posts(number);
  const answered = posts.findIndex(({ outcome, answered: status }) => outcome === "answered" && status >= 200 && status < 300);
  return sum + (answered < 0 ? 0 : posts.slice(answered + 1).length);
}, 0);

const missing = (world, numbers) => {
  const stored = new Set(world.orders("").map(({ order_number: number }) => number));
  return numbers.filter((number) => !stored.has(number));
};

// Rows that an order has more than one of, in any table that counts it.
const doubled = (world, id) => ["conversions", "referrals", "decisions"].flatMap((table) => world.stack.sql(
  `SELECT order_number FROM ${table} WHERE order_number LIKE '${id}-%' GROUP BY order_number HAVING count(*) > 1`));

const unattributed = (world, id) => world.orders(`${id}-`).filter(({ referrer }) => referrer !== "referrer0@example.com").length;

const takeBack = async (world, plan) => {
  if (plan.fault === "origin away") await world.stack.startOrigin();
  world.network.restore();
};

const playTabs = async (scene, plan, profile) => {
  const { world } = scene;
  const tabs = [];
  for (let i = 0; i < plan.tabs; i += 1) tabs.push(await scene.visit(`${plan.path}?ref=${world.code}`, profile));
  const given = new Set();
  const { events, ended } = makeEvents(plan, scene, tabs, given);
  if (plan.fault === "origin away") await world.stack.endOrigin("SIGKILL");
  else setFault(world, plan);
  const start = Date.now();
  try {
    for (const { at, act } of events) {
      await pauseUntil(start + at);
      await act();
    }
  } finally {
    await takeBack(world, plan);
  }
  return { numbers: [...given], living: tabs.filter((_, index) => !ended.has(index)) };
};

/** Plays it; gives {seed, fault, end, tabs, orders, lost, doubled, unattributed, needless, thrown, requests, ms}. */
export const play = async (scene, plan) => {
  const { world } = scene;
  const begin = Date.now();
  const profile = await scene.visitor();
  const { numbers, living } = await playTabs(scene, plan, profile);
  const next = await scene.visit("/", profile);
  await until("all arrive", async () => missing(world, numbers).length === 0 && await outbox(next) === 0, PATIENCE_MS).catch(() => {});
  const thrown = (await Promise.all([next, ...living].map(notes))).flatMap((note) => note.thrown);
  const { seed, fault, end, tabs } = plan;
  return {
    seed, fault, end, tabs, orders: numbers.length, thrown: thrown.length, ms: Date.now() - begin,
    lost: missing(world, numbers).length, doubled: doubled(world, scene.id).length, unattributed: unattributed(world, scene.id),
    needless: needless(world, numbers.filter((number) => !plan.twins.some(({ name }) => number === scene.number(name)))), requests: numbers.reduce((sum, number) => sum + world.posts(number).length, 0),
  };
};
