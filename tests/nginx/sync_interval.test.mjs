// A worker has its spool synced by the kernel at the interval that it is told, without a thread and for as long as something comes.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { HUMAN, MODULE, makeEdge, putLinks, startNginx, until } from './harness.mjs';

const TELL_SYNC = path.join(path.dirname(MODULE), 'refedge_tell_sync.so');
const human = { 'User-Agent': HUMAN };

async function startWatched(sync) {
  const edge = makeEdge();
  const log = path.join(edge.dir, 'syncs');
  fs.writeFileSync(log, '', { mode: 0o666 });
  fs.chmodSync(log, 0o666); // the worker is another user
  putLinks(edge, [{ code: 'k7', location: 'https://shop.example/' }]);
  const nginx = await startNginx(edge, { main: 'env REFEDGE_SYNCS;', env: { LD_PRELOAD: TELL_SYNC, REFEDGE_SYNCS: log },
    http: `refedge_links ${edge.links}; refedge_keys ${edge.keys}; refedge_spool ${edge.spool} sync=${sync};` });
  const syncs = () => fs.readFileSync(log, 'utf8').split('\n').filter(Boolean);
  return { edge, nginx, syncs };
}

test('clicks are synced at the interval, and then no more', async () => {
  const { edge, nginx, syncs } = await startWatched('20ms');
  await nginx.get('/r/k7', human);
  await until('the first click is synced', () => syncs().length === 2);
  const [segment] = fs.readdirSync(edge.spool).filter((name) => name.endsWith('.spool'));
  assert.deepEqual(syncs(), [edge.spool, path.join(edge.spool, segment)], 'its name, and what is in it');
  await nginx.get('/r/k7', human);
  await until('the second click is synced', () => syncs().length === 3);
  assert.equal(syncs().at(-1), path.join(edge.spool, segment));
  await nginx.stop();
  assert.equal(syncs().length, 3, 'none without a click');
});

test('nobody waits for an interval that is long, and a worker has one thread', async () => {
  const { nginx, syncs } = await startWatched('1h');
  await nginx.get('/r/k7', human);
  const [worker] = nginx.workers();
  assert.match(fs.readFileSync(`/proc/${worker}/status`, 'utf8'), /^Threads:\t1$/m);
  const began = Date.now();
  await nginx.stop();
  assert.ok(Date.now() - began < 60_000);
  assert.deepEqual(syncs(), []);
});

for (const sync of ['off', 'each']) {
  test(`sync=${sync} has nothing done at intervals`, async () => {
    const { nginx, syncs } = await startWatched(sync);
    await nginx.get('/r/k7', human);
    await nginx.stop();
    assert.deepEqual(syncs(), []);
  });
}
