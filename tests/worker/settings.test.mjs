// What is wrong with a setting is said by name; and the worker in a runtime that is not Cloudflare's: plain Node with its own fetch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KEYS_FILE, MARKET, signCookie } from '../nginx/harness.mjs';
import { PACKAGE } from './worker_source.mjs';

const { createWorker, KvLinks, MemoryLinks } = await import(path.join(PACKAGE, 'worker/index.js'));
const wasm = new WebAssembly.Module(readFileSync(path.join(PACKAGE, 'refedge-edge.wasm')));
const HUMAN = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const ENV = { refedge_cookie: 'domain=shop.example', refedge_origin: 'http://origin.example', REFEDGE_EDGE_TOKEN: 'token', refedge_keys: KEYS_FILE };
const LINK = { code: 'good', market_id: MARKET, location: 'https://shop.example/?ref=good', expires_at: 0, active: true };
const links = () => new MemoryLinks([LINK]);

const lifetime = () => {
  const works = [];
  return { waitUntil: (work) => works.push(work), done: () => Promise.all(works) };
};
const visit = (target, headers = {}) => new Request(`https://bp.shop.example${target}`, { headers: { 'User-Agent': HUMAN, ...headers } });

test('plain Node: a visit is answered at once, its click goes to the sink', async () => {
  const clicks = [];
  const worker = createWorker(wasm, { links: links(), clicks: { record: (click) => clicks.push(click) } });
  const answer = worker.fetch(visit('/r/good'), ENV, lifetime());
  assert.ok(answer instanceof Response);
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get('location'), 'https://shop.example/?ref=good');
  const [, value, attributes] = /^_refedge=([^;]+)(; .*)$/.exec(answer.headers.get('set-cookie'));
  assert.equal(attributes, '; Max-Age=34560000; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax');
  const [, code, clickId, seconds] = value.split('.');
  assert.equal(value, signCookie(code, clickId, seconds));
  assert.deepEqual(clicks.map(({ at_ms, ...click }) => click), [{ click_id: clickId, code: 'good', market_id: MARKET, verdict: 'human' }]);
});

test('plain Node: clicks of many visits are posted together', async () => {
  const posted = [];
  const fetch = async (url, init) => {
    posted.push([url, init.headers.Authorization, JSON.parse(init.body).clicks.length]);
    return Response.json({ accepted: posted.at(-1)[2], duplicates: 0 });
  };
  const worker = createWorker(wasm, { links: links(), fetch });
  const life = lifetime();
  const env = { ...ENV, refedge_batch_wait: '20ms' };
  for (let i = 0; i < 501; i += 1) worker.fetch(visit('/r/good'), env, life);
  await life.done();
  assert.deepEqual(posted, [['http://origin.example/edge/clicks', 'Bearer token', 500], ['http://origin.example/edge/clicks', 'Bearer token', 1]]);
});

test('plain Node: a click that the origin refuses is left out, the others arrive', async () => {
  const seen = [];
  const fetch = async (_url, init) => {
    const { clicks } = JSON.parse(init.body);
    if (clicks.some(({ verdict }) => verdict === 'head')) return new Response('no', { status: 422 });
    seen.push(...clicks);
    return Response.json({ accepted: clicks.length, duplicates: 0 });
  };
  const worker = createWorker(wasm, { links: links(), fetch });
  const life = lifetime();
  const env = { ...ENV, refedge_batch_wait: '20ms' };
  for (let i = 0; i < 9; i += 1) worker.fetch(i === 5 ? new Request(visit('/r/good'), { method: 'HEAD' }) : visit('/r/good'), env, life);
  await life.done();
  assert.equal(seen.length, 8);
});

test('plain Node: pages pass through, with what the shop sets and ours', async () => {
  const asked = [];
  const fetch = async (request) => {
    asked.push(request.url);
    return new Response('page', { headers: { 'Set-Cookie': 'shop=1', 'Cache-Control': 'max-age=60' } });
  };
  const worker = createWorker(wasm, { links: links(), fetch });
  const env = { ...ENV, refedge_capture: 'on', refedge_upstream: 'http://shop.internal:81/' };
  const answer = await worker.fetch(visit('/a?ref=good'), env, lifetime());
  assert.deepEqual(asked, ['http://shop.internal:81/a?ref=good']);
  assert.equal(await answer.text(), 'page');
  const [shops, ours] = answer.headers.getSetCookie();
  assert.equal(shops, 'shop=1');
  assert.match(ours, /^_refedge=1\.good\.\.\d+\.b/);
  assert.equal(answer.headers.get('cache-control'), 'max-age=60, private');
});

