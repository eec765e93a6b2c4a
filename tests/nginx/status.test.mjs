// refedge_status: what it counts, over all workers and across a reload.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { HUMAN, KEYLESS_MARKET, makeEdge, putLinks, request, setCookie, signCookie, startNginx, startOrigin, until } from './harness.mjs';

const human = { 'User-Agent': HUMAN };
const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const ZERO = {
  clicks: { human: 0, bot: 0, unfurler: 0, prefetch: 0, head: 0, repeat: 0 },
  answers: { redirect: 0, preview: 0, fallback: 0 },
  misses: { unknown: 0, expired: 0, withdrawn: 0, blocked: 0, damaged: 0, unavailable: 0 },
  captures: { signed: 0, unsigned: 0 },
  conversions: { attributed: 0, spooled: 0 },
  consent: { denied: 0 },
  lost: { clicks: 0, conversions: 0 },
};

const LINKS = [
  { code: 'good', location: 'https://shop.example/', preview: { title: 'T' } },
  { code: 'keyless', market_id: KEYLESS_MARKET, location: 'https://shop.example/' },
  { code: 'expired', location: 'https://shop.example/', expires_at: 1, fallback: 'https://shop.example/ended' },
  { code: 'withdrawn', location: 'https://shop.example/', active: false },
  { code: 'blocked', location: 'https://shop.example/', blocked: true },
  { code: 'damaged', raw: '01ff' },
];
const server = (origin) => `refedge_preview on;
  location /r/ { refedge_redirect on; }
  location /status { refedge_status; }
  location /metrics { refedge_status prometheus; }
  location /always-json { refedge_status json; }
  location /track { refedge_track on; proxy_pass http://127.0.0.1:${origin.port}; }
  location / { refedge_capture on; return 200 page; }`;

const read = async (nginx, target = '/status', headers = {}) => JSON.parse((await nginx.get(target, headers)).body);
const counts = ({ links, spool, ...rest }) => rest;

test('everything that happens is counted where it belongs', async () => {
  const edge = makeEdge();
  putLinks(edge, LINKS);
  const origin = await startOrigin();
  const nginx = await startNginx(edge, { server: server(origin) });
  assert.deepEqual(counts(await read(nginx)), ZERO);

  const cookie = setCookie(await nginx.get('/r/good', human));
  await nginx.get('/r/good', { ...human, Cookie: `_refedge=${cookie}` });
  await nginx.get('/r/good', { ...human, 'Sec-GPC': '1' });
  await nginx.get('/r/good', { 'User-Agent': 'curl/8' });
  await nginx.get('/r/good', { 'User-Agent': 'facebookexternalhit/1.1' });
  await nginx.get('/r/good', { ...human, 'Sec-Purpose': 'prefetch' });
  await nginx.get('/r/good', human, 'HEAD');
  for (const code of ['unknown', 'expired', 'withdrawn', 'blocked', 'damaged']) await nginx.get(`/r/${code}`, human);
  await nginx.get('/?ref=good', human);
  await nginx.get('/?ref=keyless', human);
  await nginx.get('/?ref=good', { ...human, 'Sec-GPC': '1' });
  await nginx.get('/?ref=unknown', human);
  await nginx.get('/', human);
  await request(nginx.port, '/track', { Cookie: `_refedge=${signCookie('good', CLICK, 1718000000)}` }, 'POST', '{}');
  await request(nginx.port, '/track', {}, 'POST', '{}');

  const report = await read(nginx);
  assert.deepEqual(counts(report), {
    clicks: { human: 2, bot: 1, unfurler: 1, prefetch: 1, head: 1, repeat: 1 },
    answers: { redirect: 6, preview: 1, fallback: 1 },
    misses: { unknown: 1, expired: 1, withdrawn: 1, blocked: 1, damaged: 1, unavailable: 0 },
    captures: { signed: 1, unsigned: 1 },
    conversions: { attributed: 1, spooled: 0 },
    consent: { denied: 2 },
    lost: { clicks: 0, conversions: 0 },
  });
  const age = report.links.age_seconds;
  assert.ok(age >= 0 && age < 60, `${age}`);
  assert.deepEqual(report.links, { open: true, entries: LINKS.length, cursor: LINKS.length - 1, age_seconds: age });
  assert.deepEqual(report.spool, { bytes: 1 << 20, max_bytes: 1 << 30 });
  await nginx.stop();
  await origin.stop();
});

