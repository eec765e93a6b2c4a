// examples/cloudflare-worker from nothing: the commands of its README, with the packages of this repository in place of the registry's.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { request, until } from '../nginx/harness.mjs';
import { PACKAGE } from './worker_source.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE = path.join(ROOT, 'examples/cloudflare-worker');
const HUMAN = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const ENV = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1' };

let folder;
let commands;
let server;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'refedge-worker-example-'));
  fs.cpSync(EXAMPLE, folder, { recursive: true, filter: (from) => !/node_modules|dist|\.wrangler|\.dev\.vars/.test(path.basename(from)) });
  const readme = fs.readFileSync(path.join(EXAMPLE, 'README.md'), 'utf8');
  commands = /## Try it here[^]*?```sh\n([^]*?)```/.exec(readme)[1].trim().split('\n');
});
after(() => {
  if (server !== undefined) process.kill(-server.pid, 'SIGTERM');
  if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
});

const shell = (command) => execFileSync('sh', ['-c', command], { cwd: folder, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });
const commandWith = (text) => commands.find((command) => command.includes(text)) ?? assert.fail(`README: no command with ${text}`);

test('npm install: what package.json asks for is what is tested here', () => {
  assert.equal(commands[0], 'npm install');
  const { dependencies, devDependencies } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const versionOf = (name) => JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
  assert.equal(dependencies.refedge, 'file:../../build/js');
  assert.equal(dependencies.tldts, versionOf('tldts'));
  assert.equal(devDependencies.wrangler, versionOf('wrangler'));
  fs.mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  fs.cpSync(PACKAGE, path.join(folder, 'node_modules/refedge'), { recursive: true });
  for (const name of ['tldts', 'tldts-core']) fs.cpSync(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules/.bin/wrangler'), path.join(folder, 'node_modules/.bin/wrangler'));
});

test('the example is strict TypeScript', () => {
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom', '--skipLibCheck', 'false'];
  execFileSync(path.join(ROOT, 'node_modules/.bin/tsc'), [...options, '--types', '', 'src/index.ts', 'src/wasm.d.ts'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
});

test('its secrets and its first link are written', () => {
  shell(commandWith('.dev.vars'));
  shell(commandWith('kv key put'));
  assert.match(fs.readFileSync(path.join(folder, '.dev.vars'), 'utf8'), /^refedge_keys=[0-9a-f-]{36} a \S{44}$/m);
});

test('wrangler deploy --dry-run bundles it', () => {
  const said = shell(commandWith('--dry-run'));
  for (const binding of ['refedge_links', 'refedge_spool', 'refedge_origin']) assert.match(said, new RegExp(`env\\.${binding}`));
  const files = fs.readdirSync(path.join(folder, 'dist'));
  assert.ok(files.includes('index.js') && files.some((name) => name.endsWith('refedge-edge.wasm')), files.join(' '));
});

test('wrangler dev serves the link as the README says', async () => {
  const command = commandWith('wrangler dev').replace('npx ', 'exec node_modules/.bin/').replace('8787', '0');
  server = spawn('sh', ['-c', `${command} --ip 127.0.0.1 --inspector-port 0`], { cwd: folder, env: ENV, detached: true });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => { said += data; });
  const port = await until('wrangler serves', () => {
    assert.equal(server.exitCode, null, said);
    return /Ready on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
  }, 60_000);
  const answer = await request(Number(port), '/r/hello', { 'User-Agent': HUMAN, Host: 'localhost' });
  assert.equal(answer.status, 302, said);
  assert.equal(answer.headers.location, 'https://www.your-shop.com/?ref=hello');
  assert.match(answer.headers['set-cookie'][0], /^_refedge=1\.hello\.[0-9a-f-]{36}\.\d+\.a\S{22}; Max-Age=34560000; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
});
