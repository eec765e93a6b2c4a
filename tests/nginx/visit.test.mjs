// What a visit to a share link can be told to do: status, policy, query, consent, preview, repeats, fallbacks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import { HUMAN, MARKET, OTHER_KEY, OTHER_MARKET, makeEdge, putLinks, setCookie, signCookie, spooledClicks, startNginx, until } from './harness.mjs';

const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const UNFURLER = { 'User-Agent': 'facebookexternalhit/1.1' };
const edge = makeEdge();
let nginx;

const now = () => Math.floor(Date.now() / 1000);
const preview = { title: '10 off & "more" <b>', description: 'From a friend', image_url: 'https://shop.example/og.png', site_name: 'Shop', locale: 'en-GB' };

before(async () => {
  putLinks(edge, [
    { code: 'good', location: 'https://shop.example/?utm_source=link&ref=friend-7&bp_e=x%2By#top' },
    { code: 'other', market_id: OTHER_MARKET, location: 'https://other.example/' },
    { code: 'shown', location: 'https://shop.example/?ref=shown', preview },
    { code: 'expired', location: 'https://shop.example/', expires_at: now() - 1 },
    { code: 'ended', location: 'https://shop.example/', expires_at: now() - 1, fallback: 'https://shop.example/ended?x=1' },
    { code: 'withdrawn', location: 'https://shop.example/', active: false, fallback: 'https://shop.example/ended?x=1' },
    { code: 'blocked', location: 'https://shop.example/', blocked: true },
    { code: 'serving', location: 'https://shop.example/', fallback: 'https://shop.example/ended' },
    { code: 'damaged', raw: '01ff' },
  ]);
  nginx = await startNginx(edge, { server: `
    access_log ${edge.accessLog} variables;
    location /r/ { refedge_redirect on; }
    location /307/ { refedge_redirect on status=307; refedge_referrer_policy no-referrer; }
    location /silent/ { refedge_redirect on; refedge_referrer_policy off; }
    location /none/ { refedge_redirect on; refedge_query none; }
    location /all/ { refedge_redirect on; refedge_query all; }
    location /visitor/ { refedge_redirect on; refedge_query utm prefer=visitor; }
    location /agreed/ { refedge_redirect on; refedge_consent header=X-Consent:yes dnt=honour gpc=ignore; }
    location /unasked/ { refedge_redirect on; refedge_consent off; }
    location /preview/ { refedge_redirect on; refedge_preview on; }
    location /never/ { refedge_redirect on; refedge_repeat_window 0; }
    location /fallback/ { refedge_redirect on; refedge_fallback https://shop.example/welcome; }
    location /named/ { refedge_redirect on; refedge_cookie name=friend domain=shop.example samesite=none; }` });
});
after(() => nginx?.stop());

const human = (target, headers = {}) => nginx.get(target, { 'User-Agent': HUMAN, ...headers });
const clicks = () => spooledClicks(edge);

test('307 and another referrer policy, or none, where the location says so', async () => {
  const other = await human('/307/good');
  assert.equal(other.status, 307);
  assert.equal(other.headers['referrer-policy'], 'no-referrer');
  assert.equal(other.headers['cache-control'], 'no-store');
  assert.equal(other.headers['x-robots-tag'], 'noindex');
  assert.ok(setCookie(other));
  const silent = await human('/silent/good');
  assert.equal(silent.status, 302);
  assert.equal(silent.headers['referrer-policy'], undefined);
});

const BASE = 'https://shop.example/?utm_source=link&ref=friend-7&bp_e=x%2By';
const QUERIES = [
  ['/r/good?utm_source=mail&utm_medium=a%20b&x=1&ref=evil&bp_e=evil', `${BASE}&utm_medium=a%20b#top`],
  ['/none/good?utm_medium=mail', `${BASE}#top`],
  ['/all/good?x=1&ref=evil&REF=evil&bp_e=evil&utm_source=mail', `${BASE}&x=1#top`],
  ['/visitor/good?utm_source=mail&x=1', 'https://shop.example/?ref=friend-7&bp_e=x%2By&utm_source=mail#top'],
  ['/all/good?a=%0d%0aSet-Cookie:x=y&b=2', `${BASE}&b=2#top`],
  ['/all/good?//evil.example/', `${BASE}&%2F%2Fevil.example%2F#top`],
  ['/all/good?@evil.example', `${BASE}&%40evil.example#top`],
  ['/r/good?', `${BASE}#top`],
];
for (const [target, location] of QUERIES) {
  test(`${target} leads to ${location}`, async () => {
    const answer = await human(target);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.location, location);
  });
}

