// The Debian package: what is in it, and that it can be installed, removed and purged, in a root of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { before, test } from 'node:test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeEdge } from './harness.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const NAME = 'libnginx-mod-http-refedge';
const CONF = 'usr/share/nginx/modules-available/mod-http-refedge.conf';
const MODULE = 'usr/lib/nginx/modules/ngx_http_refedge_module.so';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'refedge-package-'));
const root = path.join(work, 'root');
const enabled = path.join(root, 'etc/nginx/modules-enabled/50-mod-http-refedge.conf');
let deb;

function run(program, ...args) {
  const done = spawnSync(program, args, { encoding: 'utf8', cwd: ROOT });
  assert.equal(done.status, 0, `${program} ${args.join(' ')}\n${done.stdout}${done.stderr}`);
  return done.stdout.trim();
}

// A root without nginx in it: what the package needs is not there, and its scripts run outside of it.
const dpkg = (...args) => run('dpkg', `--root=${root}`, '--force-depends', '--force-script-chrootless', ...args);
const isThere = (file) => fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;

before(() => {
  deb = run('script/package-nginx', work);
  for (const directory of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers'])
    fs.mkdirSync(path.join(root, directory), { recursive: true });
  for (const file of ['status', 'available']) fs.writeFileSync(path.join(root, 'var/lib/dpkg', file), '');
});

test('it is named, and asks for this nginx and the libraries of the module', () => {
  assert.match(path.basename(deb), new RegExp(`^${NAME}_\\d+\\.\\d+\\.\\d+-1_[a-z0-9]+\\.deb$`));
  const depends = run('dpkg-deb', '-f', deb, 'Depends');
  const abi = run('dpkg-query', '-W', '-f', '${Provides}', 'nginx').match(/nginx-abi-[0-9.-]+/)[0];
  for (const needed of [abi, 'liblmdb0', 'libpsl5', 'libstdc++6', 'libc6']) assert.ok(depends.includes(needed), depends);
  for (const needed of depends.split(',').map((one) => one.trim().split(' ')[0]).filter((one) => one !== abi))
    run('dpkg-query', '-W', needed);
});

test('its files are root\'s, and readable by all', () => {
  const lines = run('dpkg-deb', '-c', deb).split('\n');
  for (const line of lines) assert.match(line, /^(d|-)rw.r-.r-. root\/root /, line);
  const names = lines.map((line) => line.split(' ').at(-1));
  for (const file of [MODULE, CONF, `usr/share/doc/${NAME}/copyright`]) assert.ok(names.includes(`./${file}`), file);
});

test('installed, nginx loads it and takes the example', () => {
  dpkg('--install', deb);
  assert.equal(fs.readlinkSync(enabled), `/${CONF}`);
  const edge = makeEdge();
  // The prefix with its modules folder is nginx-common's.
  const prefix = path.join(root, 'usr/share/nginx');
  fs.symlinkSync('../../lib/nginx/modules', path.join(prefix, 'modules'));
  const example = fs.readFileSync(path.join(root, `usr/share/doc/${NAME}/examples/refedge.conf`), 'utf8')
    .replace(/^load_module .*$/m, `include ${root}/${CONF};\npid ${edge.dir}/pid;`)
    .replaceAll('/var/lib/refedge/spool', edge.spool).replaceAll('/etc/refedge/cookie_keys', edge.keys)
    .replaceAll('/var/log/nginx', edge.dir).replace(/listen 80;/, 'listen 127.0.0.1:8080;');
  const file = path.join(edge.dir, 'nginx.conf');
  fs.writeFileSync(file, example);
  const done = spawnSync('/usr/sbin/nginx', ['-t', '-p', prefix, '-c', file, '-e', 'stderr'], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
});

test('installed anew it stays as the administrator left it', () => {
  fs.rmSync(enabled);
  dpkg('--install', deb);
  assert.ok(!isThere(enabled));
});

test('removed it is disabled, installed again enabled, purged gone', () => {
  fs.symlinkSync(`/${CONF}`, enabled);
  dpkg('--remove', NAME);
  assert.ok(!isThere(enabled));
  assert.ok(isThere(`${enabled}.removed`));
  assert.ok(!isThere(path.join(root, MODULE)));
  dpkg('--install', deb);
  assert.ok(isThere(enabled));
  assert.ok(!isThere(`${enabled}.removed`));
  dpkg('--purge', NAME);
  assert.ok(!isThere(enabled));
  assert.ok(!isThere(path.join(root, CONF)));
});
