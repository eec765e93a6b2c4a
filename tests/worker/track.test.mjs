// /track through the worker: what the origin gets, and what happens when it is away.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { KEY, KEYS_FILE, MARKET, OLD_KEY, OTHER_KEY, OTHER_MARKET, request, signCookie, until } from '../nginx/harness.mjs';
import { startWorker } from './harness.mjs';
import { startOrigin } from './origin.mjs';

const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const GOOD = signCookie('good', CLICK, 1718000000);
const FORGED = signCookie('good', CLICK, 1718000000, Buffer.alloc(32, 'f'));
const ORDER = JSON.stringify({ market: 'demo', customer_email: 'jane@mail.example', order_number: 'ORDER1', order_value: '12.50' });
const link = (code, more = {}) => ({ code, market_id: MARKET, location: 'https://shop.example/', expires_at: 0, active: true, ...more });

let origin;
let worker;
let bare;
before(async () => {
  origin = await startOrigin();
  const bindings = { refedge_origin: `http://127.0.0.1:${origin.port}`, REFEDGE_EDGE_TOKEN: 'token', refedge_keys: KEYS_FILE,
    refedge_track_timeout: '300ms', refedge_batch_wait: '0s', refedge_status: '/status' };
  const links = [link('good'), link('gone', { active: false }), link('other', { market_id: OTHER_MARKET })];
  worker = await startWorker({ bindings, links, options: {
    queueProducers: { refedge_spool: 'spool' }, queueConsumers: { spool: { maxBatchSize: 10, maxBatchTimeout: 0, maxRetries: 100 } } } });
  bare = await startWorker({ bindings, links });
});
after(async () => {
  await worker?.stop();
  await bare?.stop();
  await origin?.stop();
});
beforeEach(() => { origin.mode = 'here'; origin.seen.length = 0; });

const track = (headers = {}, body = ORDER, to = worker) => request(to.port, '/track?x=1', { 'Content-Type': 'text/plain', ...headers }, 'POST', body);

const CASES = [
  ['a verified cookie', `_refedge=${GOOD}`, GOOD],
  ['a verified cookie among others', `a=b; _refedge=${GOOD}; _refedge_js=1.good..1718000000`, GOOD],
  ['an older key of the ring', `_refedge=${signCookie('good', CLICK, 1718000000, OLD_KEY, 'a')}`, signCookie('good', CLICK, 1718000000, OLD_KEY, 'a')],
  ['the cookie of a withdrawn link', `_refedge=${signCookie('gone', CLICK, 1718000000)}`, signCookie('gone', CLICK, 1718000000)],
  ['a good cookie after seven tossed ones', `${`_refedge=${FORGED}; `.repeat(7)}_refedge=${GOOD}`, GOOD],
  ['a good cookie after eight', `${`_refedge=${FORGED}; `.repeat(8)}_refedge=${GOOD}`, undefined],
  ['no cookie', '', undefined],
  ['a forged cookie', `_refedge=${FORGED}`, undefined],
  ['another market\'s key', `_refedge=${signCookie('good', CLICK, 1718000000, OTHER_KEY)}`, undefined],
  ['another market\'s cookie under this key', `_refedge=${signCookie('other', CLICK, 1718000000, KEY)}`, undefined],
  ['an unknown code', `_refedge=${signCookie('nobody', CLICK, 1718000000)}`, undefined],
  ['an unsigned cookie', '_refedge=1.good..1718000000', undefined],
  ['the script\'s cookie alone', `_refedge_js=${GOOD}`, undefined],
];
for (const [what, cookie, expected] of CASES) {
  test(`${what}: the origin gets ${expected ? 'it' : 'no attribution'}`, async () => {
    const answer = await track({ ...(cookie === '' ? {} : { Cookie: cookie }), 'Refedge-Attribution': 'forged' });
    assert.equal(answer.status, 201);
    assert.equal(answer.body, '{"order_number":"1","referral":null}');
    const [seen] = origin.seen;
    assert.equal(seen.headers['refedge-attribution'], expected);
    assert.equal(seen.url, '/track?x=1');
    assert.equal(seen.body, ORDER);
    assert.equal(seen.headers['content-type'], 'text/plain');
  });
}

for (const mode of ['silent', 'failing']) {
  test(`an origin that is ${mode}: 202, and the order arrives when it is back`, async () => {
    origin.mode = mode;
    const answer = await track({ Cookie: `_refedge=${GOOD}`, Origin: 'https://www.shop.example' });
    assert.equal(answer.status, 202);
    assert.deepEqual(JSON.parse(answer.body), { order_number: 'ORDER1', referral: null, reason: 'accepted' });
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['access-control-allow-origin'], 'https://www.shop.example');
    assert.equal(answer.headers['access-control-allow-credentials'], 'true');
    assert.equal(answer.headers.vary, 'Origin');
    origin.mode = 'here';
    const seen = await until('the order is delivered', () => origin.seen.find(({ url }) => url === '/track'), 60_000);
    assert.equal(seen.body, ORDER);
    assert.equal(seen.headers['refedge-attribution'], GOOD);
    assert.equal(seen.headers['content-type'], 'text/plain');
  });
}