const CONSENTS = [
  ['/r/good', {}, true], ['/r/good', { 'Sec-GPC': '1' }, false], ['/r/good', { DNT: '1' }, true], ['/r/good', { 'Sec-GPC': '0' }, true],
  ['/unasked/good', { 'Sec-GPC': '1', DNT: '1' }, true],
  ['/agreed/good', {}, false], ['/agreed/good', { 'X-Consent': 'yes' }, true], ['/agreed/good', { 'X-Consent': 'no' }, false],
  ['/agreed/good', { 'X-Consent': 'yes', DNT: '1' }, false], ['/agreed/good', { 'X-Consent': 'yes', 'Sec-GPC': '1' }, true],
];
for (const [target, headers, agreed] of CONSENTS) {
  test(`${target} with ${JSON.stringify(headers)} ${agreed ? 'sets' : 'does not set'} a cookie; the click is recorded`, async () => {
    const before = clicks().length;
    const answer = await human(target, headers);
    assert.equal(answer.status, 302);
    assert.equal(setCookie(answer) !== null, agreed);
    const after = clicks();
    assert.equal(after.length, before + 1);
    assert.equal(after.at(-1).verdict, 'human');
  });
}

test('an unfurler sees the link\'s preview, escaped, and is recorded', async () => {
  const before = clicks().length;
  const answer = await nginx.get('/preview/shown?utm_source=x', UNFURLER);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['x-robots-tag'], 'noindex');
  assert.equal(answer.headers['set-cookie'], undefined);
  assert.match(answer.body, /property="og:title" content="10 off &amp; &quot;more&quot; &lt;b&gt;"/);
  assert.match(answer.body, new RegExp(`property="og:url" content="http://www\\.shop\\.example:${nginx.port}/preview/shown"`));
  assert.match(answer.body, /property="og:image" content="https:\/\/shop\.example\/og\.png"/);
  assert.equal(clicks().length, before + 1);
  assert.equal(clicks().at(-1).verdict, 'unfurler');
});

const REDIRECTED = [
  ['an unfurler where previews are off', '/r/shown', UNFURLER], ['an unfurler of a link without one', '/preview/good', UNFURLER],
  ['a person', '/preview/shown', { 'User-Agent': HUMAN }], ['a bot', '/preview/shown', { 'User-Agent': 'curl/8' }],
];
for (const [what, target, headers] of REDIRECTED) {
  test(`${what} is redirected`, async () => assert.equal((await nginx.get(target, headers)).status, 302));
}

test('HEAD of an unfurler is a head, and redirected', async () => {
  assert.equal((await nginx.get('/preview/shown', UNFURLER, 'HEAD')).status, 302);
  assert.equal(clicks().at(-1).verdict, 'head');
});

test('a friend who comes again within the window is one click', async () => {
  const first = await human('/r/good');
  const cookie = setCookie(first);
  const before = clicks().length;
  const again = await human('/r/good', { Cookie: `a=b; _refedge=${cookie}` });
  assert.equal(again.status, 302);
  assert.equal(again.headers.location, first.headers.location);
  assert.equal(again.headers['set-cookie'], undefined);
  assert.equal(clicks().length, before);
  const line = `/r/good|good|friend-7|${cookie.split('.')[2]}|repeat|${MARKET}|`;
  await until('the access log has it', () => fs.readFileSync(edge.accessLog, 'utf8').includes(line));
});

