// Starting, reloading, several workers, and everything that can be missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { HUMAN, KEY, MARKET, makeEdge, putLinks, signCookie, spooledClicks, startNginx, until } from './harness.mjs';

const GOOD = { code: 'good', location: 'https://shop.example/' };
const human = { 'User-Agent': HUMAN };

async function withNginx(options, prepare, use) {
  const edge = makeEdge();
  await prepare(edge);
  const nginx = await startNginx(edge, options);
  try {
    await use(nginx, edge);
  } finally {
    await nginx.stop();
  }
  return edge;
}

test('nginx starts before the link table exists and serves when the agent has made it', async () => {
  await withNginx({}, () => {}, async (nginx, edge) => {
    const early = await nginx.get('/r/good', human);
    assert.equal(early.status, 503);
    assert.equal(early.headers['retry-after'], '5');
    assert.match(early.body, /does not work right now/);
    assert.match(nginx.errorLog(), /link table .*: open: No such file or directory/);
    putLinks(edge, [GOOD]);
    await until('the link is served', async () => (await nginx.get('/r/good', human)).status === 302);
  });
});

test('a table that cannot be read is a clear error, no hang, and served when it can', async () => {
  await withNginx({}, (edge) => {
    putLinks(edge, [GOOD]);
    fs.chmodSync(path.join(edge.links, 'lock.mdb'), 0o600);
  }, async (nginx, edge) => {
    assert.equal((await nginx.get('/r/good', human)).status, 503);
    assert.match(nginx.errorLog(), /link table .*: Permission denied/);
    fs.chmodSync(path.join(edge.links, 'lock.mdb'), 0o666);
    await until('the link is served', async () => (await nginx.get('/r/good', human)).status === 302);
  });
});

test('a file that is no table is a clear error', async () => {
  await withNginx({}, (edge) => {
    fs.mkdirSync(edge.links);
    fs.writeFileSync(path.join(edge.links, 'data.mdb'), Buffer.alloc(65536, 'x'));
  }, async (nginx) => {
    assert.equal((await nginx.get('/r/good', human)).status, 503);
    assert.match(nginx.errorLog(), /link table .*: open: /);
  });
});

test('a table that is replaced while nginx runs is followed', async () => {
  await withNginx({}, (edge) => putLinks(edge, [GOOD]), async (nginx, edge) => {
    assert.equal((await nginx.get('/r/good', human)).status, 302);
    fs.renameSync(edge.links, `${edge.links}.old`);
    putLinks(edge, [{ code: 'new', location: 'https://shop.example/new' }]);
    await until('the new table is served', async () => (await nginx.get('/r/new', human)).status === 302);
    assert.equal((await nginx.get('/r/good', human)).status, 404);
  });
});

test('several workers serve one table and one spool, and lose no click', async () => {
  const edge = await withNginx({ workers: 4 }, (e) => putLinks(e, [GOOD]), async (nginx) => {
    assert.equal(nginx.workers().length, 4);
    const answers = await Promise.all(Array.from({ length: 400 }, () => nginx.get('/r/good', human)));
    assert.ok(answers.every((answer) => answer.status === 302));
    assert.equal(new Set(answers.map((answer) => answer.headers['set-cookie'][0])).size, 400);
  });
  const clicks = spooledClicks(edge);
  assert.equal(clicks.length, 400);
  assert.equal(new Set(clicks.map((click) => click.click_id)).size, 400);
});

test('a killed worker loses no click and is replaced', async () => {
  const edge = makeEdge();
  putLinks(edge, [GOOD]);
  const nginx = await startNginx(edge);
  for (let i = 0; i < 50; i += 1) assert.equal((await nginx.get('/r/good', human)).status, 302);
  const [victim] = nginx.workers();
  process.kill(Number(victim), 'SIGKILL');
  await until('another worker', () => nginx.workers().some((pid) => pid !== victim));
  await until('it serves', async () => (await nginx.get('/r/good', human).catch(() => ({}))).status === 302);
  assert.ok(spooledClicks(edge).length >= 51);
  process.kill(nginx.pid, 'SIGQUIT');
  await until('nginx ends', () => !fs.existsSync(`/proc/${nginx.pid}/exe`));
  assert.doesNotMatch(nginx.errorLog().replace(/\[alert\].*worker process \d+ exited on signal 9\n/, ''), /\[(alert|emerg|crit)\]/);
});

