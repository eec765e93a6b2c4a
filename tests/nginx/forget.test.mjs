// refedge_forget: the cookie that no page sees goes, by the name and domain that the configuration says, and only for the site's own pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeEdge, request, startNginx } from './harness.mjs';

const FLAGS = '; Secure; HttpOnly; SameSite=Lax';
const PAGE = { Host: 'bp.shop.example', Origin: 'https://www.shop.example' };
const edge = makeEdge();
let nginx;
before(async () => {
  nginx = await startNginx(edge, { server: `
    location = /forget { refedge_forget on; }
    location = /named { refedge_forget on; refedge_cookie name=my_ref domain=shop.example max_age=1d nosecure; }
    location = /host { refedge_forget on; refedge_cookie domain=off; }
    location = /off { refedge_forget off; return 204; }
    location = /closed { refedge_forget on; deny all; }` });
});
after(() => nginx?.stop());

const forget = (headers, path = '/forget', method = 'POST', body = '') => request(nginx.port, path, headers, method, body);

const REMOVALS = [
  ['/forget', PAGE, ['_refedge=; Max-Age=0; Path=/' + FLAGS, '_refedge=; Max-Age=0; Path=/; Domain=shop.example' + FLAGS]],
  ['/named', PAGE, ['my_ref=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax', 'my_ref=; Max-Age=0; Path=/; Domain=shop.example; HttpOnly; SameSite=Lax']],
  ['/host', PAGE, ['_refedge=; Max-Age=0; Path=/' + FLAGS]],
  ['/forget', { Host: '127.0.0.1:8080', Origin: 'http://127.0.0.1' }, ['_refedge=; Max-Age=0; Path=/' + FLAGS]],
  ['/named', { Host: 'other.example', Origin: 'https://other.example' }, ['my_ref=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']],
];
for (const [path, headers, expected] of REMOVALS) {
  test(`${path} of ${headers.Host}: the cookie is removed in each scope it may have`, async () => {
    const answer = await forget(headers, path);
    assert.equal(answer.status, 200);
    assert.equal(answer.body, '{}');
    assert.deepEqual(answer.headers['set-cookie'], expected);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers.vary, 'Origin');
    assert.equal(answer.headers['access-control-allow-origin'], headers.Origin);
    assert.equal(answer.headers['access-control-allow-credentials'], 'true');
  });
}

for (const origin of ['https://evil.example', 'https://evilshop.example', 'null', undefined]) {
  test(`a page of ${origin ?? 'nobody'} removes nothing`, async () => {
    const answer = await forget(origin === undefined ? { Host: PAGE.Host } : { ...PAGE, Origin: origin });
    assert.equal(answer.status, 422);
    assert.deepEqual(JSON.parse(answer.body).errors.map(({ field, reason }) => [field, reason]), [['origin', 'invalid_field']]);
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
  });
}

test('its preflight is answered', async () => {
  const answer = await forget(PAGE, '/forget', 'OPTIONS');
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['access-control-allow-methods'], 'POST');
  assert.equal(answer.headers['access-control-allow-origin'], PAGE.Origin);
  assert.equal(answer.headers['set-cookie'], undefined);
});

test('a body is not looked at, and the connection goes on', async () => {
  assert.equal((await forget(PAGE, '/forget', 'POST', 'x'.repeat(100_000))).status, 200);
});

test('another method is refused, with the one that is not', async () => {
  const answer = await forget(PAGE, '/forget', 'GET');
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.allow, 'POST');
  assert.equal(answer.headers['set-cookie'], undefined);
});

test('off is off, and access checks come first', async () => {
  assert.equal((await forget(PAGE, '/off')).headers['set-cookie'], undefined);
  const closed = await forget(PAGE, '/closed');
  assert.equal(closed.status, 403);
  assert.equal(closed.headers['set-cookie'], undefined);
});