test('the format is asked for, said, or accepted, in this order', async () => {
  const edge = makeEdge();
  putLinks(edge, LINKS);
  const nginx = await startNginx(edge, { server: server({ port: 1 }) });
  const isJson = async (target, headers = {}) => {
    const answer = await nginx.get(target, headers);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['cache-control'], 'no-store');
    const json = answer.headers['content-type'] === 'application/json';
    assert.equal(json, answer.body.startsWith('{'));
    if (!json) assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    return json;
  };
  const prometheus = { Accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5' };
  assert.equal(await isJson('/status'), true);
  assert.equal(await isJson('/status', { Accept: '*/*' }), true);
  assert.equal(await isJson('/status', prometheus), false);
  assert.equal(await isJson('/metrics'), false);
  assert.equal(await isJson('/always-json', prometheus), true);
  assert.equal(await isJson('/always-json?format=prometheus'), false);
  assert.equal(await isJson('/metrics?format=json'), true);
  assert.equal(await isJson('/status?format=xml'), true);
  assert.equal((await nginx.get('/status', {}, 'HEAD')).body, '');
  assert.equal((await nginx.get('/status', {}, 'DELETE')).status, 405);
  await nginx.stop();
});

test('Prometheus text has every number of the JSON form, with help and type', async () => {
  const edge = makeEdge();
  putLinks(edge, LINKS);
  const nginx = await startNginx(edge, { server: server({ port: 1 }) });
  for (let i = 0; i < 3; i += 1) await nginx.get('/r/good', human);
  const { body } = await nginx.get('/metrics');
  const samples = body.trim().split('\n').filter((line) => !line.startsWith('#'));
  for (const line of samples) assert.match(line, /^refedge_[a-z_]+(\{[a-z]+="[a-z]+"\})? \d+$/);
  for (const name of new Set(samples.map((line) => line.match(/^[a-z_]+/)[0])))
    assert.match(body, new RegExp(`^# HELP ${name} .+\\.\n# TYPE ${name} (counter|gauge)\n${name}`, 'm'));
  assert.ok(samples.includes('refedge_clicks_total{verdict="human"} 3'));
  assert.ok(samples.includes('refedge_answers_total{kind="redirect"} 3'));
  assert.ok(samples.includes('refedge_links_open 1'));
  assert.ok(samples.includes(`refedge_links_entries ${LINKS.length}`));
  assert.ok(samples.includes('refedge_spool_bytes 1048576'));
  const json = Object.values(counts(await read(nginx))).flatMap((family) => Object.keys(family)).length;
  assert.equal(samples.filter((line) => line.includes('_total{')).length, json);
  await nginx.stop();
});

test('counts are those of all workers, and a reload keeps them', async () => {
  const edge = makeEdge();
  putLinks(edge, LINKS);
  const nginx = await startNginx(edge, { workers: 4, server: server({ port: 1 }) });
  await Promise.all(Array.from({ length: 200 }, () => nginx.get('/r/good', human)));
  assert.equal((await read(nginx)).clicks.human, 200);
  await nginx.reload({ workers: 4 });
  await Promise.all(Array.from({ length: 100 }, () => nginx.get('/r/good', human)));
  assert.equal((await read(nginx)).clicks.human, 300);
  const [victim] = nginx.workers();
  process.kill(Number(victim), 'SIGKILL');
  await until('another worker', () => nginx.workers().length === 4 && !nginx.workers().includes(victim));
  assert.equal((await read(nginx)).clicks.human, 300);
  process.kill(nginx.pid, 'SIGQUIT');
  await until('nginx ends', () => !fs.existsSync(`/proc/${nginx.pid}/exe`));
});

test('what is missing is said: no table, no spool to write to', async () => {
  const edge = makeEdge();
  const nginx = await startNginx(edge, { server: server({ port: 1 }) });
  await nginx.get('/r/good', human);
  await nginx.get('/?ref=good', human);
  const without = await read(nginx);
  assert.deepEqual(without.links, { open: false });
  assert.equal(without.misses.unavailable, 1);
  assert.equal(without.captures.unsigned, 1);
  assert.match((await nginx.get('/metrics')).body, /^refedge_links_open 0$/m);

  putLinks(edge, LINKS);
  fs.chownSync(edge.spool, 0, 0);
  await until('the table is read', async () => (await read(nginx)).links.open);
  for (let i = 0; i < 5; i += 1) assert.equal((await nginx.get('/r/good', human)).status, 302);
  const refused = await read(nginx);
  assert.equal(refused.lost.clicks, 5);
  assert.equal(refused.spool.bytes, null);
  assert.equal(fs.readdirSync(path.join(edge.dir, 'spool')).length, 0);
  await nginx.stop();
});

test('an edge without a spool has a status too', async () => {
  const edge = makeEdge();
  putLinks(edge, LINKS);
  const http = `refedge_links ${edge.links}; refedge_keys ${edge.keys};`;
  const nginx = await startNginx(edge, { http, server: 'location / { refedge_status; }' });
  assert.equal((await read(nginx, '/')).spool.bytes, null);
  await nginx.stop();
});
