// refedge_capture: `?ref=` on a page becomes a cookie, whoever answers the page: a cache, a file, an error.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { HUMAN, KEYLESS_MARKET, OTHER_KEY, OTHER_MARKET, badHandoffs, makeEdge, putLinks, request, setCookie, signCookie, signHandoff, spooledClicks,
  startNginx, startOrigin, until } from './harness.mjs';

const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const edge = makeEdge();
let origin;
let nginx;

// A page of the shop: what the origin says of its caching and cookies depends on the path.
function respond(req, res) {
  const { pathname } = new URL(req.url, 'http://origin');
  if (pathname === '/cached/page') res.setHeader('Cache-Control', 'public, max-age=600');
  if (pathname === '/cached/own') res.setHeader('Set-Cookie', 'session=1');
  if (pathname === '/status') res.statusCode = Number(new URL(req.url, 'http://origin').searchParams.get('s'));
  res.setHeader('ETag', '"1"');
  if (req.headers['if-none-match'] === '"1"') res.statusCode = 304;
  res.end(res.statusCode === 304 ? undefined : 'page');
}

before(async () => {
  const now = Math.floor(Date.now() / 1000);
  putLinks(edge, [
    { code: 'good', location: 'https://shop.example/?ref=good' },
    { code: 'other', market_id: OTHER_MARKET, location: 'https://other.example/' },
    { code: 'keyless', market_id: KEYLESS_MARKET, location: 'https://keyless.example/' },
    { code: 'withdrawn', location: 'https://shop.example/', active: false },
    { code: 'expired', location: 'https://shop.example/', expires_at: now - 1 },
    { code: 'blocked', location: 'https://shop.example/', blocked: true },
    { code: 'damaged', raw: '01ff' },
  ]);
  origin = await startOrigin(respond);
  const www = path.join(edge.dir, 'www');
  fs.mkdirSync(www);
  fs.writeFileSync(path.join(www, 'index.html'), 'home');
  fs.writeFileSync(path.join(www, 'gone.html'), 'gone');
  const http = `refedge_links ${edge.links}; refedge_keys ${edge.keys}; refedge_spool ${edge.spool};
    proxy_cache_path ${edge.dir}/cache keys_zone=pages:1m;`;
  nginx = await startNginx(edge, { http, server: `
    refedge_capture on;
    access_log ${edge.accessLog} variables;
    location /r/ { refedge_redirect on; }
    location /cached/ { proxy_pass http://127.0.0.1:${origin.port}; proxy_cache pages; proxy_cache_valid 200 10m;
      add_header X-Cache $upstream_cache_status; }
    location /status { proxy_pass http://127.0.0.1:${origin.port}; }
    location /passed { proxy_pass http://127.0.0.1:${origin.port}; proxy_set_header X-Code $refedge_code; }
    location /file/ { alias ${www}/; try_files $uri /file/index.html; }
    location /missing/ { root ${www}; error_page 404 /gone.html; }
    location = /gone.html { root ${www}; }
    location /moved { return 301 /file/; }
    location /off/ { refedge_capture off; alias ${www}/; index index.html; }
    location /short/ { refedge_cookie max_age=1h name=friend; alias ${www}/; index index.html; }
    location /agreed/ { refedge_consent cookie=consent:yes,all; alias ${www}/; index index.html; }
    location /parts/ { root ${www}; addition_types *; add_before_body /file/index.html?ref=good; try_files /index.html =404; }` });
});
after(async () => {
  await nginx?.stop();
  await origin?.stop();
});

const page = (target, headers = {}, method = 'GET') => nginx.get(target, { 'User-Agent': HUMAN, ...headers }, method);

