// Starts the real nginx with the module, as its operator would: master as root, workers as www-data.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = path.resolve(ROOT, process.env.REFEDGE_BUILD ?? 'build');
export const MODULE = path.join(BUILD, 'edge/ngx_http_refedge_module.so');
const LINK_TOOL = path.join(BUILD, 'bin/refedge_linktool');
const SPOOL_TOOL = path.join(BUILD, 'bin/refedge_spooltool');
export const REFEDGE = path.join(BUILD, 'bin/refedge');
const NGINX = '/usr/sbin/nginx';

export const MARKET = '00112233-4455-6677-8899-aabbccddeeff';
export const OTHER_MARKET = '11112233-4455-6677-8899-aabbccddeeff';
export const KEYLESS_MARKET = '22222233-4455-6677-8899-aabbccddeeff';
export const KEY = Buffer.alloc(32, 'k');
export const OLD_KEY = Buffer.alloc(48, 'o');
export const OTHER_KEY = Buffer.alloc(64, 'x');
export const KEYS_FILE = [
  '# cookie keys', '',
  `${MARKET} b ${KEY.toString('base64')}`,
  `${MARKET} a ${OLD_KEY.toString('base64')}`,
  `${OTHER_MARKET} b ${OTHER_KEY.toString('base64')}`, ''].join('\n');

export const HUMAN = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

/** The value of a signed cookie, made here from docs/protocol.md#cookies, not by the code under test. */
export function signCookie(code, clickId, seconds, key = KEY, keyId = 'b') {
  const said = `1.${code}.${clickId}.${seconds}`;
  const mac = createHmac('sha256', key).update(said).digest().subarray(0, 16).toString('base64url');
  return `${said}.${keyId}${mac}`;
}

/** A token that hands over what a cookie says, issued at a Unix second: docs/protocol.md#handoff. */
export function signHandoff(cookie, issued, key = KEY) {
  const derived = createHmac('sha256', key).update(`refedge handoff ${issued}`).digest();
  const [, code, clickId, seconds] = cookie.split('.');
  return `h1.${issued}.${signCookie(code, clickId, seconds, derived)}`;
}

/** By what is wrong with each: tokens of the link `good` that hand nothing over, and of links that do not serve. */
export function badHandoffs(clickId) {
  const now = Math.floor(Date.now() / 1000);
  const [seen, said] = [now - 60, `1.good.${clickId}.${now - 60}`];
  const good = signHandoff(said, now);
  const others = ['nobody', 'withdrawn', 'blocked', 'expired', 'keyless'].map((code) => [code, signHandoff(`1.${code}..${seen}`, now)]);
  return {
    old: signHandoff(said, now - 310), early: signHandoff(said, now + 310), forged: `${good.slice(0, -1)}${good.endsWith('A') ? 'Q' : 'A'}`,
    key: signHandoff(said, now, OTHER_KEY), cookie: `h1.${now}.${signCookie('good', clickId, seen)}`,
    empty: '', text: 'h1', long: `h1.${'1'.repeat(4000)}`, ...Object.fromEntries(others),
  };
}

/** The value of the Set-Cookie called `name` in an answer, null when there is none. */
export function setCookie(answer, name = '_refedge') {
  const header = (answer.headers['set-cookie'] ?? []).find((one) => one.startsWith(`${name}=`));
  return header === undefined ? null : header.slice(name.length + 1).split(';')[0];
}