test('a page of another site reads the answer without its cookies', async () => {
  origin.mode = 'failing';
  for (const page of ['https://evil.example', 'https://notshop.example', 'null', 'https://shop.example@evil.example', 'https://shop.example.evil.example']) {
    const answer = await track({ Origin: page });
    assert.equal(answer.status, 202, page);
    assert.equal(answer.headers['access-control-allow-origin'], '*', page);
    assert.equal(answer.headers['access-control-allow-credentials'], undefined, page);
  }
});

const NO_ORDERS = [
  ['no JSON', '{', 'invalid_json', ''],
  ['no object', '[]', 'invalid_json', ''],
  ['no order number', JSON.stringify({ market: 'demo', customer_email: 'jane@mail.example' }), 'missing_field', 'order_number'],
  ['no address', JSON.stringify({ ...JSON.parse(ORDER), customer_email: 'jane' }), 'invalid_field', 'customer_email'],
  ['a field that is none', JSON.stringify({ ...JSON.parse(ORDER), colour: 'red' }), 'unknown_field', 'colour'],
];
for (const [what, body, reason, field] of NO_ORDERS) {
  test(`${what}: 422 as by the origin, and nothing is kept`, async () => {
    origin.mode = 'failing';
    const answer = await track({}, body);
    assert.equal(answer.status, 422);
    const [error] = JSON.parse(answer.body).errors;
    assert.deepEqual([error.reason, error.field], [reason, field]);
    assert.ok(error.message.length > 5);
  });
}

test('a refusal of the origin is its answer', async () => {
  origin.mode = 'refusing';
  const answer = await track();
  assert.deepEqual([answer.status, answer.body], [422, '{"errors":[]}']);
});

test('a body over 64 KiB is refused, one of 64 KiB passes', async () => {
  assert.equal((await track({}, 'x'.repeat(64 * 1024))).status, 201);
  const answer = await track({}, 'x'.repeat(64 * 1024 + 1));
  assert.equal(answer.status, 413);
  assert.equal(JSON.parse(answer.body).errors[0].reason, 'too_large');
});

test('a body without a length is read up to the limit', async () => {
  const chunked = (body) => request(worker.port, '/track', { 'Transfer-Encoding': 'chunked' }, 'POST', body);
  assert.equal((await chunked('y'.repeat(64 * 1024))).status, 201);
  assert.equal(origin.seen.at(-1).body, 'y'.repeat(64 * 1024));
  assert.equal((await chunked('y'.repeat(64 * 1024 + 1))).status, 413);
});

test('a preflight is answered while the origin is away', async () => {
  origin.mode = 'failing';
  const answer = await request(worker.port, '/track', { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['access-control-allow-methods'], 'POST');
  assert.equal(answer.headers['access-control-allow-headers'], 'Content-Type');
  assert.equal((await request(worker.port, '/track', { Origin: 'https://evil.example' }, 'OPTIONS')).headers['access-control-allow-credentials'], undefined);
});

test('without a queue an order that nobody takes is 503, never 202', async () => {
  origin.mode = 'failing';
  const answer = await track({}, ORDER, bare);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '5');
  assert.equal(JSON.parse(answer.body).errors[0].reason, 'unavailable');
});

test('clicks go through the queue, and come again when the origin was away', async () => {
  origin.mode = 'failing';
  for (let i = 0; i < 3; i += 1) assert.equal((await request(worker.port, '/r/good', { 'User-Agent': 'curl/8.0' })).status, 302);
  origin.mode = 'here';
  await until('the clicks arrive', () => new Set(origin.clicks.map(({ click_id: id }) => id)).size >= 3, 60_000);
  assert.ok(origin.seen.filter(({ url }) => url === '/edge/clicks').every(({ headers }) => headers.authorization === 'Bearer token'));
});

test('clicks without a queue are posted, and tried again', async () => {
  origin.mode = 'failing';
  const known = origin.clicks.length;
  assert.equal((await request(bare.port, '/r/good', { 'User-Agent': 'curl/8.0' })).status, 302);
  origin.mode = 'here';
  await until('the click arrives', () => origin.clicks.length > known);
  assert.equal(origin.clicks.at(-1).code, 'good');
});

test('the status counts', async () => {
  const { conversions, clicks, links } = JSON.parse((await request(worker.port, '/status', {})).body);
  assert.ok(conversions.attributed >= 6 && conversions.spooled >= 2);
  assert.ok(clicks.bot >= 3);
  assert.deepEqual(links, { open: true, cursor: 0 });
  const text = (await request(worker.port, '/status?format=prometheus', {})).body;
  assert.match(text, /^refedge_clicks_total\{verdict="bot"\} \d+$/m);
  assert.match(text, /^refedge_links_open 1$/m);
});
