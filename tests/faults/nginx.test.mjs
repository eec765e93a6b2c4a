// nginx itself: its workers are killed, it is reloaded, its link table is replaced, its spool's disk is full.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { makeEdge, putLinks, until } from '../nginx/harness.mjs';
import { report, settle } from './account.mjs';
import { Load } from './load.mjs';
import { makeRandom } from './random.mjs';
import { IS_FULL, KILLS, RELOADS, pause } from './size.mjs';
import { Stack } from './stack.mjs';

const CONNECTIONS = 9; // of the load: that many requests can be in flight on a worker that is killed
const options = { timeout: IS_FULL ? 1_200_000 : 180_000 };

test(`nginx's workers are killed ${KILLS} times`, options, async (t) => {
  const random = makeRandom();
  const stack = await Stack.start();
  const load = new Load(stack, random).start();
  for (let i = 0; i < KILLS; i += 1) {
    if (i % 4 === 0) await stack.endOrigin('SIGKILL'); // orders are in the spool as well
    await pause(random.between(50, 500));
    const victim = random.pick(stack.nginx.workers());
    process.kill(Number(victim), 'SIGKILL');
    await until('another worker', () => stack.nginx.workers().length === 2 && !stack.nginx.workers().includes(victim));
    if (i % 4 === 0) await stack.startOrigin();
  }
  await load.stop();
  report(t, `nginx workers killed ${KILLS} times`, await settle(stack, load, { mayFail: KILLS * CONNECTIONS }));
  await stack.stop({ workersKilled: true });
});

test(`nginx is reloaded ${RELOADS} times, once a second`, options, async (t) => {
  const stack = await Stack.start();
  const load = new Load(stack, makeRandom()).start();
  for (let i = 0; i < RELOADS; i += 1) {
    const second = pause(1000);
    if (i % 4 === 1) await stack.endOrigin('SIGTERM');
    await stack.nginx.reload();
    if (i % 4 === 1) await stack.startOrigin();
    await second;
  }
  await load.stop();
  report(t, `nginx reloaded ${RELOADS} times`, await settle(stack, load));
  await stack.stop();
});

test('the link table is replaced under load', options, async (t) => {
  const stack = await Stack.start();
  const { edge } = stack;
  const links = stack.sql('SELECT market_id, code, location FROM links');
  const load = new Load(stack, makeRandom()).start();
  for (let i = 0; i < (IS_FULL ? 20 : 2); i += 1) {
    putLinks(edge, links, `${edge.dir}/links.new`);
    fs.renameSync(edge.links, `${edge.dir}/links.old`);
    await pause(1500); // an operator who copies, or a disk that is slow: for a while there is no table
    fs.renameSync(`${edge.dir}/links.new`, edge.links);
    await pause(1500);
    fs.rmSync(`${edge.dir}/links.old`, { recursive: true });
  }
  await load.stop();
  report(t, 'link table replaced', await settle(stack, load));
  await stack.stop();
});

function withSmallDisk(use) {
  return async (t) => {
    const edge = makeEdge();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=3m,mode=0750,uid=${fs.statSync(edge.spool).uid},gid=${fs.statSync(edge.spool).gid}`,
      'refedge-faults', edge.spool]);
    try {
      await use(t, edge);
    } finally {
      execFileSync('umount', ['--lazy', edge.spool]);
    }
  };
}

const lastCount = (log) => Number([...log.matchAll(/not recorded.* (\d+) so far/g)].at(-1)?.[1] ?? 0);

test('the spool\'s disk is full, and then not any more', options, withSmallDisk(async (t, edge) => {
  const stack = await Stack.start({ edge, spool: 'segment_size=128k', nginx: { workers: 1 } });
  await stack.endOrigin('SIGTERM');
  const ballast = `${edge.spool}/ballast`;
  const load = new Load(stack, makeRandom()).start();
  await until('an order is kept', () => [...load.orders.acknowledged.values()].includes(202));
  try {
    for (;;) fs.appendFileSync(ballast, Buffer.alloc(64 * 1024));
  } catch (error) {
    assert.equal(error.code, 'ENOSPC');
  }
  const full = load.clicks.acknowledged.size;
  await until('the log says that the disk is full', () => /is not recorded: .*allocate: No space left on device/.test(stack.nginx.errorLog()), 60_000);
  await until('orders are refused', () => load.orders.refused.length > 0, 60_000);
  await pause(1000);
  fs.rmSync(ballast);
  const recovered = load.orders.acknowledged.size;
  await until('orders are taken again', () => load.orders.acknowledged.size > recovered + 3, 60_000);
  await stack.startOrigin();
  await load.stop();

  // Redirects go on without a record; the log tells exactly how many did.
  const counted = lastCount(stack.nginx.errorLog());
  const unrecorded = counted - load.orders.refused.length;
  assert.ok(unrecorded > 0 && unrecorded <= load.clicks.acknowledged.size - full);
  const numbers = await settle(stack, load, { mayMiss: unrecorded });
  assert.equal(numbers.lostClicks, unrecorded);
  report(t, 'spool\'s disk full', { ...numbers, refusedOrders: load.orders.refused.length, countedInLog: counted });
  await stack.stop();
}));
