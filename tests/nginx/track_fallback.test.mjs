// Orders when the origin is away, slow or broken: the browser hears 202 and nginx keeps the order; and when it is there:
// nothing of ours is in the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import { freePort, makeEdge, putLinks, request, signCookie, spooledConversions, startNginx, until } from './harness.mjs';

const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const COOKIE = signCookie('good', CLICK, 1718000000);
const PAGE = 'https://www.shop.example';
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HEADERS = { Origin: PAGE, 'Content-Type': 'text/plain;charset=UTF-8' };
const edge = makeEdge();
let origin;
let nginx;
let orders = 0;

/** An origin of bytes: `behave` gets the socket when a whole request is there. */
async function startRawOrigin() {
  const sockets = new Set();
  const made = { requests: 0, behave: (socket) => socket.end() };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (data) => {
      text += data;
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (head < 0 || text.length < head + 4 + length) return;
      text = '';
      made.requests += 1;
      made.behave(socket);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  made.port = server.address().port;
  made.stop = () => { for (const socket of sockets) socket.destroy(); server.close(); };
  return made;
}

const answerWith = (status, body, headers = '') => (socket) =>
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${headers}\r\n${body}`);

before(async () => {
  putLinks(edge, [{ code: 'good', location: 'https://shop.example/' }]);
  origin = await startRawOrigin();
  const nobody = await freePort();
  const pass = `proxy_pass http://127.0.0.1:${origin.port};`;
  fs.mkdirSync(`${edge.dir}/html`);
  fs.writeFileSync(`${edge.dir}/html/sorry.html`, '<h1>sorry</h1>');
  nginx = await startNginx(edge, { server: `
    root ${edge.dir}/html;
    location = /track { refedge_track on timeout=300ms; ${pass} }
    location = /away/track { refedge_track on; proxy_pass http://127.0.0.1:${nobody}; }
    location = /unbuffered/track { refedge_track on; proxy_request_buffering off; proxy_buffering off;
      proxy_pass http://127.0.0.1:${nobody}; }
    location = /file/track { refedge_track on; client_body_buffer_size 1k; proxy_pass http://127.0.0.1:${nobody}; }
    location = /page/track { refedge_track on; error_page 500 502 503 504 /sorry.html; proxy_pass http://127.0.0.1:${nobody}; }
    location = /fine/track { refedge_track on; error_page 502 =200 /sorry.html; proxy_pass http://127.0.0.1:${nobody}; }
    location = /intercepted/track { refedge_track on; proxy_intercept_errors on; error_page 500 503 =200 /sorry.html; ${pass} }
    location = /named/track { refedge_track on; error_page 502 = @second; proxy_pass http://127.0.0.1:${nobody}; }
    location @second { ${pass} }
    location = /gzip/track { refedge_track on; gzip on; gzip_types application/json; gzip_min_length 1; gzip_proxied any;
      proxy_pass http://127.0.0.1:${nobody}; }
    location = /limited/track { refedge_track on; client_max_body_size 1k; ${pass} }
    location = /denied/track { refedge_track on; deny all; ${pass} }
    location = /off/track { proxy_pass http://127.0.0.1:${nobody}; }
    location = /other { refedge_track on; proxy_pass http://127.0.0.1:${nobody}; }
    location = /file-server/track { refedge_track on; }` });
});
after(async () => {
  await nginx?.stop();
  origin?.stop();
});

const nextOrder = (fields = {}) => {
  orders += 1;
  return { market: 'demo', customer_email: 'sam@example.org', order_number: `O-${orders}`, ...fields };
};

const post = (target, body, headers = {}) => request(nginx.port, target, { ...HEADERS, ...headers }, 'POST', body);

const keptOf = (order) => spooledConversions(edge).filter((kept) => kept.body.includes(`"${order.order_number}"`));

function assertCors(answer) {
  assert.equal(answer.headers.vary, 'Origin');
  assert.equal(answer.headers['access-control-allow-origin'], PAGE);
  assert.equal(answer.headers['access-control-allow-credentials'], 'true');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
}

