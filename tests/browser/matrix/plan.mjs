// A run of the matrix: which faults meet how many orders in how many tabs, and when the tabs die. All of it comes from the seed.
import { makeGenerator } from "../../faults/generator.mjs";

/** What can go wrong on the way, each as the actions that a request for /track may meet. */
export const FAULTS = {
  none: [undefined],
  "network cut": ["cut"],
  "request lost": ["drop"],
  "answer lost": ["lose"],
  "server failing": [500, 503, 429],
  "unreadable answer": [{ status: 502 }],
  slow: [{ delay: 300 }, { delay: 900 }],
  "origin away": ["away"],
  mixed: [undefined, "drop", "lose", 503, { status: 502 }, { delay: 300 }],
};
const ENDS = ["stay", "stay", "close", "kill", "kill"];
const PATHS = ["/", "/", "/strict", "/strict-wasm"];
const LAST_ORDER_MS = 300;
const LONGEST_LIFE_MS = 500;

const makeOrders = (random, count, tabs) => Array.from({ length: count }, (_, index) => ({
  name: String(index), tab: random.below(tabs), at: random.below(LAST_ORDER_MS),
}));

// The confirmation page that is loaded again: an order that was given comes a second time, from any tab.
const addTwin = (random, orders, tabs) =>
  (random.below(3) > 0 ? [] : [{ name: random.pick(orders).name, tab: random.below(tabs), at: LAST_ORDER_MS + random.below(100) }]);

/** {seed, fault, faulty, path, tabs, orders, twins, end, all, endAt}: `faulty` says how many requests meet the fault; a tab ends after its first order. */
export const makePlan = (seed) => {
  const random = makeGenerator(seed);
  const tabs = random.between(1, 4);
  const orders = makeOrders(random, random.between(1, 5), tabs);
  return {
    seed, tabs, orders,
    twins: addTwin(random, orders, tabs),
    fault: random.pick(Object.keys(FAULTS)),
    faulty: random.between(1, 5),
    path: random.pick(PATHS),
    end: random.pick(ENDS),
    all: random.below(2) === 0,
    endAt: Math.min(...orders.map(({ at }) => at)) + random.below(LONGEST_LIFE_MS),
    choose: random.pick,
  };
};
