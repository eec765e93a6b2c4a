// Hostile input, against the module built with AddressSanitizer and UndefinedBehaviorSanitizer: thousands of mutated requests and the
// attempts that have a name. No crash, no 5xx, nothing of the request in an answer but where it belongs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HUMAN, makeEdge, putLinks, signCookie, startNginx, startOrigin } from './harness.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const MODULE = path.join(ROOT, 'build/cmake/nginx-asan/edge/ngx_http_refedge_module.so');
const REQUESTS = 10_000;
const AT_A_TIME = 32;
const SEED = Number(process.env.REFEDGE_SEED ?? 20260101);
const EVIL = '"><evil x=\'y\'>';
const UNFURLER = 'facebookexternalhit/1.1';
const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const GOOD = signCookie('good', CLICK, Math.floor(Date.now() / 1000));
const TOO_LONG = 'x'.repeat(9000);

const edge = makeEdge();
const asanLogs = path.join(edge.dir, 'asan');
let origin;
let nginx;
let workers;

before(async () => {
  assert.ok(fs.existsSync(MODULE), `${MODULE} is missing: cmake --preset nginx-asan && cmake --build --preset nginx-asan`);
  const libasan = fs.realpathSync(execFileSync('gcc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim());
  fs.mkdirSync(asanLogs);
  fs.chmodSync(asanLogs, 0o777);
  putLinks(edge, [
    { code: 'good', location: 'https://shop.example/?utm_source=link&ref=good&bp_e=x%2By#top',
      preview: { title: 'Title', description: 'Text', image_url: 'https://shop.example/og.png', locale: 'en' } },
    { code: 'ended', location: 'https://shop.example/', expires_at: 1, fallback: 'https://shop.example/ended' },
    { code: 'long', location: `https://shop.example/?x=${'y'.repeat(8000)}` },
    { code: 'damaged', raw: '02ff' },
  ]);
  origin = await startOrigin();
  nginx = await startNginx(edge, {
    module: MODULE,
    env: { LD_PRELOAD: libasan, ASAN_OPTIONS: `detect_leaks=0:abort_on_error=1:log_path=${asanLogs}/report`, UBSAN_OPTIONS: 'print_stacktrace=1' },
    patienceMs: 60_000,
    server: `
      keepalive_timeout 0; client_header_timeout 2s; client_body_timeout 2s; lingering_close off; refedge_preview on;
      location /r/ { refedge_redirect on; refedge_query all; }
      location /v/ { refedge_redirect on status=307; refedge_query all prefer=visitor; refedge_consent cookie=consent:yes; refedge_fallback https://shop.example/welcome; }
      location /track { refedge_track on; proxy_pass http://127.0.0.1:${origin.port}; }
      location /forget { refedge_forget on; }
      location /status { refedge_status; }
      location / { refedge_capture on; return 200 page; }` });
  workers = nginx.workers();
});
after(async () => {
  await nginx?.stop();
  await origin?.stop();
});

/** Sends bytes and gives what comes back until nginx closes the connection. */
function exchange(bytes) {
  return new Promise((done) => {
    const socket = net.connect(nginx.port, '127.0.0.1');
    const chunks = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});  // a reset: nginx has refused the rest of what was sent
    socket.on('close', () => done(Buffer.concat(chunks).toString('latin1')));
    socket.write(bytes);
  });
}

/** An HTTP/1 answer in its parts; null for none (nginx closes without a word what is no request). */
function parse(answer) {
  const end = answer.indexOf('\r\n\r\n');
  const [first, ...lines] = answer.slice(0, end).split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(first);
  if (!status) return null;
  return { status: Number(status[1]), headers: lines.map((line) => line.split(/: (.*)/s)), body: answer.slice(end + 4) };
}

const HEADERS = new Set(['server', 'date', 'content-type', 'content-length', 'connection', 'location', 'cache-control', 'referrer-policy',
  'x-robots-tag', 'set-cookie', 'allow', 'retry-after', 'transfer-encoding', 'keep-alive', 'vary', 'x-content-type-options',
  'access-control-allow-origin', 'access-control-allow-credentials', 'access-control-allow-methods', 'access-control-allow-headers', 'access-control-max-age']);