async function assertKept(target, headers = {}, order = nextOrder()) {
  const body = JSON.stringify(order);
  const before = Date.now();
  const answer = await post(target, body, headers);
  assert.equal(answer.status, 202, answer.body);
  assert.equal(answer.headers['content-type'], 'application/json');
  assertCors(answer);
  assert.equal(answer.headers.location, undefined);
  if (!answer.headers['content-encoding']) {
    assert.deepEqual(JSON.parse(answer.body), { order_number: order.order_number, referral: null, reason: 'accepted' });
    assert.equal(Number(answer.headers['content-length']), answer.body.length);
  }
  const kept = keptOf(order);
  assert.equal(kept.length, 1);
  assert.match(kept[0].conversion_id, UUID_V7);
  assert.equal(kept[0].market, 'demo');
  assert.equal(kept[0].body, body);
  assert.equal(kept[0].content_type, 'text/plain;charset=UTF-8');
  assert.ok(kept[0].at_ms >= before - 1000 && kept[0].at_ms <= Date.now() + 1000);
  return { answer, kept: kept[0] };
}

test('an origin that refuses the connection: the order is kept', async () => {
  await assertKept('/away/track');
});

test('a content type that is no text is left out, and the order is kept', async () => {
  const order = nextOrder();
  const answer = await post('/away/track', JSON.stringify(order), { 'Content-Type': 'text/plain\xe9' });
  assert.equal(answer.status, 202, answer.body);
  assert.deepEqual(keptOf(order).map((kept) => kept.content_type), ['']);
});