/** Checks that an answer captures `code`, signed and without a click id, and gives the cookie's value. */
function assertCaptured(answer, code = 'good', key = undefined) {
  const value = setCookie(answer);
  assert.ok(value, JSON.stringify(answer.headers));
  const [version, said, clickId, seconds] = value.split('.');
  assert.deepEqual([version, said, clickId], ['1', code, '']);
  assert.equal(value, key ? signCookie(code, '', seconds, key) : signCookie(code, '', seconds));
  assert.ok(Math.abs(Number(seconds) - Date.now() / 1000) < 30);
  return value;
}

const seconds = () => Math.floor(Date.now() / 1000);
const handed = (token, headers) => page(`/file/?a=1&refedge_handoff=${encodeURIComponent(token)}`, headers);

test('a referral that another domain hands over keeps its click and its time', async () => {
  const clicks = spooledClicks(edge).length;
  const seen = seconds() - 86_400;
  assert.equal(setCookie(await handed(signHandoff(`1.good.${CLICK}.${seen}`, seconds()))), signCookie('good', CLICK, seen));
  assert.equal(setCookie(await handed(signHandoff(`1.other..${seen}`, seconds(), OTHER_KEY))), signCookie('other', '', seen, OTHER_KEY));
  assert.equal(spooledClicks(edge).length, clicks);
});

test('a token that does not hold hands nothing over', async () => {
  const good = signHandoff(`1.good.${CLICK}.${seconds() - 60}`, seconds());
  for (const [name, token] of Object.entries(badHandoffs(CLICK))) {
    const answer = await handed(token);
    assert.deepEqual([answer.status, answer.headers['set-cookie']], [200, undefined], name);
  }
  for (const headers of [{ 'User-Agent': 'curl/8.0' }, { 'Sec-Fetch-Dest': 'image' }, { 'Sec-GPC': '1' }]) {
    assert.equal((await handed(good, headers)).headers['set-cookie'], undefined, JSON.stringify(headers));
  }
});

test('a ref beside a token counts', async () => {
  assertCaptured(await page(`/file/?ref=good&refedge_handoff=${signHandoff(`1.other..${seconds()}`, seconds(), OTHER_KEY)}`));
});

test('a page that proxy_cache answers is captured, stays cached, and gives nobody another\'s cookie', async () => {
  const before = origin.seen.length;
  const first = await page('/cached/page?ref=good');
  assert.equal(first.headers['x-cache'], 'MISS');
  assertCaptured(first);
  const second = await page('/cached/page?ref=good');
  assert.equal(second.headers['x-cache'], 'HIT');
  assertCaptured(second);
  assert.equal(second.headers['set-cookie'].length, 1);
  assert.equal(second.headers['cache-control'], 'public, max-age=600, private');
  const bot = await page('/cached/page?ref=good', { 'User-Agent': 'curl/8.0' });
  assert.equal(bot.headers['x-cache'], 'HIT');
  assert.equal(bot.headers['set-cookie'], undefined);
  assert.equal(bot.headers['cache-control'], 'public, max-age=600');
  assert.equal(origin.seen.length, before + 1);
  const stored = fs.readdirSync(path.join(edge.dir, 'cache')).map((name) => fs.readFileSync(path.join(edge.dir, 'cache', name), 'latin1'));
  assert.equal(stored.length, 1);
  assert.ok(!stored[0].includes('Set-Cookie'));
});

test('what the origin itself makes uncacheable stays so, and keeps its own cookie', async () => {
  for (let i = 0; i < 2; i += 1) {
    const answer = await page('/cached/own?ref=good');
    assert.equal(answer.headers['x-cache'], 'MISS');
    assert.equal(answer.headers['set-cookie'].length, 2);
    assertCaptured(answer);
  }
});

test('the cookie is for the registrable domain and lives 400 days', async () => {
  const domains = [['www.shop.example', 'shop.example'], ['www.shop.co.uk', 'shop.co.uk'], ['www.shop.github.io', 'shop.github.io'],
    ['shop.github.io', 'shop.github.io'], ['localhost', null], ['127.0.0.1', null], ['[::1]', null], ['co.uk', null]];
  for (const [host, domain] of domains) {
    const [cookie] = (await page('/file/?ref=good', { Host: host })).headers['set-cookie'];
    const scope = domain === null ? '' : `; Domain=${domain}`;
    assert.ok(cookie.endsWith(`; Max-Age=34560000; Path=/${scope}; Secure; HttpOnly; SameSite=Lax`), cookie);
  }
});

