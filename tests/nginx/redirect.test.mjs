import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import { HUMAN, KEYLESS_MARKET, MARKET, OTHER_KEY, OTHER_MARKET, makeEdge, putLinks, request, signCookie, spooledClicks,
  startNginx, until } from './harness.mjs';

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const LONG = `https://shop.example/?bp_e=${'A'.repeat(8192 - 27)}`;
const edge = makeEdge();
let nginx;

before(async () => {
  const now = Math.floor(Date.now() / 1000);
  putLinks(edge, [
    { code: 'good', location: 'https://shop.example/?a=1&ref=good&bp_e=x%2By#top' },
    { code: 'A-b_9', location: 'http://shop.example' },
    { code: 'x'.repeat(32), location: 'https://shop.example/longest-code' },
    { code: 'long', location: LONG },
    { code: 'other', market_id: OTHER_MARKET, location: 'https://other.example/' },
    { code: 'keyless', market_id: KEYLESS_MARKET, location: 'https://keyless.example/' },
    { code: 'withdrawn', location: 'https://shop.example/', active: false },
    { code: 'expired', location: 'https://shop.example/', expires_at: now - 1 },
    { code: 'later', location: 'https://shop.example/later', expires_at: now + 3600 },
    { code: 'damaged', raw: '01ff' },
    { code: 'newer', raw: '02000000' },
  ]);
  nginx = await startNginx(edge);
});
after(() => nginx?.stop());

const human = (target, headers = {}) => nginx.get(target, { 'User-Agent': HUMAN, ...headers });
const lastClick = (code) => spooledClicks(edge).filter((click) => click.code === code).at(-1);

test('a human is sent on with exactly the documented headers', async () => {
  const began = Date.now();
  const answer = await human('/r/good');
  assert.equal(answer.status, 302);
  assert.equal(answer.body, '');
  const names = answer.raw.filter((_, i) => i % 2 === 0);
  assert.deepEqual(names, ['Server', 'Date', 'Content-Length', 'Connection', 'Location', 'Cache-Control', 'Referrer-Policy',
    'X-Robots-Tag', 'Set-Cookie']);
  assert.equal(answer.headers.location, 'https://shop.example/?a=1&ref=good&bp_e=x%2By#top');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['referrer-policy'], 'strict-origin-when-cross-origin');
  assert.equal(answer.headers['x-robots-tag'], 'noindex');
  assert.equal(answer.headers['content-length'], '0');

  const [cookie] = answer.headers['set-cookie'];
  const parts = /^_refedge=(.+?); Max-Age=34560000; Path=\/; Domain=shop\.example; Secure; HttpOnly; SameSite=Lax$/.exec(cookie);
  assert.ok(parts, cookie);
  const [version, code, clickId, seconds] = parts[1].split('.');
  assert.deepEqual([version, code], ['1', 'good']);
  assert.match(clickId, UUID7);
  assert.equal(parts[1], signCookie('good', clickId, seconds));

  const click = lastClick('good');
  assert.deepEqual({ ...click, at_ms: 0 }, { click_id: clickId, code: 'good', market_id: MARKET, at_ms: 0, verdict: 'human' });
  assert.equal(Math.floor(click.at_ms / 1000), Number(seconds));
  assert.equal(Number.parseInt(clickId.replace('-', '').slice(0, 12), 16), click.at_ms);
  assert.ok(click.at_ms >= began - 1000 && click.at_ms <= Date.now() + 1000, 'nginx keeps a clock of its own');
});

test('each market signs with its own first key', async () => {
  const [cookie] = (await human('/r/other')).headers['set-cookie'];
  const value = /^_refedge=([^;]+)/.exec(cookie)[1];
  const [, code, clickId, seconds] = value.split('.');
  assert.equal(value, signCookie(code, clickId, seconds, OTHER_KEY));
});

test('codes and locations of every allowed length and character work', async () => {
  assert.equal((await human('/r/A-b_9')).headers.location, 'http://shop.example');
  assert.equal((await human(`/r/${'x'.repeat(32)}`)).headers.location, 'https://shop.example/longest-code');
  assert.equal((await human('/r/long')).headers.location, LONG);
  assert.equal((await human('/r/later')).status, 302);
});

test('the query of the short link and its letter case change nothing and everything', async () => {
  assert.equal((await human('/r/good?utm=1&to=https://evil.example')).headers.location,
    'https://shop.example/?a=1&ref=good&bp_e=x%2By#top');
  assert.equal((await human('/r/GOOD')).status, 404);
});

test('the click ids of many visits are all different', async () => {
  const ids = new Set();
  for (let i = 0; i < 150; i += 1) ids.add((await human('/r/good')).headers['set-cookie'][0].split('.')[2]);
  assert.equal(ids.size, 150);
});

