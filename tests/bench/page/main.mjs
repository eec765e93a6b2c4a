// What our script costs a page: the demo's confirmation page and a page without an order, with the script and without it, visit by visit in
// turn, in Chromium slowed down 4 times. Usage: node main.mjs [--json]; REFEDGE_BENCH_ROUNDS (default 11) sets how many visits of each there are.
import { parseArgs } from "node:util";
import { launch, visit } from "./load.mjs";
import { rowsOf, table } from "./rows.mjs";
import { startShop } from "./shop.mjs";

const { values: { json } } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const numRounds = Number(process.env.REFEDGE_BENCH_ROUNDS ?? 11);
if (!Number.isInteger(numRounds) || numRounds < 1) throw new Error("REFEDGE_BENCH_ROUNDS: a whole number from 1");

// A visitor who comes back from a payment page has the order's page first, in a new process; one who pays in the shop has it later.
const runRound = async (browser, { orderUrl, plainUrl, marketUrl }, isWithout) => {
  const [first] = await visit(browser, [orderUrl], marketUrl, isWithout);
  const [, plain, later] = await visit(browser, [plainUrl, `${plainUrl}?page=2`, orderUrl], marketUrl, isWithout);
  return { first, plain, later };
};

const runRounds = async (browser, shop) => {
  const [ours, without] = [[], []];
  await runRound(browser, shop, false); // the first of all warms caches of servers and browser
  for (let round = 0; round < numRounds; round += 1) {
    ours.push(await runRound(browser, shop, false));
    without.push(await runRound(browser, shop, true));
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
