// The module under valgrind: no invalid access, no use of uninitialised memory, no leak, in a thousand mixed requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HUMAN, KEYLESS_MARKET, freePort, makeEdge, putLinks, request, signCookie, spooledClicks, spooledConversions, startNginx, startOrigin, until } from './harness.mjs';

const SUPPRESSIONS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'valgrind.supp');
const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const human = { 'User-Agent': HUMAN };
const good = signCookie('good', CLICK, 1718000000);

const ORDER = JSON.stringify({ market: 'demo', customer_email: 'sam@example.org', order_number: '1' });
const unfurler = { 'User-Agent': 'facebookexternalhit/1.1' };
const again = signCookie('good', CLICK, Math.floor(Date.now() / 1000));

const REQUESTS = [
  ['GET', '/r/shown', unfurler, 200],
  ['GET', '/r/ended', human, 302],
  ['GET', '/r/blocked', human, 404],
  ['GET', '/r/good?utm_source=a%20b&x=1', { ...human, 'Sec-GPC': '1' }, 302],
  ['GET', '/?ref=good', human, 200],
  ['GET', '/?ref=good', { ...human, Cookie: `_refedge=${again}` }, 200],
  ['GET', '/?ref=keyless', human, 200],
  ['GET', '/?ref=nobody', human, 200],
  ['GET', '/status', {}, 200],
  ['GET', '/status?format=prometheus', {}, 200],
  ['GET', '/r/good', human, 302],
  ['GET', '/r/good', { ...human, Host: 'a.b.shop.co.uk:80' }, 302],
  ['GET', '/r/good', { 'User-Agent': 'curl/8' }, 302],
  ['GET', '/r/keyless', { ...human, Host: '127.0.0.1' }, 302],
  ['HEAD', '/r/good', human, 302],
  ['GET', '/r/good', { ...human, 'Sec-Purpose': 'prefetch' }, 302],
  ['GET', '/r/long', human, 302],
  ['GET', '/r/unknown', human, 404],
  ['GET', '/r/damaged', human, 404],
  ['GET', `/r/${'x'.repeat(600)}`, human, 404],
  ['GET', '/r/', human, 404],
  ['POST', '/r/good', human, 405],
  ['POST', '/track', { Cookie: `_refedge=${good}` }, 200],
  ['POST', '/track', { Cookie: `_refedge=x; _refedge=${good}; a=b`, 'Refedge-Attribution': ['f', 'g'] }, 200],
  ['POST', '/track', { Cookie: `${';'.repeat(300)}_refedge=1.good.` }, 200],
  ['POST', '/track', { 'Refedge-Attribution': 'f' }, 200],
  ['POST', '/away/track', { Cookie: `_refedge=${good}`, Origin: 'https://www.shop.example' }, 202, ORDER],
  ['POST', '/away/track', { 'Transfer-Encoding': 'chunked' }, 202, ORDER],
  ['POST', '/away/track', {}, 422, 'no order'],
  ['POST', '/away/track', {}, 413, 'x'.repeat(65537)],
  ['OPTIONS', '/away/track', { Origin: 'https://www.shop.example' }, 204],
  ['POST', '/slow/track', {}, 202, ORDER],
];
const isClick = ([, target, , status]) => target === '/r/shown' || (status === 302 && target !== '/r/ended');
const ROUNDS = Math.ceil(1000 / REQUESTS.length);

test('a thousand mixed requests leave valgrind without a finding', { timeout: 300_000 }, async () => {
  const edge = makeEdge();
  putLinks(edge, [
    { code: 'good', location: 'https://shop.example/' },
    { code: 'long', location: `https://shop.example/${'x'.repeat(8000)}` },
    { code: 'keyless', market_id: KEYLESS_MARKET, location: 'https://shop.example/' },
    { code: 'shown', location: 'https://shop.example/', preview: { title: 'T', image_url: 'https://shop.example/og.png', locale: 'en' } },
    { code: 'ended', location: 'https://shop.example/', expires_at: 1, fallback: 'https://shop.example/ended' },
    { code: 'blocked', location: 'https://shop.example/', blocked: true },
    { code: 'damaged', raw: '01ff' },
  ]);
  const origin = await startOrigin();
  const silent = net.createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise((done) => silent.listen(0, '127.0.0.1', done));
  const log = path.join(edge.dir, 'valgrind.log');
  const nginx = await startNginx(edge, {
    main: 'master_process off;',
    single: true,
    patienceMs: 60_000,
    server: `refedge_preview on; refedge_capture on;
      location /r/ { refedge_redirect on; refedge_query all; }
      location /status { refedge_status; }
      location / { return 200 page; }
      location /track { refedge_track on; proxy_pass http://127.0.0.1:${origin.port}; }
      location /away/ { refedge_track on; proxy_pass http://127.0.0.1:${await freePort()}; }
      location /slow/ { refedge_track on timeout=20ms; proxy_pass http://127.0.0.1:${silent.address().port}; }`,
    wrapper: ['/usr/bin/valgrind', '--leak-check=full', '--show-leak-kinds=definite', '--errors-for-leak-kinds=definite',
      '--error-exitcode=99', '--num-callers=30', `--log-file=${log}`, `--suppressions=${SUPPRESSIONS}`],
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await Promise.all(REQUESTS.map(([method, target, headers, , body]) =>
      request(nginx.port, target, headers, method, body)));
    assert.deepEqual(answers.map((answer) => answer.status), REQUESTS.map(([, , , status]) => status));
  }
  await nginx.stop().catch((error) => assert.fail(`${error}\n${fs.readFileSync(log, 'utf8')}`));
  await until('valgrind has its summary', () => fs.readFileSync(log, 'utf8').includes('ERROR SUMMARY'));
  assert.match(fs.readFileSync(log, 'utf8'), /ERROR SUMMARY: 0 errors/);
  assert.equal(spooledClicks(edge).length, ROUNDS * REQUESTS.filter(isClick).length);
  assert.equal(spooledConversions(edge).length, ROUNDS * REQUESTS.filter(([, , , status]) => status === 202).length);
  silent.close();
  await origin.stop();
});
