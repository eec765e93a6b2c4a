// HTTP/1.1, HTTP/2 and TLS, under load, while nginx is reloaded and while its program is replaced: no visit fails, no click is
// lost or counted twice.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fs from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import path from 'node:path';
import { HUMAN, freePort, makeEdge, putLinks, setCookie, spooledClicks, startDaemon, startNginx, until,
  watchDaemon, workersOf } from './harness.mjs';

const human = { 'User-Agent': HUMAN };
const LOOPS = 4;

function makeCertificate(edge) {
  const key = path.join(edge.dir, 'tls.key');
  const certificate = path.join(edge.dir, 'tls.crt');
  const done = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=www.shop.example', '-addext', 'subjectAltName=DNS:www.shop.example', '-keyout', key, '-out', certificate], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return { key, certificate };
}

async function startEdge(workers, start = startNginx) {
  const edge = makeEdge();
  putLinks(edge, [{ code: 'good', location: 'https://shop.example/?ref=good' }]);
  const { key, certificate } = makeCertificate(edge);
  const tlsPort = await freePort();
  const nginx = await start(edge, { workers, server: `listen 127.0.0.1:${tlsPort} ssl http2;
    ssl_certificate ${certificate}; ssl_certificate_key ${key};
    location /r/ { refedge_redirect on; }
    location / { refedge_capture on; return 200 page; }` });
  return { edge, nginx, tls: { port: tlsPort, ca: fs.readFileSync(certificate) } };
}

/** One request over TLS and HTTP/1.1, in the shape of the harness's request(). */
function overTls({ port, ca }, target) {
  return new Promise((done, failed) => {
    https.get({ port, ca, host: '127.0.0.1', servername: 'www.shop.example', path: target, agent: false,
      headers: { ...human, Host: 'www.shop.example', Connection: 'close' } }, (answer) => {
      answer.resume().on('end', () => done({ status: answer.statusCode, headers: answer.headers }));
    }).once('error', failed);
  });
}

/**
 * One request over TLS and HTTP/2, on a session of its own. A stream that a stopping worker refuses was not looked at, and a client
 * sends it again (RFC 9113 section 8.7).
 */
async function overHttp2(tls, target, headers = {}) {
  for (;;) {
    const answer = await tryHttp2(tls, target, headers).catch((error) => {
      if (!/NGHTTP2_REFUSED_STREAM/.test(error.message)) throw error;
    });
    if (answer) return answer;
  }
}

function tryHttp2({ port, ca }, target, headers) {
  return new Promise((done, failed) => {
    const session = http2.connect(`https://127.0.0.1:${port}`, { ca, servername: 'www.shop.example' });
    session.once('error', failed);
    const stream = session.request({ ':path': target, ':authority': 'www.shop.example', 'user-agent': HUMAN, ...headers });
    stream.once('error', failed);
    stream.once('response', (answer) => {
      stream.resume().once('end', () => session.close(() => done({ status: answer[':status'], headers: answer })));
    });
  });
}

/** Visits over all three protocols without a pause until stop() is called, which gives how many there were. */
function load(nginx, tls) {
  const visits = [() => nginx.get('/r/good', human), () => overTls(tls, '/r/good'), () => overHttp2(tls, '/r/good')];
  let running = true;
  const ids = new Set();
  const loops = Array.from({ length: LOOPS }, async (_, first) => {
    for (let i = first; running; i += 1) {
      const answer = await visits[i % visits.length]();
      assert.equal(answer.status, 302);
      ids.add(setCookie(answer).split('.')[2]);
    }
  });
  // A loop that fails is told by stop(), not by an unhandled rejection.
  const ended = Promise.allSettled(loops);
  return {
    ids,
    count: () => ids.size,
    async stop() {
      running = false;
      for (const loop of await ended) if (loop.status === 'rejected') throw loop.reason;
      return ids.size;
    },
  };
}

const grown = (visits, by) => {
  const from = visits.count();
  return until(`${by} more visits`, () => visits.count() >= from + by, 30_000);
};

function assertClicks(edge, ids) {
  const clicks = spooledClicks(edge).map((click) => click.click_id);
  assert.equal(clicks.length, ids.size);
  assert.deepEqual(new Set(clicks), ids);
}

test('TLS, HTTP/2 and HTTP/1.1 get the same answer; captures too', async () => {
  const { nginx, tls } = await startEdge(1);
  for (const visit of [nginx.get('/r/good', human), overTls(tls, '/r/good'), overHttp2(tls, '/r/good')]) {
    const answer = await visit;
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.location, 'https://shop.example/?ref=good');
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['content-length'], '0');
    assert.match(answer.headers['set-cookie'][0], /^_refedge=1\.good\..*; Domain=shop\.example; Secure; HttpOnly; SameSite=Lax$/);
  }
  for (const visit of [overTls(tls, '/?ref=good'), overHttp2(tls, '/?ref=good')]) assert.match(setCookie(await visit), /^1\.good\.\./);
  const cookie = setCookie(await overHttp2(tls, '/r/good'));
  const again = await overHttp2(tls, '/r/good', { cookie: ['a=b', `_refedge=${cookie}`] });
  assert.equal(again.headers['set-cookie'], undefined, 'a repeat, its cookie in a crumb of its own');
  await nginx.stop();
});

test('ten reloads under load', { timeout: 120_000 }, async () => {
  const { edge, nginx, tls } = await startEdge(2);
  const visits = load(nginx, tls);
  for (let i = 0; i < 10; i += 1) {
    await grown(visits, 20);
    await nginx.reload();
  }
  await grown(visits, 20);
  assert.ok(await visits.stop() > 200);
  await nginx.stop();
  assertClicks(edge, visits.ids);
});

test('the program is replaced under load', { timeout: 120_000 }, async () => {
  const { edge, nginx, tls } = await startEdge(2, startDaemon);
  const pidFile = path.join(edge.dir, 'nginx.pid');
  const pidOf = (file) => (fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0);
  const isRunning = (pid) => fs.existsSync(`/proc/${pid}/exe`);
  const visits = load(nginx, tls);
  await grown(visits, 50);

  process.kill(nginx.pid, 'SIGUSR2');
  await until('a new master', () => pidOf(`${pidFile}.oldbin`) === nginx.pid && pidOf(pidFile) > 0 && pidOf(pidFile) !== nginx.pid);
  const newMaster = pidOf(pidFile);
  watchDaemon(newMaster);
  await until('it has its workers', () => workersOf(newMaster).length === 2);
  await grown(visits, 50);  // both answer now
  process.kill(nginx.pid, 'SIGQUIT');
  await until('the old master ends', () => !isRunning(nginx.pid));
  await grown(visits, 50);
  await visits.stop();

  process.kill(newMaster, 'SIGQUIT');
  await until('the new master ends', () => !isRunning(newMaster));
  assert.doesNotMatch(nginx.errorLog(), /\[(alert|emerg|crit|error)\]|exited on signal/);
  assertClicks(edge, visits.ids);
});
