// The agent as a service: its systemd unit, the notice that it is ready, and what it tells monitoring.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { REFEDGE, freePort, makeEdge, request, until } from './harness.mjs';

const UNIT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../packaging/systemd/refedge-agent.service');
const unit = fs.readFileSync(UNIT, 'utf8');
const children = new Set();
after(() => { for (const child of children) child.kill('SIGKILL'); });

const analyze = (...args) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });

test('systemd finds nothing wrong with the unit, and little that it leaves open', () => {
  const edge = makeEdge();
  const copy = path.join(edge.dir, 'refedge-agent.service');
  fs.writeFileSync(copy, unit.replaceAll('/usr/bin/refedge', REFEDGE));
  const verified = analyze('verify', '--man=no', copy);
  assert.equal(verified.error, undefined, 'systemd-analyze is missing: apt-get install systemd');
  assert.equal(verified.status, 0, verified.stderr);
  assert.doesNotMatch(verified.stderr, /refedge-agent/);
  const exposure = analyze('security', '--offline=yes', '--threshold=20', '--no-pager', copy);
  assert.equal(exposure.status, 0, exposure.stdout);
});

/** The command line of ExecStart with the paths of a test. */
function execStart(edge, origin, metrics) {
  const [, line] = /^ExecStart=\/usr\/bin\/refedge (.*)$/m.exec(unit);
  const values = { '${REFEDGE_ORIGIN}': origin, '%d': edge.dir, '/var/lib/refedge/links': edge.links, '/var/lib/refedge/spool': edge.spool,
    '127.0.0.1:9109': metrics };
  return line.split(' ').map((word) => Object.entries(values).reduce((text, [from, to]) => text.replace(from, to), word));
}

// Node has no datagram sockets of this kind.
const LISTENER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("listening", flush=True)
while True: print(s.recv(100).decode(), flush=True)`;

function start(file, args, env = {}) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const made = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { made.output += data; });
  made.ended = new Promise((done) => child.once('exit', (code, signal) => { children.delete(child); done({ code, signal }); }));
  return made;
}

test('started as the unit starts it, the agent says READY, is ready when the links are here, counts, and says STOPPING', async () => {
  const edge = makeEdge();
  let links = false;
  const origin = http.createServer((req, res) => {
    res.statusCode = links ? 200 : 503;
    res.end('{"links":[],"cursor":0,"more":false}');
  });
  await new Promise((done) => origin.listen(0, '127.0.0.1', done));
  fs.writeFileSync(path.join(edge.dir, 'edge-token'), 'the-token\n', { mode: 0o600 });
  const notify = path.join(edge.dir, 'notify');
  const manager = start('python3', ['-c', LISTENER, notify]);
  await until('the manager listens', () => manager.output.includes('listening'));

  const metrics = await freePort();
  const agent = start(REFEDGE, execStart(edge, `http://127.0.0.1:${origin.address().port}`, `127.0.0.1:${metrics}`), { NOTIFY_SOCKET: notify });
  await until('READY', () => manager.output.includes('READY=1\n') || assert.equal(agent.child.exitCode, null, agent.output));
  assert.equal((await request(metrics, '/ready')).status, 503, 'the origin is away');
  links = true;
  await until('the agent is ready', async () => (await request(metrics, '/ready')).status === 200, 60_000);
  const told = await request(metrics, '/metrics');
  assert.equal(told.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
  assert.match(told.body, /^refedge_agent_ready 1$/m);
  assert.match(told.body, /^refedge_agent_feed_failures_total [1-9]/m);
  agent.child.kill('SIGTERM');
  assert.deepEqual(await agent.ended, { code: 0, signal: null });
  await until('STOPPING', () => manager.output.includes('STOPPING=1\n'));
  assert.ok(!agent.output.includes('the-token'));
  origin.closeAllConnections();
  origin.close();
});

test('metrics for everybody are refused', () => {
  const edge = makeEdge();
  const done = spawnSync(REFEDGE, ['agent', '--origin', 'http://127.0.0.1:9', '--links', edge.links, '--spool', edge.spool,
    '--metrics', '0.0.0.0:9109'], { env: { PATH: process.env.PATH, REFEDGE_EDGE_TOKEN: 't' }, encoding: 'utf8' });
  assert.equal(done.status, 1);
  assert.match(done.stderr, /0\.0\.0\.0:9109 is not on loopback/);
});