test('name and age are what the location says', async () => {
  const answer = await page('/short/?ref=good');
  assert.match(answer.headers['set-cookie'][0], /^friend=1\.good\.\..*; Max-Age=3600;/);
});

const ANSWERED = [
  ['a file', '/file/?ref=good', 200], ['a file by try_files', '/file/none?ref=good', 200], ['a redirect', '/moved?ref=good', 301],
  ['an error page', '/missing/x?ref=good', 404], ['an origin\'s page', '/status?s=200&ref=good', 200],
  ['an origin\'s 404', '/status?ref=good&s=404', 404], ['an origin\'s 410', '/status?ref=good&s=410', 410],
  ['an origin that fails', '/status?ref=good&s=503', 503], ['a percent-encoded code', '/file/?ref=goo%64', 200],
  ['a page with other parameters', '/file/?a=1&ref=good&b=2', 200], ['a page of many subrequests', '/parts/?ref=good', 200],
];
for (const [what, target, status] of ANSWERED) {
  test(`${what} is captured`, async () => {
    const answer = await page(target);
    assert.equal(answer.status, status);
    assert.equal(answer.headers['set-cookie'].length, 1);
    assertCaptured(answer);
  });
}

test('a 304 is captured too: the visit is one, and the page is on the visitor\'s disk', async () => {
  const fromOrigin = await page('/status?ref=good&s=200', { 'If-None-Match': '"1"' });
  assert.equal(fromOrigin.status, 304);
  assertCaptured(fromOrigin);
  const { etag } = (await page('/file/')).headers;
  const fromFile = await page('/file/?ref=good', { 'If-None-Match': etag });
  assert.equal(fromFile.status, 304);
  assertCaptured(fromFile);
});

test('each market signs with its own key', async () => { assertCaptured(await page('/file/?ref=other'), 'other', OTHER_KEY); });

const REFUSED = [
  ['a page without ref', '/file/?a=1'], ['a page without a query', '/file/'], ['an empty ref', '/file/?ref='],
  ['a ref that is no code', '/file/?ref=a%20b'], ['a ref with a line break', '/file/?ref=good%0d%0aSet-Cookie:x=y'],
  ['an overlong ref', `/file/?ref=${'x'.repeat(33)}`], ['an unknown code', '/file/?ref=nobody'],
  ['a withdrawn code', '/file/?ref=withdrawn'], ['an expired code', '/file/?ref=expired'], ['a blocked code', '/file/?ref=blocked'],
  ['a damaged record', '/file/?ref=damaged'], ['a location that is off', '/off/?ref=good'],
  ['a refused request', '/status?ref=good&s=403'], ['a request that is throttled', '/status?ref=good&s=429'],
];
for (const [what, target] of REFUSED) {
  test(`${what} is not captured`, async () => {
    const answer = await page(target);
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.ok(!String(answer.headers['cache-control']).includes('private'));
  });
}

const VISITORS = [
  ['a bot', { 'User-Agent': 'curl/8.0' }], ['an unfurler', { 'User-Agent': 'facebookexternalhit/1.1' }],
  ['a prefetch', { 'Sec-Purpose': 'prefetch' }], ['global privacy control', { 'Sec-GPC': '1' }],
  ['an image on a stranger\'s page', { 'Sec-Fetch-Dest': 'image' }], ['a frame', { 'Sec-Fetch-Dest': 'iframe' }],
];
for (const [what, headers] of VISITORS) {
  test(`${what} gets no cookie`, async () => assert.equal((await page('/file/?ref=good', headers)).headers['set-cookie'], undefined));
}