test('reload after reload: links, clicks and new keys', async () => {
  const edge = makeEdge();
  putLinks(edge, [GOOD]);
  const nginx = await startNginx(edge, { workers: 2 });
  let served = 0;
  for (let i = 0; i < 5; i += 1) {
    const key = Buffer.alloc(32, String(i));
    fs.writeFileSync(edge.keys, `${MARKET} ${i} ${key.toString('base64')}\n${MARKET} b ${KEY.toString('base64')}\n`);
    await nginx.reload();
    const answer = await until('a cookie of the new key', async () => {
      const one = await nginx.get('/r/good', human);
      assert.equal(one.status, 302);
      served += 1;
      return one.headers['set-cookie'][0].split('.')[4].startsWith(`${i}`) && one;
    });
    const value = /^_refedge=([^;]+)/.exec(answer.headers['set-cookie'][0])[1];
    const [, code, clickId, seconds] = value.split('.');
    assert.equal(value, signCookie(code, clickId, seconds, key, String(i)));
  }
  await nginx.stop();
  assert.equal(spooledClicks(edge).length, served);
});

test('a reload with a broken keys file keeps the old workers', async () => {
  const edge = makeEdge();
  putLinks(edge, [GOOD]);
  const nginx = await startNginx(edge);
  fs.writeFileSync(edge.keys, 'nonsense\n');
  const before = nginx.workers();
  process.kill(nginx.pid, 'SIGHUP');
  await until('the master says why', () => /\[emerg\].*cookie_keys" line 1: expected/.test(nginx.errorLog()));
  assert.equal((await nginx.get('/r/good', human)).status, 302);
  assert.deepEqual(nginx.workers(), before);
  process.kill(nginx.pid, 'SIGQUIT');
  await until('nginx ends', () => !fs.existsSync(`/proc/${nginx.pid}/exe`));
});

test('a spool that refuses costs no redirect and is logged at most once a second', async () => {
  const edge = makeEdge();
  putLinks(edge, [GOOD]);
  fs.chownSync(edge.spool, 0, 0);
  const nginx = await startNginx(edge);
  for (let i = 0; i < 100; i += 1) {
    const answer = await nginx.get('/r/good', human);
    assert.equal(answer.status, 302);
    assert.ok(answer.headers['set-cookie']);
  }
  const lines = nginx.errorLog().split('\n').filter((line) => line.includes('a click is not recorded'));
  assert.match(lines[0], /Permission denied; 1 so far/);
  const seconds = new Set(lines.map((line) => line.slice(0, 19)));
  assert.equal(lines.length, seconds.size);
  await nginx.stop();
});

test('the spool\'s size limit holds and redirects go on', async () => {
  const edge = makeEdge();
  putLinks(edge, [GOOD]);
  const http = `refedge_links ${edge.links}; refedge_keys ${edge.keys}; refedge_spool ${edge.spool} max_size=1m;`;
  const nginx = await startNginx(edge, { http });
  const batch = () => Promise.all(Array.from({ length: 100 }, () => nginx.get('/r/good', human)));
  await until('the spool is full', async () => {
    assert.ok((await batch()).every((answer) => answer.status === 302));
    return nginx.errorLog().includes('bytes wait to be shipped');
  }, 60_000);
  const bytes = fs.readdirSync(edge.spool).reduce((sum, name) => sum + fs.statSync(path.join(edge.spool, name)).size, 0);
  assert.equal(bytes, 1 << 20);
  await nginx.stop();
});

test('the age of the cookie is what the location says', async () => {
  const server = `refedge_cookie max_age=400d; location /r/ { refedge_redirect on; }
    location /short/ { refedge_redirect on; refedge_cookie max_age=1h; }`;
  await withNginx({ server }, (edge) => putLinks(edge, [GOOD]), async (nginx) => {
    assert.match((await nginx.get('/r/good', human)).headers['set-cookie'][0], /; Max-Age=34560000;/);
    assert.match((await nginx.get('/short/good', human)).headers['set-cookie'][0], /; Max-Age=3600;/);
  });
});