test('links that cannot be read: 503 and a page, or the fallback; the log says why once a second', async () => {
  const broken = { find: () => Promise.reject(new Error('KV is away')), put() {}, cursor: () => 0, setCursor() {} };
  const worker = createWorker(wasm, { links: broken, clicks: { record() {} } });
  const answer = await worker.fetch(visit('/r/good'), ENV, lifetime());
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get('retry-after'), '5');
  assert.match(await answer.text(), /does not work right now/);
  const fallback = await worker.fetch(visit('/r/good'), { ...ENV, refedge_fallback: 'https://shop.example/' }, lifetime());
  assert.deepEqual([fallback.status, fallback.headers.get('location')], [302, 'https://shop.example/']);
});

test('KV is asked once for a code, known or not', async () => {
  const asked = [];
  const kv = { get: async (key) => { asked.push(key); return key === 'link:good' ? JSON.stringify(LINK) : null; }, put: async () => undefined };
  const store = new KvLinks(kv);
  for (let i = 0; i < 3; i += 1) {
    assert.deepEqual(await store.find('good'), LINK);
    assert.equal(await store.find('bad'), undefined);
  }
  assert.deepEqual(asked, ['link:good', 'link:bad']);
});

const key = (line) => `${MARKET} b ${Buffer.alloc(32, 'k').toString('base64')}\n${line}`;
const B64 = (length) => Buffer.alloc(length).toString('base64');
const WRONG = {
  refedge_redirect: ['r', '/r/ status=301', '/r/ a b', 5],
  refedge_fallback: ['/sorry', 'javascript:alert(1)', 'https://', 'https://a b'],
  refedge_referrer_policy: ['never'],
  refedge_track: ['track'],
  refedge_status: ['/status xml'],
  refedge_capture: ['yes'],
  refedge_preview: ['1'],
  refedge_cookie: ['name=_refedge_js', 'name=a;b', 'name=', 'max_age=401d', 'max_age=0s', 'max_age=x', 'samesite=no', 'samesite=none nosecure', 'domain=a_b..c', 'domain=', 'colour=red'],
  refedge_consent: ['cookie=a header=b', 'gpc=on', 'maybe', 'cookie=', 'cookie=a:', 'header=a b:c'],
  refedge_query: ['some', 'utm prefer=me'],
  refedge_repeat_window: ['25h', '-1s', 'soon'],
  refedge_keys: ['x', `${MARKET} b !`, `x b ${B64(32)}`, `${MARKET} bb ${B64(32)}`, `${MARKET} b ${B64(31)}`, `${MARKET} b ${B64(65)}`, `${MARKET} b ${B64(32)} more`,
    key(`${MARKET} b ${B64(32)}`), Array.from({ length: 17 }, (_, i) => `${MARKET} ${String.fromCharCode(97 + i)} ${B64(32)}`).join('\n')],
  refedge_origin: ['origin', 'http://origin/path', 'ftp://origin'],
  refedge_upstream: ['http://shop/?a'],
  refedge_links: ['text', {}],
  refedge_spool: [{ put() {} }],
  refedge_track_timeout: ['26s'],
  refedge_batch_wait: ['11s'],
};
for (const [name, values] of Object.entries(WRONG)) {
  for (const value of values) {
    test(`${name}: ${JSON.stringify(value).slice(0, 60)} is refused by name, without a secret`, async (t) => {
      const log = t.mock.method(console, 'error', () => undefined);
      const worker = createWorker(wasm, { links: name === 'refedge_links' ? undefined : links() });
      const answer = await worker.fetch(visit('/r/good'), { ...ENV, [name]: value }, lifetime());
      assert.equal(answer.status, 503);
      const said = log.mock.calls.map(({ arguments: [line] }) => line).join('\n');
      assert.match(said, new RegExp(`refedge: ${name} `));
      assert.ok(!said.includes(B64(31).slice(0, 20)) && !said.includes('a2tra2tra'), said);
    });
  }
}

test('domain=auto without a list of suffixes, and clicks that would go nowhere, are refused', async (t) => {
  const log = t.mock.method(console, 'error', () => undefined);
  const { refedge_origin: _origin, ...noOrigin } = ENV;
  for (const env of [{ ...ENV, refedge_cookie: '' }, noOrigin]) {
    assert.equal((await createWorker(wasm, { links: links() }).fetch(visit('/r/good'), env, lifetime())).status, 503);
  }
  assert.match(log.mock.calls[0].arguments[0], /refedge_cookie domain=auto needs registrableDomain/);
  assert.match(log.mock.calls[1].arguments[0], /refedge_origin or refedge_spool is needed/);
});