const VERDICTS = [
  ['bot', 'GET', { 'User-Agent': 'curl/8.0' }],
  ['bot', 'GET', {}],
  ['unfurler', 'GET', { 'User-Agent': 'facebookexternalhit/1.1' }],
  ['prefetch', 'GET', { 'User-Agent': HUMAN, 'Sec-Purpose': 'prefetch;prerender' }],
  ['prefetch', 'GET', { 'User-Agent': HUMAN, Purpose: 'prefetch' }],
  ['prefetch', 'GET', { 'User-Agent': HUMAN, 'X-Purpose': 'preview' }],
  ['prefetch', 'GET', { 'User-Agent': HUMAN, 'X-Moz': 'prefetch' }],
  ['head', 'HEAD', { 'User-Agent': HUMAN }],
];
for (const [verdict, method, headers] of VERDICTS) {
  test(`${method} with ${JSON.stringify(headers)} is recorded as ${verdict} and gets no cookie`, async () => {
    const before = spooledClicks(edge).length;
    const answer = await nginx.get('/r/good', headers, method);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.location, 'https://shop.example/?a=1&ref=good&bp_e=x%2By#top');
    assert.equal(answer.headers['set-cookie'], undefined);
    const clicks = spooledClicks(edge);
    assert.equal(clicks.length, before + 1);
    assert.equal(clicks.at(-1).verdict, verdict);
  });
}

const NOWHERE = ['unknown', 'withdrawn', 'expired', 'damaged', 'newer', '', 'no%20code', 'x'.repeat(33), '%01', '%c3%28', 'good%2f',
  'good%0d%0aSet-Cookie:x=y', 'good.', 'x'.repeat(3000)];
for (const code of NOWHERE) {
  test(`/r/${code.slice(0, 40)} leads nowhere: 404, a page, no cookie, no click`, async () => {
    const before = spooledClicks(edge).length;
    const answer = await human(`/r/${code}`);
    assert.equal(answer.status, 404);
    assert.match(answer.body, /<h1>This link does not work<\/h1>/);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(Number(answer.headers['content-length']), answer.body.length);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.equal(answer.headers.location, undefined);
    assert.equal(spooledClicks(edge).length, before);
  });
}

test('a damaged record is named in the log', async () => {
  await until('the log names it', async () => {
    await human('/r/damaged');
    return nginx.errorLog().includes('the record of link "damaged" is damaged');
  });
});

test('HEAD of an unknown link has the headers of GET and no body', async () => {
  const answer = await nginx.get('/r/unknown', { 'User-Agent': HUMAN }, 'HEAD');
  assert.equal(answer.status, 404);
  assert.ok(Number(answer.headers['content-length']) > 100);
  assert.equal(answer.body, '');
});

for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
  test(`${method} is not allowed and records nothing`, async () => {
    const before = spooledClicks(edge).length;
    const answer = await request(nginx.port, '/r/good', { 'User-Agent': HUMAN }, method, method === 'POST' ? 'a=b' : undefined);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, 'GET, HEAD');
    assert.equal(answer.headers.location, undefined);
    assert.equal(spooledClicks(edge).length, before);
  });
}

const DOMAINS = [
  ['shop.example', 'shop.example'], ['a.b.shop.co.uk', 'shop.co.uk'], ['WWW.SHOP.EXAMPLE:8080', 'shop.example'],
  ['shop.example.', 'shop.example'], ['127.0.0.1', null], ['[::1]:80', null], ['localhost', null], ['co.uk', null],
  ['github.io', null], ['_x.shop,example', null],
];
for (const [host, domain] of DOMAINS) {
  test(`the cookie of host ${host} is for ${domain ?? 'that host alone'}`, async () => {
    const [cookie] = (await human('/r/good', { Host: host })).headers['set-cookie'];
    assert.equal(/; Domain=([^;]*)/.exec(cookie)?.[1] ?? null, domain);
  });
}

test('a market without keys redirects without a cookie, which is logged', async () => {
  const answer = await human('/r/keyless');
  assert.equal(answer.status, 302);
  assert.equal(answer.headers['set-cookie'], undefined);
  assert.equal(lastClick('keyless').verdict, 'human');
  assert.match(nginx.errorLog(), new RegExp(`no cookie key for market ${KEYLESS_MARKET}`));
});

test('the log variables tell code, click id and verdict', async () => {
  const [cookie] = (await human('/r/later')).headers['set-cookie'];
  await human('/r/unknown');
  const wanted = `302 "later" "${cookie.split('.')[2]}" "human"`;
  await until('the access log has it', () => fs.readFileSync(edge.accessLog, 'utf8').includes(wanted));
  assert.match(fs.readFileSync(edge.accessLog, 'utf8'), /^404 "-" "-" "-"$/m);
});

test('a link that changes is served from its next request on', async () => {
  putLinks(edge, [{ code: 'moving', location: 'https://shop.example/1' }]);
  assert.equal((await human('/r/moving')).headers.location, 'https://shop.example/1');
  putLinks(edge, [{ code: 'moving', location: 'https://shop.example/2' }]);
  assert.equal((await human('/r/moving')).headers.location, 'https://shop.example/2');
  putLinks(edge, [{ code: 'moving', location: 'https://shop.example/2', active: false }]);
  assert.equal((await human('/r/moving')).status, 404);
});
