// POST /forget: the cookie that no page sees goes, and only for the site's own pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { request } from '../nginx/harness.mjs';
import { startWorker } from './harness.mjs';
import { startOrigin } from './origin.mjs';

const FLAGS = '; Secure; HttpOnly; SameSite=Lax';
let shop;
const workers = {};
before(async () => {
  shop = await startOrigin();
  const bindings = { refedge_upstream: `http://127.0.0.1:${shop.port}`, refedge_origin: 'http://127.0.0.1:1', REFEDGE_EDGE_TOKEN: 'token' };
  workers.auto = await startWorker({ bindings });
  workers.named = await startWorker({ bindings: { ...bindings, refedge_cookie: 'name=my_ref domain=shop.example' } });
  workers.host = await startWorker({ bindings: { ...bindings, refedge_cookie: 'domain=off' } });
  workers.moved = await startWorker({ bindings: { ...bindings, refedge_forget: '/gone' } });
  workers.off = await startWorker({ bindings: { ...bindings, refedge_forget: 'off' } });
});
after(async () => {
  for (const worker of Object.values(workers)) await worker.stop();
  await shop?.stop();
});

const forget = (worker, headers, path = '/forget', method = 'POST') =>
  request(worker.port, path, { Host: 'bp.shop.example', ...headers }, method);
const PAGE = { Origin: 'https://www.shop.example' };

const REMOVALS = [
  ['auto', ['_refedge=; Max-Age=0; Path=/' + FLAGS, '_refedge=; Max-Age=0; Path=/; Domain=shop.example' + FLAGS]],
  ['named', ['my_ref=; Max-Age=0; Path=/' + FLAGS, 'my_ref=; Max-Age=0; Path=/; Domain=shop.example' + FLAGS]],
  ['host', ['_refedge=; Max-Age=0; Path=/' + FLAGS]],
];
for (const [which, expected] of REMOVALS) {
  test(`domain ${which}: the cookie is removed in each scope it may have`, async () => {
    const answer = await forget(workers[which], which === 'host' ? { Origin: 'https://bp.shop.example' } : PAGE);
    assert.equal(answer.status, 200);
    assert.equal(answer.body, '{}');
    assert.deepEqual(answer.headers['set-cookie'], expected);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['access-control-allow-credentials'], 'true');
  });
}

for (const origin of ['https://evil.example', 'https://evilshop.example', 'null', undefined]) {
  test(`a page of ${origin ?? 'nobody'} removes nothing`, async () => {
    const answer = await forget(workers.auto, origin === undefined ? {} : { Origin: origin });
    assert.equal(answer.status, 422);
    assert.equal(JSON.parse(answer.body).errors[0].field, 'origin');
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
  });
}

test('its preflight is answered', async () => {
  const answer = await forget(workers.auto, PAGE, '/forget', 'OPTIONS');
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['access-control-allow-methods'], 'POST');
});

test('a page of the shop that is called so is the shop\'s', async () => {
  shop.seen.length = 0;
  await forget(workers.auto, {}, '/forget', 'GET');
  assert.deepEqual(shop.seen.map(({ url }) => url), ['/forget']);
});

test('another path, and none', async () => {
  assert.equal((await forget(workers.moved, PAGE, '/gone')).headers['set-cookie'].length, 2);
  shop.seen.length = 0;
  assert.equal((await forget(workers.moved, PAGE)).headers['set-cookie'], undefined);
  assert.equal((await forget(workers.off, PAGE)).headers['set-cookie'], undefined);
  assert.deepEqual(shop.seen.map(({ url }) => url), ['/forget', '/forget']);
});