/** Waits until `condition` gives something true, and gives that; fails after the deadline. */
export async function until(what, condition, deadlineMs = 10_000) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    assert.ok(Date.now() < end, `not within ${deadlineMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** The worker processes of a master: its children but for the cache's manager and loader, and a new master. */
export function workersOf(master) {
  const children = fs.readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
  return children.filter((pid) => titleOf(pid).startsWith('nginx: worker process'));
}

function titleOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';  // it has just ended
  }
}

function accepts(port) {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); done(true); });
    socket.once('error', () => done(false));
  });
}

// What a failed test leaves running is ended by its process id: masters take their workers with them on SIGTERM.
const running = new Set();
const daemons = new Set();
after(() => {
  for (const child of running) child.kill('SIGTERM');
  for (const pid of daemons) if (titleOf(pid).startsWith('nginx: master process')) process.kill(pid, 'SIGTERM');
});

/** A directory for one edge: link table, spool, keys, logs. Workers may enter it, as www-data. */
export function makeEdge() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'refedge-nginx-'));
  fs.chmodSync(dir, 0o755);
  const edge = {
    dir,
    links: path.join(dir, 'links'),
    spool: path.join(dir, 'spool'),
    keys: path.join(dir, 'cookie_keys'),
    errorLog: path.join(dir, 'error.log'),
    accessLog: path.join(dir, 'access.log'),
  };
  fs.mkdirSync(edge.spool, { mode: 0o750 });
  const web = webServerUser();
  fs.chownSync(edge.spool, web.uid, web.gid);
  fs.writeFileSync(edge.keys, KEYS_FILE, { mode: 0o600 });
  return edge;
}

function webServerUser() {
  const [, , uid, gid] = fs.readFileSync('/etc/passwd', 'utf8').split('\n').find((l) => l.startsWith('www-data:')).split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Applies links to the edge's table; `directory` stands for another table. */
export function putLinks(edge, links, directory = edge.links) {
  const input = links.map((link) => JSON.stringify('raw' in link ? link : { market_id: MARKET, ...link })).join('\n');
  const done = spawnSync(LINK_TOOL, [directory], { input: `${input}\n`, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}

/** The clicks and the conversions that the spool holds now. */
export function spooled(edge) {
  const done = spawnSync(SPOOL_TOOL, [edge.spool], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

export const spooledClicks = (edge) => spooled(edge).filter((record) => 'click_id' in record);
export const spooledConversions = (edge) => spooled(edge).filter((record) => 'conversion_id' in record);

function configText(edge, options) {
  return `load_module ${options.module ?? MODULE};
user www-data;
worker_processes ${options.workers ?? 1};
pid ${edge.dir}/nginx.pid;
error_log ${edge.errorLog} info;
${options.main ?? ''}
daemon ${options.daemon ?? 'off'};
events { worker_connections 256; }
http {
  client_body_temp_path ${edge.dir}/body;
  proxy_temp_path ${edge.dir}/proxy;
  fastcgi_temp_path ${edge.dir}/fastcgi;
  uwsgi_temp_path ${edge.dir}/uwsgi;
  scgi_temp_path ${edge.dir}/scgi;
  log_format refedge '$status "$refedge_code" "$refedge_click_id" "$refedge_verdict"';
  log_format variables '$request_uri|$refedge_code|$refedge_user|$refedge_click_id|$refedge_verdict|$refedge_market|';
  access_log ${edge.accessLog} refedge;
  ${options.http ?? `refedge_links ${edge.links};
  refedge_keys ${edge.keys};
  refedge_spool ${edge.spool};`}
  server {
    listen 127.0.0.1:${options.port ?? 80} ${options.listen ?? ''};
    ${options.server ?? 'location /r/ { refedge_redirect on; }'}
  }
}
`;
}

/**
 * Starts nginx as a daemon, which a replacement of its program asks for: a master ignores SIGUSR2 while its first parent lives. The
 * caller ends it.
 */
export async function startDaemon(edge, options) {
  const port = await freePort();
  const done = spawnSync(NGINX, ['-c', writeConfig(edge, { ...options, port, daemon: 'on' }), '-e', edge.errorLog], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const pid = Number(fs.readFileSync(path.join(edge.dir, 'nginx.pid'), 'utf8'));
  daemons.add(pid);
  await until('nginx listens', () => accepts(port));
  return { port, pid, get: (target, headers, method) => request(port, target, headers, method),
    errorLog: () => fs.readFileSync(edge.errorLog, 'utf8') };
}

/** Remembers a daemon that the test may leave behind when it fails. */
export function watchDaemon(pid) { daemons.add(pid); }

export function writeConfig(edge, options) {
  const file = path.join(edge.dir, 'nginx.conf');
  fs.writeFileSync(file, configText(edge, options));
  return file;
}

/** What `nginx -t` says of a configuration. */
export function checkConfig(edge, options) {
  const done = spawnSync(NGINX, ['-t', '-c', writeConfig(edge, options), '-e', 'stderr'], { encoding: 'utf8' });
  return { accepted: done.status === 0, message: done.stderr };
}

/**
 * Starts nginx. `options`: workers, http, server, listen, main, module (configuration text); wrapper, env, single, patienceMs (another
 * way to start the process). stop() ends it and asserts that it died in order and that its log holds nothing alarming.
 */
export async function startNginx(edge, options = {}) {
  const port = await freePort();
  const settings = { ...options, port };
  const config = writeConfig(edge, settings);
  const [program, ...before] = [...(options.wrapper ?? []), NGINX];
  const child = spawn(program, [...before, '-c', config, '-e', edge.errorLog], {
    stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  running.add(child);
  const ended = new Promise((done) => child.once('exit', (code, signal) => {
    running.delete(child);
    done({ code, signal });
  }));
  const workers = () => workersOf(child.pid);
  await until('nginx listens', () => {
    assert.equal(child.exitCode, null, output);
    return accepts(port);
  }, options.patienceMs ?? 10_000);
  // A signal that reaches the master before it has started its workers is lost.
  if (!options.single) await until('nginx has its workers', () => workers().length === (options.workers ?? 1));

  const server = {
    port,
    pid: child.pid,
    get output() { return output; },
    errorLog: () => fs.readFileSync(edge.errorLog, 'utf8'),
    get: (target, headers, method) => request(port, target, headers, method),
    workers,
    async reload(changes = {}) {
      const old = server.workers();
      writeConfig(edge, { ...settings, ...changes });
      process.kill(child.pid, 'SIGHUP');
      await until('new workers serve', () => {
        const now = server.workers();
        return now.length === (options.workers ?? 1) && !now.some((pid) => old.includes(pid));
      });
    },
    async stop({ signal = 'SIGQUIT', expect = { code: 0, signal: null } } = {}) {
      child.kill(signal);
      const end = await ended;
      assert.deepEqual(end, expect, output);
      assert.doesNotMatch(server.errorLog(), /\[(alert|emerg|crit)\]|exited on signal|exited with code [1-9]/);
    },
  };
  return server;
}

/** One request on a connection of its own. */
export function request(port, target, headers = {}, method = 'GET', body = undefined) {
  return new Promise((done, failed) => {
    const sent = http.request({ port, host: '127.0.0.1', path: target, method, agent: false, setDefaultHeaders: false,
      headers: { Host: 'www.shop.example', Connection: 'close', ...headers } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders,
        body: Buffer.concat(chunks).toString() }));
    });
    sent.once('error', failed);
    sent.end(body);
  });
}

/** An origin that notes what it is sent; `respond(req, res)` answers instead of `{}`. */
export async function startOrigin(respond = (req, res) => res.end('{}')) {
  const seen = [];
  const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      seen.push({ method: req.method, url: req.url, headers: req.headers, raw: req.rawHeaders, body: Buffer.concat(chunks).toString() });
      respond(req, res);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { seen, port: server.address().port, stop: () => new Promise((done) => server.close(done)) };
}
