// After a fault: what was acknowledged against what the origin has.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { until } from '../nginx/harness.mjs';

const HUMAN = 1; // VisitVerdict::kHuman, as stored

const clicksOf = (stack) => new Set(stack.sql(`SELECT click_id FROM clicks WHERE verdict = ${HUMAN}`).map((row) => row.click_id));

const missing = (wanted, stored) => [...wanted].filter((id) => !stored.has(id));

/**
 * Waits until the origin has everything that `load` had acknowledged, then counts: nothing lost, nothing twice, nothing that nobody sent.
 * `mayMiss`: clicks that were answered and counted as not recorded. Gives the numbers for the report.
 */
export async function settle(stack, load, { mayFail = 0, mayMiss = 0, patienceMs = 90_000 } = {}) {
  assert.ok(load.clicks.acknowledged.size > 0 && load.orders.acknowledged.size > 0, 'there was load');
  const lost = () => missing(load.clicks.acknowledged, clicksOf(stack));
  const lostOrders = () => missing(load.orders.acknowledged.keys(), new Set(stack.sql('SELECT order_number FROM conversions').map((row) => row.order_number)));
  await until('every acknowledged click and order is at the origin', () => lost().length <= mayMiss && lostOrders().length === 0, patienceMs)
    .catch((error) => { throw new Error(`${error.message}: ${lost().length} clicks and ${lostOrders().length} orders are missing`); });

  const clicks = clicksOf(stack).size;
  const [{ n: conversions }] = stack.sql('SELECT count(*) AS n FROM conversions');
  const [{ n: referrals }] = stack.sql('SELECT count(*) AS n FROM referrals');
  assert.ok(load.clicks.failed.length <= mayFail, `${load.clicks.failed.length} redirects failed: ${load.clicks.failed.slice(0, 10)}`);
  assert.ok(load.orders.failed.length <= mayFail, `${load.orders.failed.length} orders failed: ${load.orders.failed.slice(0, 10)}`);
  assert.ok(clicks <= load.clicks.asked, `${clicks} clicks at the origin, ${load.clicks.asked} made`);
  assert.ok(conversions <= load.orders.asked, `${conversions} orders at the origin, ${load.orders.asked} made`);
  assert.ok(referrals <= conversions);
  // A key makes a second row impossible; what could still be double is a referral, a decision or a reward.
  assert.deepEqual(stack.sql('SELECT market_id, order_number FROM referrals GROUP BY market_id, order_number HAVING count(*) > 1'), []);
  assert.deepEqual(stack.sql('SELECT c.order_number FROM conversions c LEFT JOIN decisions d USING (market_id, order_number) WHERE d.order_number IS NULL'), []);
  assert.equal(stack.spoolFiles('rejected.bad').length, 0, 'nothing was refused');
  const kept = [...load.orders.acknowledged.values()].filter((status) => status === 202).length;
  return { clicks: load.clicks.acknowledged.size, failedClicks: load.clicks.failed.length, lostClicks: lost().length,
    orders: load.orders.acknowledged.size, kept, failedOrders: load.orders.failed.length, referrals, slowestMs: load.slowest };
}

/** Writes the numbers into the test's output, and into the file that REFEDGE_FAULTS_REPORT names. */
export function report(t, what, numbers) {
  const text = Object.entries(numbers).map(([name, value]) => `${name} ${value}`).join(', ');
  t.diagnostic(`${what}: ${text}`);
  const file = process.env.REFEDGE_FAULTS_REPORT;
  if (file) fs.appendFileSync(file, `${JSON.stringify({ what, ...numbers })}\n`);
}