test('HEAD and POST get no cookie', async () => {
  assert.equal((await page('/file/?ref=good', {}, 'HEAD')).headers['set-cookie'], undefined);
  assert.equal((await request(nginx.port, '/status?ref=good&s=200', { 'User-Agent': HUMAN }, 'POST', 'a=b')).headers['set-cookie'], undefined);
});

test('a document is captured when the browser says that it is one', async () => {
  assertCaptured(await page('/file/?ref=good', { 'Sec-Fetch-Dest': 'document' }));
});

test('a market without keys, whose cookie nobody could verify, gets the script\'s', async () => {
  const answer = await page('/file/?ref=keyless');
  assert.match(answer.headers['set-cookie'][0], /^_refedge_js=1\.keyless\.\.\d+; Max-Age=34560000; Path=\/; Domain=shop\.example; Secure; SameSite=Lax$/);
});

const now = () => Math.floor(Date.now() / 1000);
test('a cookie of the same code within the window is left alone, and so is its click id', async () => {
  const cookie = `_refedge=${signCookie('good', CLICK, now() - 1700)}`;
  assert.equal((await page('/file/?ref=good', { Cookie: cookie })).headers['set-cookie'], undefined);
});

const REPLACED = [
  ['older than the window', () => signCookie('good', CLICK, now() - 1900)], ['of another code', () => signCookie('other', CLICK, now(), OTHER_KEY)],
  ['forged', () => signCookie('good', CLICK, now(), Buffer.alloc(32, 'f'))], ['unsigned', () => `1.good..${now()}`],
  ['from a future far off', () => signCookie('good', CLICK, now() + 4000)],
];
for (const [what, cookie] of REPLACED) {
  test(`a cookie ${what} is replaced`, async () => {
    assertCaptured(await page('/file/?ref=good', { Cookie: `_refedge=${cookie()}` }));
  });
}

test('consent is asked of the cookie, over several Cookie headers', async () => {
  const cookies = [[undefined, false], ['consent=no', false], ['consent=yes', true], ['a=b; consent=all', true],
    [['a=b', 'consent=yes'], true], ['consent=yesterday', false]];
  for (const [cookie, agreed] of cookies) {
    const answer = await page('/agreed/?ref=good', cookie === undefined ? {} : { Cookie: cookie });
    assert.equal(answer.headers['set-cookie'] !== undefined, agreed, String(cookie));
  }
});

test('a share link has its own cookie and no second one', async () => {
  const answer = await page('/r/good?ref=other');
  assert.equal(answer.headers['set-cookie'].length, 1);
  assert.match(setCookie(answer), new RegExp('^1\\.good\\.[0-9a-f-]{36}\\.'));
});

test('a capture is no click: the spool has none', async () => {
  const before = spooledClicks(edge).length;
  assertCaptured(await page('/file/?ref=good'));
  assert.equal(spooledClicks(edge).length, before);
});

test('the code is known before the origin is asked, and to the log', async () => {
  await page('/passed?ref=good', { Cookie: `_refedge=${signCookie('good', CLICK, now())}` });
  assert.equal(origin.seen.at(-1).headers['x-code'], 'good');
  const line = `/passed?ref=good|good|good|${CLICK}|human|00112233-4455-6677-8899-aabbccddeeff|`;
  await until('the access log has it', () => fs.readFileSync(edge.accessLog, 'utf8').includes(line));
});

test('while the link table is away, the script\'s cookie keeps the referral', async () => {
  const second = makeEdge();
  const server = await startNginx(second, { server: 'refedge_capture on; location / { return 200 page; }' });
  const answer = await server.get('/?ref=good', { 'User-Agent': HUMAN });
  assert.equal(answer.body, 'page');
  assert.match(answer.headers['set-cookie'][0], /^_refedge_js=1\.good\.\.\d+; Max-Age=34560000; Path=\/; Domain=shop\.example; Secure; SameSite=Lax$/);
  await server.stop();
});
