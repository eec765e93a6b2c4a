// What our script costs a page: the demo's confirmation page with and without it, load by load in turn, in Chromium slowed down 4 times.
// Usage: node main.mjs [--json]; REFEDGE_BENCH_ROUNDS (default 11) sets how many loads of each there are.
import { parseArgs } from "node:util";
import { launch, measure } from "./load.mjs";
import { rowsOf, table } from "./rows.mjs";
import { startShop } from "./shop.mjs";

const { values: { json } } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const numRounds = Number(process.env.REFEDGE_BENCH_ROUNDS ?? 11);
if (!Number.isInteger(numRounds) || numRounds < 1) throw new Error("REFEDGE_BENCH_ROUNDS: a whole number from 1");

const runRounds = async (browser, shop) => {
  const [ours, without] = [[], []];
  await measure(browser, shop, false); // the first load of all warms caches of servers and browser
  for (let round = 0; round < numRounds; round += 1) {
    ours.push(await measure(browser, shop, false));
    without.push(await measure(browser, shop, true));
  }
  return { ours, without };
};

const shop = await startShop();
try {
  const browser = await launch();
  try {
    const rounds = await runRounds(browser, shop);
    console.log(json ? JSON.stringify(rowsOf(rounds), null, 1) : table(rounds, numRounds));
  } finally {
    await browser.close();
  }
} finally {
  await shop.stop();
}
