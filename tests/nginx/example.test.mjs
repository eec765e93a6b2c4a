// examples/nginx: its README's commands, run as they stand there, but for the ports and the folder.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, watchDaemon } from './harness.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const EXAMPLE = path.join(ROOT, 'examples/nginx');

async function adaptations() {
  const edge = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'refedge-example-')), 'edge');
  fs.chmodSync(path.dirname(edge), 0o755);
  const ports = { 8080: await freePort(), 8081: await freePort(), 8082: await freePort() };
  const adapt = (text) => Object.entries(ports).reduce((out, [port, free]) => out.replaceAll(`:${port}`, `:${free}`), text)
    .replaceAll('/tmp/refedge-example', edge);
  return { edge, adapt };
}

test('the README\'s commands do what it says', { timeout: 300_000 }, async () => {
  const { edge, adapt } = await adaptations();
  const conf = `${edge}.conf`;
  fs.writeFileSync(conf, adapt(fs.readFileSync(path.join(EXAMPLE, 'nginx.conf'), 'utf8')));
  const blocks = [...fs.readFileSync(path.join(EXAMPLE, 'README.md'), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1]);
  assert.equal(blocks.length, 8);
  // What fails must not leave the origin and the agent behind.
  const script = `set -eo pipefail\ntrap 'kill $ORIGIN $AGENT 2>/dev/null || true' EXIT\n${adapt(blocks.join('\n')).replaceAll('examples/nginx/nginx.conf', conf)}`;
  const done = spawnSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8', timeout: 280_000 });
  const pidFile = path.join(edge, 'nginx.pid');
  if (fs.existsSync(pidFile)) watchDaemon(Number(fs.readFileSync(pidFile, 'utf8')));
  assert.equal(done.status, 0, done.stdout + done.stderr);

  const seen = (name) => fs.readFileSync(path.join(edge, name), 'utf8');
  const cookie = /^Set-Cookie: _refedge=1\.[a-z0-9]{12}\.([0-9a-f-]{36})?\.\d+\.[A-Za-z0-9_-]{23}; Max-Age=34560000; Path=\/; Domain=shop\.localhost; Secure; HttpOnly; SameSite=Lax\r$/m;
  assert.match(seen('friend.txt'), /^HTTP\/1\.1 302 /);
  assert.match(seen('friend.txt'), /^Location: http:\/\/shop\.localhost:\d+\/offer\?ref=[a-z0-9]{12}&bp_e=[^&]+&utm_source=chat\r$/m);
  assert.match(seen('friend.txt'), cookie);
  assert.match(seen('messenger.txt'), /^HTTP\/1\.1 200 [^]*og:title" content="10 off at the shop"/);
  assert.match(seen('scanner.txt'), /^HTTP\/1\.1 302 /);
  assert.doesNotMatch(seen('scanner.txt'), /Set-Cookie/);
  for (const [name, cache] of [['page1.txt', 'MISS'], ['page2.txt', 'HIT']]) {
    assert.match(seen(name), new RegExp(`^X-Cache: ${cache}\\r$`, 'm'));
    assert.match(seen(name), cookie);
    assert.match(seen(name), /Welcome to the shop/);
  }
  assert.match(seen('unknown.txt'), /^Location: http:\/\/shop\.localhost:\d+\/welcome\r$/m);
  assert.match(seen('blocked.txt'), /^Location: http:\/\/shop\.localhost:\d+\/ended\r?$/m);
  assert.match(seen('alone.txt'), /^Location: http:\/\/shop\.localhost:\d+\/ended\r$/m);
  const status = JSON.parse(seen('status.json'));
  assert.ok(status.clicks.human >= 1 && status.clicks.unfurler === 1 && status.clicks.bot === 1, seen('status.json'));
  assert.deepEqual([status.captures.signed, status.misses.unknown, status.links.entries], [2, 1, 1]);
  assert.ok(status.misses.blocked >= 2);
  assert.match(seen('access.log'), /verdict=human/);
  assert.doesNotMatch(seen('error.log'), /\[(alert|emerg|crit|error)\]/);
});
