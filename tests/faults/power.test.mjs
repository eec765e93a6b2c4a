// A power cut: what the disk has of the spool is cut anywhere in its last record, in every way at once.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { until } from '../nginx/harness.mjs';
import { Load } from './load.mjs';
import { makeRandom } from './random.mjs';
import { IS_FULL } from './size.mjs';
import { Stack } from './stack.mjs';

const SET_ASIDE = /a damaged segment was set aside/;

/** Where the records of a segment begin, from docs/protocol.md#spool; the last element is where the next one would. */
function recordsOf(bytes) {
  const places = [0];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    if (length === 0 || length === 0xffffffff) break;
    at += 8 + Math.ceil(length / 8) * 8;
    places.push(at);
  }
  return places;
}

const readSpool = (directory) => fs.readdirSync(directory).filter((name) => name.endsWith('.spool'))
  .map((name) => ({ name, bytes: fs.readFileSync(path.join(directory, name)) }))
  .map((segment) => ({ ...segment, places: recordsOf(segment.bytes) }))
  .filter((segment) => segment.places.length > 2);

/** Each segment without its end: truncated at `cut` of its last record, or zero from there on. */
function powerCut(segments, directory, random) {
  for (const { name, bytes, places } of segments) {
    const [last, end] = places.slice(-2);
    const cut = last + random.below(end - last - 8);
    const left = Buffer.from(bytes);
    if (random.below(2) === 0) left.fill(0, cut);
    fs.writeFileSync(path.join(directory, name), random.below(3) === 0 ? left.subarray(0, cut) : left.fill(0, cut));
  }
}

test('a power cut in the last record loses that record alone', { timeout: 300_000 }, async (t) => {
  const random = makeRandom();
  const stack = await Stack.start({ spool: 'sync=each' });
  await stack.endAgent('SIGKILL');
  await stack.endOrigin('SIGTERM');
  for (const name of fs.readdirSync(stack.edge.spool)) fs.rmSync(path.join(stack.edge.spool, name)); // of the start, all shipped
  await stack.nginx.reload();
  const load = new Load(stack, random).start();
  await until('there are clicks and orders', () => load.clicks.acknowledged.size > 200 && load.orders.acknowledged.size > 50, 60_000);
  await load.stop();
  await stack.nginx.reload(); // seals
  const segments = readSpool(stack.edge.spool);
  assert.ok(segments.length >= 2);
  const written = segments.reduce((sum, segment) => sum + segment.places.length - 1, 0);
  assert.ok(written >= load.clicks.acknowledged.size + load.orders.acknowledged.size);

  const rounds = IS_FULL ? 50 : 4;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of fs.readdirSync(stack.edge.spool)) fs.rmSync(path.join(stack.edge.spool, name));
    powerCut(segments, stack.edge.spool, random);
    await stack.startOrigin();
    await stack.startAgent();
    await until('the agent is through', () => stack.spoolFiles('.spool').length === 0, 60_000);
    const damaged = stack.spoolFiles('.bad').length > 0;
    if (damaged) await until('the agent says so', () => SET_ASIDE.test(stack.agent.log), 60_000); // after it renamed the segment
    await stack.endAgent('SIGKILL');
    assert.equal(SET_ASIDE.test(stack.agent.log), damaged);
    await stack.endOrigin('SIGTERM');
  }
  const [{ n: clicks }] = stack.sql('SELECT count(*) AS n FROM clicks');
  const [{ n: orders }] = stack.sql('SELECT count(*) AS n FROM conversions');
  const lost = [...load.clicks.acknowledged].filter((id) => stack.sql(`SELECT 1 FROM clicks WHERE click_id = '${id}'`).length === 0).length
    + [...load.orders.acknowledged.keys()].filter((id) => stack.sql(`SELECT 1 FROM conversions WHERE order_number = '${id}'`).length === 0).length;
  assert.ok(lost <= segments.length, `${lost} lost of ${segments.length} torn records`);
  t.diagnostic(`power cut ${rounds} times: ${clicks} clicks and ${orders} orders arrived, ${lost} of ${segments.length} torn records did not`);
  await stack.startOrigin();
  await stack.startAgent();
  await stack.stop();
});
