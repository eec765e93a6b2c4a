// The link feed into KV, on a schedule: by cursor, bounded, repeated without harm.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { KEYS_FILE, MARKET, request } from '../nginx/harness.mjs';
import { startFeed } from './feed.mjs';
import { startWorker } from './harness.mjs';

let feed;
let worker;
before(async () => {
  feed = await startFeed();
  worker = await startWorker({ bindings: {
    refedge_origin: `http://127.0.0.1:${feed.port}`, REFEDGE_EDGE_TOKEN: 'a token', refedge_keys: KEYS_FILE,
  } });
});
after(async () => {
  await worker?.stop();
  await feed?.stop();
});
beforeEach(() => feed.reset());

const link = (code, more = {}) => ({ code, market_id: MARKET, location: `https://shop.example/${code}`, expires_at: 0, active: true, ...more });
const publish = () => worker.scheduled();
const stored = async (code) => JSON.parse((await worker.kv.get(`link:${code}`)) ?? 'null');
const cursor = async () => Number(await worker.kv.get('cursor'));

test('links are written, then the cursor, and the next run asks from there', async () => {
  const from = await cursor();
  feed.pages = [{ links: [link('one'), link('two')], cursor: from + 2, more: true }, { links: [link('three')], cursor: from + 3, more: false }];
  await publish();
  assert.deepEqual(await stored('one'), link('one'));
  assert.deepEqual(await stored('three'), link('three'));
  assert.equal(await cursor(), from + 3);
  assert.deepEqual(feed.asked.map(({ after: asked }) => Number(asked)), [from, from + 2]);
  assert.ok(feed.asked.every(({ authorization }) => authorization === 'Bearer a token'));
  assert.equal((await request(worker.port, '/r/one', {})).headers.location, 'https://shop.example/one');
  await publish();
  assert.equal(Number(feed.asked.at(-1).after), from + 3);
});

test('all that a link can have arrives', async () => {
  const from = await cursor();
  const full = link('full', { active: false, blocked: true, fallback: 'https://shop.example/sorry', preview: { title: 'T', locale: 'en' } });
  feed.pages = [{ links: [full], cursor: from + 1, more: false }];
  await publish();
  assert.deepEqual(await stored('full'), full);
});

test('a link that is none is left out and named; the others arrive', async () => {
  const from = await cursor();
  const wrong = [link('no code'), link('a', { market_id: 'x' }), link('b', { location: '/path' }), link('c', { expires_at: -1 }), link('d', { active: 1 }),
    link('e', { fallback: 'javascript:x' }), link('f', { preview: { title: 1 } }), null];
  feed.pages = [{ links: [...wrong, link('sound')], cursor: from + 9, more: false }];
  await publish();
  assert.deepEqual(await stored('sound'), link('sound'));
  for (const { code } of wrong.filter(Boolean)) assert.equal(await stored(code), null, code);
  for (const [index, member] of ['code', 'market_id', 'location', 'expires_at', 'active', 'fallback', 'title', 'link'].entries()) {
    await worker.says(new RegExp(`after cursor ${from}: left out links\\[${index}\\]\\.${member}`));
  }
});

test('one run is bounded, and the next goes on', async () => {
  const from = await cursor();
  feed.pages = Array.from({ length: 6 }, (_, i) => ({ links: [link(`bounded${i}`)], cursor: from + i + 1, more: i < 5 }));
  await publish();
  assert.equal(feed.asked.length, 4);
  assert.equal(await cursor(), from + 4);
  await publish();
  assert.equal(await cursor(), from + 6);
  assert.deepEqual(await stored('bounded5'), link('bounded5'));
});

const REFUSED = {
  'another status': { status: 500, pages: [{}] },
  'a wrong token': { status: 401, pages: [{}] },
  'no page of links': { pages: [{ links: 'all' }] },
  'a cursor that goes back': { pages: [{ links: [link('back')], cursor: 0, more: false }], needsCursor: true },
  'a cursor that stands still': { pages: [{ links: [], cursor: 'same', more: true }] },
};
for (const [what, { status = 200, pages, needsCursor }] of Object.entries(REFUSED)) {
  test(`${what}: the run fails and changes nothing`, async () => {
    const from = await cursor();
    if (needsCursor) assert.ok(from > 0);
    feed.status = status;
    feed.pages = pages.map((page) => (page.cursor === 'same' ? { ...page, cursor: from } : page));
    await assert.rejects(publish());
    assert.equal(await cursor(), from);
    assert.equal(await stored('back'), null);
  });
}

test('an unknown link, once it is published, is served when the cache lets go of it: within 30 seconds, not for ever', async () => {
  assert.equal((await request(worker.port, '/r/soon', {})).status, 404);
  await worker.kv.put('link:soon', JSON.stringify(link('soon')));
  const answer = await request(worker.port, '/r/soon', {});
  assert.equal(answer.status, 404, 'remembered as unknown');
});

test('a damaged value is nobody\'s link', async () => {
  for (const [code, value] of [['torn', '{"code":'], ['array', '[]'], ['number', '1'], ['foreign', JSON.stringify(link('foreign', { location: 1 }))]]) {
    await worker.kv.put(`link:${code}`, value);
    assert.equal((await request(worker.port, `/r/${code}`, {})).status, 404, code);
  }
  await worker.says(/a link in KV is damaged/);
});
