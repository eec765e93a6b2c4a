// `refedge agent` as a process beside nginx, against an origin that can be down: nothing is lost or counted twice.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { HUMAN, MARKET, REFEDGE, makeEdge, spooledClicks, startNginx, until } from './harness.mjs';

const TOKEN = 'edge-token-of-the-test';
const human = { 'User-Agent': HUMAN };
const agents = new Set();
after(() => { for (const agent of agents) agent.kill('SIGKILL'); });

/** An origin with a feed of links and an intake of clicks, by docs/protocol.md#edge-api. */
async function startOrigin() {
  const origin = { links: [], clicks: new Map(), received: 0, down: false, wrongTokens: 0 };
  const waiting = new Set();
  const server = http.createServer((req, res) => {
    let body = '';
    req.on('data', (data) => { body += data; });
    req.on('end', () => answer(req, res, body));
  });
  function feed(res, after) {
    const links = origin.links.slice(after, after + 2);
    res.end(JSON.stringify({ links, cursor: after + links.length, more: after + links.length < origin.links.length }));
  }
  function answer(req, res, body) {
    if (origin.down) { res.statusCode = 503; return res.end('{}'); }
    if (req.headers.authorization !== `Bearer ${TOKEN}`) { origin.wrongTokens += 1; res.statusCode = 401; return res.end('{}'); }
    const url = new URL(req.url, 'http://origin');
    if (url.pathname === '/edge/links') {
      const at = Number(url.searchParams.get('after'));
      if (at < origin.links.length || url.searchParams.get('wait_seconds') === '0') return feed(res, at);
      return waiting.add({ res, at });
    }
    const { clicks } = JSON.parse(body);
    let duplicates = 0;
    for (const click of clicks) {
      if (origin.clicks.has(click.click_id)) duplicates += 1;
      origin.clicks.set(click.click_id, click);
    }
    origin.received += clicks.length;
    return res.end(JSON.stringify({ accepted: clicks.length - duplicates, duplicates }));
  }
  origin.publish = (...links) => {
    origin.links.push(...links.map((link) => ({ market_id: MARKET, expires_at: 0, active: true, ...link })));
    for (const { res, at } of waiting) feed(res, at);
    waiting.clear();
  };
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin.url = `http://127.0.0.1:${server.address().port}`;
  origin.stop = () => { server.closeAllConnections(); server.close(); };
  return origin;
}

function startAgent(edge, origin) {
  const child = spawn(REFEDGE, ['agent', '--origin', origin.url, '--links', edge.links, '--spool', edge.spool], {
    env: { ...process.env, REFEDGE_EDGE_TOKEN: TOKEN }, stdio: ['ignore', 'ignore', 'pipe'] });
  agents.add(child);
  const agent = { log: '', pid: child.pid };
  child.stderr.on('data', (data) => { agent.log += data; });
  const ended = new Promise((done) => child.once('exit', (code, signal) => { agents.delete(child); done({ code, signal }); }));
  agent.end = (signal) => { child.kill(signal); return ended; };
  return agent;
}

// By every worker: each looks for a table that was not there once a second.
const serves = (nginx, code) => until(`${code} is served`, async () => {
  const answers = await Promise.all(Array.from({ length: 32 }, () => nginx.get(`/r/${code}`, human)));
  return answers.every(({ status }) => status === 302);
});

test('links arrive, clicks leave, through an outage and a killed agent; a stop is clean', { timeout: 120_000 }, async () => {
  const edge = makeEdge();
  const origin = await startOrigin();
  origin.publish({ code: 'one', location: 'https://shop.example/1' }, { code: 'two', location: 'https://shop.example/2' },
    { code: 'three', location: 'https://shop.example/3' });
  const nginx = await startNginx(edge, { workers: 2 });
  let agent = startAgent(edge, origin);
  await serves(nginx, 'three');
  origin.publish({ code: 'four', location: 'https://shop.example/4' });
  await serves(nginx, 'four');

  let clicks = fs.readFileSync(edge.accessLog, 'utf8').match(/^302 /gm).length;
  await until('the first clicks are shipped', () => origin.clicks.size >= clicks);

  origin.down = true;
  for (let i = 0; i < 40; i += 1) assert.equal((await nginx.get('/r/one', human)).status, 302);
  await agent.end('SIGKILL');
  for (let i = 0; i < 40; i += 1) assert.equal((await nginx.get('/r/two', human)).status, 302);
  agent = startAgent(edge, origin);
  await until('the agent meets the outage', () => agent.log.includes('the origin answered 503'));
  origin.down = false;
  origin.publish({ code: 'one', location: 'https://shop.example/1', active: false });
  await until('the withdrawal arrives', async () => (await nginx.get('/r/one', human)).status === 404, 60_000);

  await nginx.stop();
  clicks = fs.readFileSync(edge.accessLog, 'utf8').match(/^302 /gm).length;
  await until('every click has arrived', () => origin.clicks.size === clicks, 60_000);
  await until('the spool is empty', () => fs.readdirSync(edge.spool).length === 0);
  assert.deepEqual(await agent.end('SIGTERM'), { code: 0, signal: null });
  assert.ok(origin.received >= clicks);
  assert.ok(!agent.log.includes(TOKEN));
  assert.deepEqual(spooledClicks(edge), []);
  origin.stop();
});

test('--once brings and ships what is there, and tells by its status when it cannot', async () => {
  const edge = makeEdge();
  const origin = await startOrigin();
  origin.publish({ code: 'one', location: 'https://shop.example/1' });
  const tokenFile = path.join(edge.dir, 'token');
  fs.writeFileSync(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
  const once = () => new Promise((done) => {
    const child = spawn(REFEDGE, ['agent', '--origin', origin.url, '--links', edge.links, '--spool', edge.spool,
      '--token-file', tokenFile, '--once'], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.resume();
    child.once('exit', done);
  });
  assert.equal(await once(), 0);
  const nginx = await startNginx(edge);
  assert.equal((await nginx.get('/r/one', human)).status, 302);
  await nginx.stop();
  assert.equal(await once(), 0);
  assert.equal(origin.clicks.size, 1);
  fs.writeFileSync(tokenFile, 'another');
  assert.equal(await once(), 1);
  assert.equal(origin.wrongTokens, 1);
  origin.stop();
});

const REFUSED = [
  ['no token', { env: {} }, /the edge token: REFEDGE_EDGE_TOKEN/],
  ['a token file that is not there', { args: ['--token-file', '/nonexistent/token'] }, /the edge token: secret_file/],
  ['an origin with a password in it', { origin: 'https://user:hunter2@origin.example' }, /the origin's URL must be/],
  ['a spool that is not there', { spool: '/nonexistent/spool' }, /spool \/nonexistent\/spool: open: No such file/],
];
for (const [what, { env, origin, spool, args }, reason] of REFUSED) {
  test(`the agent refuses ${what}`, () => {
    const edge = makeEdge();
    const { PATH } = process.env;
    const done = spawnSync(REFEDGE, ['agent', '--origin', origin ?? 'http://127.0.0.1:9', '--links', edge.links,
      '--spool', spool ?? edge.spool, ...(args ?? [])], { env: { PATH, ...(env ?? { REFEDGE_EDGE_TOKEN: TOKEN }) }, encoding: 'utf8' });
    assert.equal(done.status, 1);
    assert.match(done.stderr, reason);
    assert.ok(!done.stderr.includes('hunter2'));
  });
}