const NEW_CLICKS = [
  ['a cookie at the end of the window', '/r/good', () => signCookie('good', CLICK, now() - 1800)],
  ['a cookie of another code', '/r/good', () => signCookie('other', CLICK, now(), OTHER_KEY)],
  ['a forged cookie', '/r/good', () => signCookie('good', CLICK, now(), Buffer.alloc(32, 'f'))],
  ['the key of another market', '/r/good', () => signCookie('good', CLICK, now(), OTHER_KEY)],
  ['a cookie without a click, from a page', '/r/good', () => signCookie('good', '', now())],
  ['an unsigned cookie', '/r/good', () => `1.good.${CLICK}.${now()}`],
  ['a location without a window', '/never/good', () => signCookie('good', CLICK, now())],
];
for (const [what, target, cookie] of NEW_CLICKS) {
  test(`${what} makes a click of its own`, async () => {
    const before = clicks().length;
    const answer = await human(target, { Cookie: `_refedge=${cookie()}` });
    assert.ok(setCookie(answer));
    assert.equal(clicks().length, before + 1);
  });
}

test('a bot with a friend\'s cookie is still a bot, and recorded', async () => {
  const before = clicks().length;
  await nginx.get('/r/good', { 'User-Agent': 'curl/8', Cookie: `_refedge=${signCookie('good', CLICK, now())}` });
  assert.equal(clicks().length, before + 1);
  assert.equal(clicks().at(-1).verdict, 'bot');
});

const MISSES = [
  ['/r/unknown', null], ['/r/expired', null], ['/r/blocked', null], ['/r/damaged', null], ['/r/', null],
  ['/r/ended', 'https://shop.example/ended?x=1'], ['/r/withdrawn', 'https://shop.example/ended?x=1'],
  ['/fallback/unknown', 'https://shop.example/welcome'], ['/fallback/expired', 'https://shop.example/welcome'],
  ['/fallback/blocked', 'https://shop.example/welcome'], ['/fallback/damaged', 'https://shop.example/welcome'],
  ['/fallback/ended', 'https://shop.example/ended?x=1'], ['/fallback/https:%2f%2fevil.example', 'https://shop.example/welcome'],
  ['/fallback/unknown?to=https://evil.example&utm_source=x', 'https://shop.example/welcome'],
];
for (const [target, fallback] of MISSES) {
  test(`${target} leads to ${fallback ?? 'a page that says so'}`, async () => {
    const before = clicks().length;
    const answer = await human(target);
    assert.equal(answer.status, fallback === null ? 404 : 302);
    assert.equal(answer.headers.location, fallback ?? undefined);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.equal(clicks().length, before);
  });
}

test('a link that serves does not fall back', async () => {
  assert.equal((await human('/fallback/serving')).headers.location, 'https://shop.example/');
});

test('a cookie of another name, domain and flags', async () => {
  assert.match((await human('/named/good')).headers['set-cookie'][0],
    /^friend=1\.good\..*; Max-Age=34560000; Path=\/; Domain=shop\.example; Secure; HttpOnly; SameSite=None$/);
  assert.doesNotMatch((await human('/named/good', { Host: 'elsewhere.example' })).headers['set-cookie'][0], /Domain/);
  const cookie = setCookie(await human('/named/good'), 'friend');
  assert.equal((await human('/named/good', { Cookie: `friend=${cookie}` })).headers['set-cookie'], undefined);
  assert.ok((await human('/named/good', { Cookie: `_refedge=${cookie}` })).headers['set-cookie']);
});

test('the log tells code, user, click id, verdict and market, or nothing', async () => {
  const answer = await human('/none/good?x=log');
  await human('/none/unknown?x=log');
  await human('/none/expired?x=log');
  const lines = [`/none/good?x=log|good|friend-7|${setCookie(answer).split('.')[2]}|human|${MARKET}|`, '/none/unknown?x=log|-|-|-|-|-|',
    `/none/expired?x=log|expired|-|-|-|${MARKET}|`];
  await until('the access log has them', () => lines.every((line) => fs.readFileSync(edge.accessLog, 'utf8').includes(line)));
});

test('while the link table is away, friends are sent to the fallback', async () => {
  const second = makeEdge();
  const server = await startNginx(second, { server: `refedge_fallback https://shop.example/welcome;
    location /r/ { refedge_redirect on; } location /none/ { refedge_redirect on; refedge_fallback off; }` });
  const answer = await server.get('/r/good', { 'User-Agent': HUMAN });
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.location, 'https://shop.example/welcome');
  assert.equal((await server.get('/none/good', { 'User-Agent': HUMAN })).status, 503);
  assert.match(server.errorLog(), /link table .*: open: No such file or directory/);
  await server.stop();
});