const SET_COOKIE = /^_refedge(_js)?=1\.[A-Za-z0-9_-]{1,32}\.[0-9a-f-]*\.\d+(\.[A-Za-z0-9_-]{23})?; Max-Age=34560000; Path=\/(; Domain=[a-z0-9._-]+)?; Secure(; HttpOnly)?; SameSite=Lax$/;
const REMOVAL = /^_refedge=; Max-Age=0; Path=\/(; Domain=[a-z0-9._-]+)?; Secure; HttpOnly; SameSite=Lax$/;
const PAGE = /^(\*|https?:\/\/[\w.:[\]-]+)$/;
const LOCATION = /^https:\/\/shop\.example\/(\?[\x21-\x22\x24-\x7e]*(#top)?|ended|welcome)?$/;

/** What holds for every answer, whatever was sent. 501 and 505 are nginx's own, of the protocol, before any module. */
function assertHarmless(answer, sent) {
  const told = () => `seed ${SEED}: ${JSON.stringify(sent.toString('latin1').slice(0, 2000))}\n${JSON.stringify(answer)}`;
  assert.ok(answer.status < 500 || answer.status === 501 || answer.status === 505, told());
  for (const [name, value] of answer.headers) {
    assert.ok(HEADERS.has(name.toLowerCase()), told());
    if (name === 'Set-Cookie') assert.ok(SET_COOKIE.test(value) || REMOVAL.test(value), told());
    if (name === 'Access-Control-Allow-Origin') assert.match(value, PAGE, told());
    if (name === 'Location') assert.match(value, LOCATION, told());
  }
  assert.ok(!/<evil|evil x=/i.test(answer.body), told());
  assert.ok(answer.headers.filter(([name]) => name === 'Location').length <= 1, told());
}

// A small generator of its own, so that a seed gives the same requests everywhere.
function makeRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { below: (n) => next() % n, pick: (list) => list[next() % list.length] };
}

const SEEDS = [
  ['GET', '/r/good', {}], ['GET', '/r/good?utm_source=a&x=b%20c&ref=z', {}], ['GET', '/v/good?utm_source=a&utm_medium=b', { Cookie: 'consent=yes' }],
  ['GET', '/v/nobody', {}], ['GET', '/r/ended', {}], ['GET', '/r/long?a=b', {}], ['GET', '/r/damaged', {}], ['HEAD', '/r/good', {}],
  ['GET', '/r/good', { 'User-Agent': UNFURLER }], ['GET', '/r/good', { Cookie: `a=b; _refedge=${GOOD}; c=d` }],
  ['GET', '/?ref=good', {}], ['GET', '/page?a=b&ref=goo%64&c', { Cookie: `_refedge=${GOOD}` }], ['GET', '/status?format=prometheus', {}],
  ['POST', '/forget', { Origin: 'http://127.0.0.1', 'Content-Length': '2' }, '{}'], ['OPTIONS', '/forget', { Origin: 'https://evil.example' }],
  ['POST', '/track', { Cookie: `_refedge=${GOOD}`, 'Refedge-Attribution': 'forged', 'Content-Length': '9' }, '{"a":"b"}'],
  ['POST', '/track', { Cookie: `_refedge=x; _refedge=${GOOD}`, 'Transfer-Encoding': 'chunked' }, '9\r\n{"a":"b"}\r\n0\r\n\r\n'],
  ['GET', '/r/good', { 'Sec-Purpose': 'prefetch', DNT: '1', 'Sec-GPC': '1', 'X-Moz': 'prefetch', Purpose: 'x' }],
];

function write([method, target, headers, body = ''], host = 'www.shop.example') {
  const all = { Host: host, 'User-Agent': HUMAN, Connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n${body}`, 'latin1');
}

const PIECES = [EVIL, '%0d%0aSet-Cookie:evil=1', '%00', '%', '%c3%28', '..', '/../', '//evil.example/', '@evil.example', ';', '=', ',', '\t', '\\', '"',
  '_refedge=', `_refedge=${GOOD}`, '; ', '&ref=good', '&bp_e=evil', '#', '?', '\xff', 'x'.repeat(300), '%2f'.repeat(50), '&a=b'.repeat(60)];

function splice(bytes, at, removed, piece) {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(piece, 'latin1'), bytes.subarray(Math.min(bytes.length, at + removed))]);
}

/** One to four changes of a request: bytes flipped, taken out or doubled, pieces put in, long runs. */
function mutate(bytes, random) {
  let out = bytes;
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(out.length + 1);
    switch (random.below(6)) {
      case 0: out = splice(out, at, 1, String.fromCharCode(random.below(256))); break;
      case 1: out = splice(out, at, random.below(8), ''); break;
      case 2: out = splice(out, at, 0, random.pick(PIECES)); break;
      case 3: out = splice(out, at, 0, out.subarray(at, at + random.below(40)).toString('latin1')); break;
      case 4: out = splice(out, at, 1, 'A'.repeat(random.below(3000))); break;
      default: out = splice(out, 4 + random.below(40), 0, random.pick(PIECES));
    }
  }
  return out;
}

test(`${REQUESTS} mutated requests`, { timeout: 600_000 }, async () => {
  const random = makeRandom(SEED);
  const statuses = new Map();
  let left = REQUESTS;
  async function attack() {
    while (left > 0) {
      left -= 1;
      const sent = mutate(write(random.pick(SEEDS)), random);
      const answer = parse(await exchange(sent));
      statuses.set(answer?.status ?? 'closed', (statuses.get(answer?.status ?? 'closed') ?? 0) + 1);
      if (answer) assertHarmless(answer, sent);
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, attack));
  assert.equal([...statuses.values()].reduce((sum, n) => sum + n, 0), REQUESTS);
  // The mutations must reach the module, not only nginx's parser.
  for (const status of [200, 302, 307, 400, 404]) assert.ok(statuses.get(status) > 50, JSON.stringify([...statuses]));
});

const LONG_CODE = 'x'.repeat(33);
const NAMED = [
  ['an oversized code', ['GET', `/r/${LONG_CODE}`, {}], 404], ['a code of 4000 bytes', ['GET', `/r/${'y'.repeat(4000)}`, {}], 404],
  ['a target that no buffer holds', ['GET', `/r/${TOO_LONG}`, {}], 414], ['a header that no buffer holds', ['GET', '/r/good', { Cookie: TOO_LONG }], 400],
  ['a line break in the code', ['GET', '/r/good%0d%0aSet-Cookie:%20evil=1', {}], 404], ['a null byte in the code', ['GET', '/r/good%00', {}], 400],
  ['a line break in the query', ['GET', '/r/good?utm_source=%0d%0aSet-Cookie:%20evil=1', {}], 302],
  ['markup in the code', ['GET', '/r/%22%3e%3cevil%20x=%27y%27%3e', {}], 404],
  ['markup in the query', ['GET', '/r/good?utm_source=%22%3e%3cevil%20x=%27y%27%3e', {}], 302],
  ['markup in the path of a preview', ['GET', '/r/%22%3e%3cevil%20x=%27y%27%3e/good', { 'User-Agent': UNFURLER }], 302],
  ['markup in the host of a preview', ['GET', '/r/good', { 'User-Agent': UNFURLER, Host: '"><evil>' }], 302],
  ['a URL as the code', ['GET', '/v/https:%2f%2fevil.example', {}], 307], ['a host in front of the path', ['GET', '//evil.example/r/good', {}], 200],
  ['an absolute target of another host', ['GET', 'http://evil.example/r/good', {}], 302], ['a destination as a parameter', ['GET', '/r/good?url=https://evil.example', {}], 302],
  ['a user name in the destination', ['GET', '/r/good?@evil.example/', {}], 302], ['a second ref', ['GET', '/r/good?ref=evil&bp_e=evil&ref%5B%5D=evil', {}], 302],
  ['a cookie of separators', ['GET', '/r/good', { Cookie: ';'.repeat(4000) }], 302], ['a thousand cookies of our name', ['GET', '/r/good', { Cookie: '_refedge=1; '.repeat(600) }], 302],
  ['a host that is none', ['GET', '/r/good', { Host: 'evil.example\\x' }], 302], ['a ref with markup', ['GET', '/?ref=%22%3e%3cevil%20x=%27y%27%3e', {}], 200],
  ['a status page with markup', ['GET', '/status?format=%22%3e%3cevil%20x=%27y%27%3e', { Accept: EVIL }], 200],
];
for (const [what, request, status] of NAMED) {
  test(`${what}: ${status}`, async () => {
    const sent = write(request);
    const answer = parse(await exchange(sent));
    assert.ok(answer, 'an answer');
    assertHarmless(answer, sent);
    assert.equal(answer.status, status, JSON.stringify(answer));
    const location = answer.headers.find(([name]) => name === 'Location')?.[1];
    if (location) assert.equal(new URL(location).host, 'shop.example');
  });
}

test('after all of it the same workers serve, and no sanitizer has said a word', async () => {
  assert.equal((await nginx.get('/r/good', { 'User-Agent': HUMAN })).status, 302);
  assert.deepEqual(nginx.workers(), workers);
  assert.deepEqual(fs.readdirSync(asanLogs), []);
  assert.doesNotMatch(nginx.output + nginx.errorLog(), /AddressSanitizer|runtime error|exception/);
});
