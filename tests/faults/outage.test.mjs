// The origin is away: for a while, and again and again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../nginx/harness.mjs';
import { report, settle } from './account.mjs';
import { Load } from './load.mjs';
import { makeRandom } from './random.mjs';
import { IS_FULL, KILLS, OUTAGE_SECONDS, pause } from './size.mjs';
import { Stack } from './stack.mjs';

test(`the origin is stopped for ${OUTAGE_SECONDS} seconds`, { timeout: IS_FULL ? 1_800_000 : 180_000 }, async (t) => {
  const stack = await Stack.start();
  const load = new Load(stack, makeRandom()).start();
  await until('orders reach the origin', () => load.orders.acknowledged.size > 5);
  await stack.endOrigin('SIGTERM');
  const before = load.orders.acknowledged.size;
  await pause(OUTAGE_SECONDS * 1000);
  assert.ok(load.orders.acknowledged.size > before, 'orders were acknowledged without the origin');
  await stack.startOrigin();
  await load.stop();
  const begin = Date.now();
  const numbers = await settle(stack, load, { patienceMs: IS_FULL ? 600_000 : 90_000 });
  numbers.broughtAfterSeconds = Math.round((Date.now() - begin) / 1000);
  assert.ok(numbers.kept > 0);
  report(t, `origin stopped for ${OUTAGE_SECONDS} s`, numbers);
  await stack.stop();
});

test(`the origin is killed ${KILLS} times`, { timeout: IS_FULL ? 1_800_000 : 180_000 }, async (t) => {
  const random = makeRandom();
  const stack = await Stack.start();
  const load = new Load(stack, random).start();
  for (let i = 0; i < KILLS; i += 1) {
    await pause(random.between(50, 700));
    await stack.endOrigin('SIGKILL');
    await pause(random.below(200));
    await stack.startOrigin();
  }
  await load.stop();
  report(t, `origin killed ${KILLS} times`, await settle(stack, load));
  await stack.stop();
});

test(`the agent is killed ${KILLS} times`, { timeout: IS_FULL ? 1_800_000 : 180_000 }, async (t) => {
  const random = makeRandom();
  const stack = await Stack.start();
  const load = new Load(stack, random).start();
  for (let i = 0; i < KILLS; i += 1) {
    await pause(random.between(20, 600));
    await stack.endAgent('SIGKILL');
    // The spool holds orders only while the origin is away.
    if (i % 3 === 0) {
      await stack.endOrigin('SIGKILL');
      await pause(random.between(50, 300));
      await stack.startOrigin();
    }
    await stack.startAgent();
  }
  await load.stop();
  report(t, `agent killed ${KILLS} times`, await settle(stack, load));
  await stack.stop();
});
