import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import http2 from 'node:http2';
import { KEY, OLD_KEY, OTHER_KEY, OTHER_MARKET, makeEdge, putLinks, request, signCookie, startNginx, startOrigin } from './harness.mjs';

const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const GOOD = signCookie('good', CLICK, 1718000000);
const FORGED = signCookie('good', CLICK, 1718000000, Buffer.alloc(32, 'f'));
const edge = makeEdge();
let origin;
let nginx;
let http2Nginx;

before(async () => {
  putLinks(edge, [
    { code: 'good', location: 'https://shop.example/' },
    { code: 'gone', location: 'https://shop.example/', active: false },
    { code: 'other', market_id: OTHER_MARKET, location: 'https://other.example/' },
    { code: 'damaged', raw: '01ff' },
  ]);
  origin = await startOrigin();
  const server = `
    location /track { refedge_track on; proxy_pass http://127.0.0.1:${origin.port}; }
    location /plain { proxy_pass http://127.0.0.1:${origin.port}; }
    location /rewritten { refedge_track on; rewrite ^ /track last; }`;
  nginx = await startNginx(edge, { server });
  const second = makeEdge();
  http2Nginx = await startNginx({ ...second, links: edge.links }, { server, listen: 'http2' });
});
after(async () => {
  await nginx?.stop();
  await http2Nginx?.stop();
  await origin?.stop();
});

/** Every value of the attribution header that reached the origin. */
function attributionOf(seen) {
  return seen.raw.filter((_, i) => i % 2 === 1 && seen.raw[i - 1].toLowerCase() === 'refedge-attribution');
}

async function track(headers, target = '/track') {
  const answer = await request(nginx.port, target, headers, 'POST', '{"order_number":"1"}');
  assert.equal(answer.status, 200);
  const seen = origin.seen.at(-1);
  assert.equal(seen.body, '{"order_number":"1"}');
  return attributionOf(seen);
}

const CASES = [
  ['a verified cookie', `_refedge=${GOOD}`, [GOOD]],
  ['a verified cookie among others', `a=b; _refedge=${GOOD}; _refedge_js=1.good..1718000000`, [GOOD]],
  ['an older key of the ring', `_refedge=${signCookie('good', CLICK, 1718000000, OLD_KEY, 'a')}`,
    [signCookie('good', CLICK, 1718000000, OLD_KEY, 'a')]],
  ['the cookie of a withdrawn link, for the origin to judge', `_refedge=${signCookie('gone', CLICK, 1718000000)}`,
    [signCookie('gone', CLICK, 1718000000)]],
  ['a good cookie after a tossed one', `_refedge=${FORGED}; _refedge=${GOOD}`, [GOOD]],
  ['a good cookie after seven tossed ones', `${`_refedge=${FORGED}; `.repeat(7)}_refedge=${GOOD}`, [GOOD]],
  ['no cookie', '', []],
  ['a forged cookie', `_refedge=${FORGED}`, []],
  ['a changed code', `_refedge=${GOOD.replace('good', 'gone')}`, []],
  ['the key of another market', `_refedge=${signCookie('good', CLICK, 1718000000, OTHER_KEY)}`, []],
  ['a cookie for another market under this one\'s key', `_refedge=${signCookie('other', CLICK, 1718000000, KEY)}`, []],
  ['an unknown key id', `_refedge=${signCookie('good', CLICK, 1718000000, KEY, 'z')}`, []],
  ['an unknown code', `_refedge=${signCookie('nobody', CLICK, 1718000000)}`, []],
  ['a damaged record', `_refedge=${signCookie('damaged', CLICK, 1718000000)}`, []],
  ['an unsigned cookie', `_refedge=1.good..1718000000`, []],
  ['a cookie cut short', `_refedge=${GOOD.slice(0, -1)}`, []],
  ['an empty cookie', '_refedge=', []],
  ['a cookie of nothing but separators', ';;; _refedge; =; ;_refedge=;', []],
  ['the script\'s cookie alone', `_refedge_js=${GOOD}`, []],
];
for (const [what, cookie, expected] of CASES) {
  test(`${what}: the origin gets ${expected.length ? 'it' : 'no attribution'}`, async () => {
    const headers = cookie === '' ? {} : { Cookie: cookie };
    assert.deepEqual(await track(headers), expected);
    assert.deepEqual(await track({ ...headers, 'Refedge-Attribution': 'forged' }), expected);
    assert.deepEqual(await track({ 'refedge-ATTRIBUTION': ['forged', GOOD], ...headers, 'X-Last': 'x' }), expected);
  });
}

test('only the attribution header is taken out of a request with many headers', async () => {
  const headers = { 'Refedge-Attribution': ['one', 'two', 'three'] };
  for (let i = 0; i < 60; i += 1) headers[`X-Many-${i}`] = `value ${i}`;
  headers['REFEDGE-attribution'] = 'four';
  headers.Cookie = `_refedge=${GOOD}`;
  assert.deepEqual(await track(headers), [GOOD]);
  const seen = origin.seen.at(-1).headers;
  for (let i = 0; i < 60; i += 1) assert.equal(seen[`x-many-${i}`], `value ${i}`);
  assert.equal(seen.cookie, `_refedge=${GOOD}`);
});

test('every place in the list of headers can be taken out', async () => {
  for (let at = 0; at < 45; at += 1) {
    const headers = {};
    for (let i = 0; i < 45; i += 1) headers[i === at ? 'Refedge-Attribution' : `X-Many-${i}`] = `value ${i}`;
    assert.deepEqual(await track(headers), []);
    const many = Object.keys(origin.seen.at(-1).headers).filter((name) => name.startsWith('x-many-'));
    assert.equal(many.length, 44, `place ${at}`);
  }
});

test('a location without refedge_track leaves the request alone', async () => {
  assert.deepEqual(await track({ 'Refedge-Attribution': 'as sent', Cookie: `_refedge=${GOOD}` }, '/plain'), ['as sent']);
});

test('a rewritten request carries the header once', async () => {
  assert.deepEqual(await track({ 'Refedge-Attribution': 'forged', Cookie: `_refedge=${GOOD}` }, '/rewritten'), [GOOD]);
});

test('a request without a Host header, HTTP/1.0, is served', async () => {
  const { connect } = await import('node:net');
  const answer = await new Promise((done, failed) => {
    const socket = connect(nginx.port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => { text += data; });
    socket.on('end', () => done(text));
    socket.on('error', failed);
    socket.write('GET /track HTTP/1.0\r\nRefedge-Attribution: forged\r\n\r\n');
  });
  assert.match(answer, /^HTTP\/1\.1 200/);
  assert.deepEqual(attributionOf(origin.seen.at(-1)), []);
});

test('HTTP/2 requests are treated alike', async () => {
  const session = http2.connect(`http://127.0.0.1:${http2Nginx.port}`);
  const stream = session.request({ ':path': '/track', 'refedge-attribution': 'forged', cookie: `_refedge=${GOOD}`, 'x-last': 'x' });
  const status = await new Promise((done, failed) => {
    stream.on('response', (headers) => done(headers[':status']));
    stream.on('error', failed);
  });
  assert.equal(status, 200);
  await new Promise((done) => stream.resume().on('end', done));
  session.close();
  assert.deepEqual(attributionOf(origin.seen.at(-1)), [GOOD]);
  assert.equal(origin.seen.at(-1).headers['x-last'], 'x');
});