const BROKEN = [
  ['closes without an answer', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['says something that is no HTTP', (socket) => socket.end('hello\r\n\r\n')],
  ['answers 500', answerWith('500 Internal Server Error', '{"errors":[]}', 'Content-Type: application/json\r\nSet-Cookie: a=b\r\n')],
  ['answers 502', answerWith('502 Bad Gateway', '<h1>proxy</h1>', 'Content-Encoding: gzip\r\n')],
  ['answers 503', answerWith('503 Service Unavailable', 'x'.repeat(200_000), 'Retry-After: 120\r\n')],
  ['answers 504', answerWith('504 Gateway Timeout', '')],
  ['never answers', () => {}],
  ['answers half a header', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-')],
];
for (const [what, behave] of BROKEN) {
  test(`an origin that ${what}: the order is kept`, async () => {
    origin.behave = behave;
    const begin = Date.now();
    const { answer } = await assertKept('/track');
    assert.ok(Date.now() - begin < 5_000, 'nobody waits for the proxy\'s own time-out');
    for (const name of ['set-cookie', 'retry-after', 'content-encoding']) assert.equal(answer.headers[name], undefined, name);
  });
}

test('the verified attribution is kept, a forged one is not', async () => {
  assert.equal((await assertKept('/away/track', { Cookie: `_refedge=${COOKIE}` })).kept.attribution, COOKIE);
  assert.equal((await assertKept('/away/track', { 'Refedge-Attribution': COOKIE })).kept.attribution, '');
});

const ANSWERED = [
  ['201 Created', 201, '{"order_number":"1","referral":{"status":"pending","campaign":"raf"}}'],
  ['200 OK', 200, '{"order_number":"1","referral":null,"reason":"no_evidence"}'],
  ['422 ', 422, '{"errors":[]}'],
  ['404 Not Found', 404, 'wrong proxy'],
  ['429 Too Many', 429, ''],
];
for (const [line, status, body] of ANSWERED) {
  test(`an origin that answers ${status} is heard, and nothing is kept`, async () => {
    origin.behave = answerWith(line, body, 'X-Origin: it\r\n');
    const order = nextOrder();
    const answer = await post('/track', JSON.stringify(order));
    assert.equal(answer.status, status);
    assert.equal(answer.body, body);
    assert.equal(answer.headers['x-origin'], 'it');
    assert.equal(keptOf(order).length, 0);
  });
}

test('an answer within the time is heard', async () => {
  origin.behave = (socket) => setTimeout(() => answerWith('200 OK', '{}')(socket), 100);
  const order = nextOrder();
  assert.equal((await post('/track', JSON.stringify(order))).status, 200);
  assert.equal(keptOf(order).length, 0);
});

test('an answer that has begun is not taken back', async () => {
  origin.behave = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n{ ');
    setTimeout(() => socket.end(' }'), 600);
  };
  const order = nextOrder();
  const answer = await post('/track', JSON.stringify(order));
  assert.equal(answer.status, 200);
  assert.equal(answer.body, '{  }');
  assert.equal(keptOf(order).length, 0);
});

for (const place of ['unbuffered', 'page', 'fine', 'gzip']) {
  test(`the order is kept through the configuration '${place}'`, async () => {
    await assertKept(`/${place}/track`, place === 'gzip' ? { 'Accept-Encoding': 'gzip' } : {});
  });
}

test('a page that error_page serves for the origin\'s failure is not taken for its answer', async () => {
  for (const line of ['500 x', '503 x']) {
    origin.behave = answerWith(line, '');
    await assertKept('/intercepted/track');
  }
});

test('a second origin behind a named location is asked first', async () => {
  origin.behave = answerWith('201 Created', '{"second":true}');
  const order = nextOrder();
  assert.equal((await post('/named/track', JSON.stringify(order))).body, '{"second":true}');
  assert.equal(keptOf(order).length, 0);
  origin.behave = answerWith('503 x', '');
  await assertKept('/named/track');
});

test('bodies come whole through nginx\'s temporary file and in chunks', async () => {
  await assertKept('/file/track', {}, nextOrder({ ref: 'x'.repeat(250), browser_cookie: 'y'.repeat(250), customer_name: 'z'.repeat(250),
    voucher_codes: Array.from({ length: 20 }, (_, i) => `${'v'.repeat(60)}${i}`) }));
  await assertKept('/file/track', { 'Transfer-Encoding': 'chunked' });
});

test('the body may be as long as the origin takes, and no longer', async () => {
  const order = nextOrder();
  const padded = (length) => {
    const body = JSON.stringify(order);
    return body + ' '.repeat(length - body.length);
  };
  assert.equal((await post('/away/track', padded(65536))).status, 202);
  assert.equal(keptOf(order).length, 1);
  for (const [target, body, headers] of [['/away/track', padded(65537), {}], ['/file/track', padded(65537), { 'Transfer-Encoding': 'chunked' }],
    ['/away/track', padded(2_000_000), {}], ['/limited/track', padded(1025), {}]]) {
    const answer = await post(target, body, headers);
    assert.equal(answer.status, 413);
    assert.deepEqual(JSON.parse(answer.body).errors[0].reason, 'too_large');
    assertCors(answer);
  }
  assert.equal(keptOf(order).length, 1);
});

const MALFORMED = [
  ['no JSON', 'order=1', '', 'invalid_json'],
  ['nothing', '', '', 'invalid_json'],
  ['text that is no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), '', 'invalid_json'],
  ['no order number', '{"market":"demo","customer_email":"sam@example.org"}', 'order_number', 'missing_field'],
  ['an unknown field', JSON.stringify({ market: 'demo', customer_email: 'a@b.example', order_number: '1', cat: 'x' }), 'cat', 'unknown_field'],
  ['a field twice', '{"market":"demo","market":"demo","customer_email":"a@b.example","order_number":"1"}', 'market', 'duplicate_field'],
];
for (const [what, body, field, reason] of MALFORMED) {
  test(`${what} is refused with the origin's words`, async () => {
    const before = spooledConversions(edge).length;
    const answer = await post('/away/track', body);
    assert.equal(answer.status, 422);
    assertCors(answer);
    const [error] = JSON.parse(answer.body).errors;
    assert.deepEqual([error.field, error.reason], [field, reason]);
    assert.ok(error.message.length > 0);
    assert.equal(spooledConversions(edge).length, before);
  });
}

test('pages of other sites read the answer without their cookies', async () => {
  for (const page of ['https://evil.example', 'https://evilshop.example', 'null', undefined]) {
    const headers = { ...HEADERS, Origin: page };
    if (page === undefined) delete headers.Origin;
    const answer = await request(nginx.port, '/away/track', headers, 'POST', JSON.stringify(nextOrder()));
    assert.equal(answer.status, 202);
    assert.equal(answer.headers.vary, 'Origin');
    assert.equal(answer.headers['access-control-allow-origin'], page && '*');
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
  }
});

test('a preflight is answered when the origin is away', async () => {
  for (const target of ['/away/track', '/track']) {
    origin.behave = () => {};
    const answer = await request(nginx.port, target, { Origin: PAGE, 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');
    assert.equal(answer.status, 204, target);
    assert.equal(answer.body, '');
    assert.equal(answer.headers['access-control-allow-origin'], PAGE);
    assert.equal(answer.headers['access-control-allow-methods'], 'POST');
    assert.equal(answer.headers['access-control-allow-headers'], 'Content-Type');
    assert.equal(answer.headers['access-control-max-age'], '600');
  }
});

test('a browser that goes away before the answer: its order is kept all the same', async () => {
  origin.behave = () => {};
  const order = nextOrder();
  const body = JSON.stringify(order);
  const asked = origin.requests;
  const socket = net.connect(nginx.port, '127.0.0.1');
  socket.write(`POST /track HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await until('the origin is asked', () => origin.requests > asked);
  socket.destroy();
  await until('the order is in the spool', () => keptOf(order).length === 1);
  // Half an order is none.
  const half = nextOrder();
  const cut = net.connect(nginx.port, '127.0.0.1');
  cut.write(`POST /track HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: 1000\r\n\r\n${JSON.stringify(half)}`);
  await new Promise((done) => cut.end(done));
  await assertKept('/away/track');
  assert.equal(keptOf(half).length, 0);
});

test('the connection lives on after our answers', async () => {
  origin.behave = () => {};
  const order = nextOrder();
  const body = JSON.stringify(order);
  const one = `POST /track HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const text = await new Promise((done, failed) => {
    let got = '';
    const socket = net.connect(nginx.port, '127.0.0.1', () => socket.write(one));
    socket.on('error', failed);
    socket.on('data', (data) => {
      got += data;
      const answers = got.match(/HTTP\/1\.1 202 Accepted\r\n/g)?.length ?? 0;
      if (answers === 1 && got.endsWith('}')) socket.write(one.replace('POST /track', 'POST /away/track'));
      if (answers === 2 && got.endsWith('}')) { socket.destroy(); done(got); }
    });
    setTimeout(() => failed(new Error(got)), 10_000).unref();
  });
  assert.equal(text.match(/"reason":"accepted"/g).length, 2);
});

test('what is no order goes its way', async () => {
  assert.equal((await post('/other', '{}')).status, 502, 'another path');
  assert.equal((await post('/off/track', '{}')).status, 502, 'a location without refedge_track');
  assert.equal((await request(nginx.port, '/away/track')).status, 502, 'another method');
  const order = nextOrder();
  assert.equal((await post('/denied/track', JSON.stringify(order))).status, 403);
  assert.equal((await post('/file-server/track', JSON.stringify(order))).status, 404, 'no upstream: what the location says counts');
  assert.equal(keptOf(order).length, 0);
});

test('HTTP/2 orders are kept, too', async () => {
  const second = { ...makeEdge(), links: edge.links };
  const over2 = await startNginx(second, { listen: 'http2', server: `location = /track { refedge_track on timeout=200ms; proxy_pass http://127.0.0.1:${origin.port}; }` });
  const session = http2.connect(`http://127.0.0.1:${over2.port}`);
  for (const behave of [() => {}, (socket) => socket.destroy(), answerWith('503 x', 'x'.repeat(100_000))]) {
    origin.behave = behave;
    const stream = session.request({ ':path': '/track', ':method': 'POST', ':authority': 'www.shop.example', origin: PAGE });
    stream.end(JSON.stringify(nextOrder()));
    const headers = await new Promise((done, failed) => { stream.on('response', done); stream.on('error', failed); });
    assert.equal(headers[':status'], 202);
    assert.equal(headers['access-control-allow-origin'], PAGE);
    let body = '';
    for await (const chunk of stream) body += chunk;
    assert.equal(JSON.parse(body).reason, 'accepted');
  }
  session.close();
  await over2.stop();
  assert.equal(spooledConversions(second).length, 3);
});

test('a spool that takes nothing: 503, so that the page tries again', async () => {
  const full = makeEdge();
  putLinks(full, [{ code: 'good', location: 'https://shop.example/' }]);
  fs.chownSync(full.spool, 0, 0);
  const closed = await startNginx(full, { server: `location = /track { refedge_track on; proxy_pass http://127.0.0.1:${await freePort()}; }` });
  const answer = await request(closed.port, '/track', HEADERS, 'POST', JSON.stringify(nextOrder()));
  assert.equal(answer.status, 503);
  assert.equal(JSON.parse(answer.body).errors[0].reason, 'unavailable');
  assert.equal(answer.headers['retry-after'], '5');
  assertCors(answer);
  assert.match(closed.errorLog(), /refedge: a conversion is not recorded: .*Permission denied; 1 so far/);
  await closed.stop();
});

test('without a spool the origin\'s failures are passed on', async () => {
  const bare = makeEdge();
  const server = `location = /track { refedge_track on; proxy_pass http://127.0.0.1:${await freePort()}; }`;
  const without = await startNginx(bare, { http: `refedge_links ${bare.links}; refedge_keys ${bare.keys};`, server });
  assert.equal((await request(without.port, '/track', HEADERS, 'POST', JSON.stringify(nextOrder()))).status, 502);
  await without.stop();
});

test('the access log has our status', () => {
  const lines = fs.readFileSync(edge.accessLog, 'utf8').split('\n');
  assert.ok(lines.filter((line) => line.startsWith('202 ')).length > 10);
});
