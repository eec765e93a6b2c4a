// Packs the built package and installs it, offline, into a folder of its own, as a merchant would get it.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const PACKAGE = join(process.env.REFEDGE_BUILD ?? at('../../build'), 'js');

/** Runs a program and gives its output; when it fails, the error holds all that it said. */
export function run(file, args, options = {}) {
  try {
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000, ...options });
  } catch (error) {
    throw new Error(`${file} ${args.join(' ')}: ${error.message}\n${error.stdout ?? ''}\n${error.stderr ?? ''}`);
  }
}

/** A development tool of this repository. */
export const tool = (name, args, options) => run(at(`../../node_modules/.bin/${name}`), args, options);

function pack(folder) {
  if (!existsSync(join(PACKAGE, 'package.json'))) throw new Error(`${PACKAGE} is missing: run script/build`);
  const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder, PACKAGE]));
  return { tarball: join(folder, filename), files: files.map(({ path }) => path).sort() };
}

/** {folder, tarball, files, remove}: the tiny apps of `app/`, and node_modules with nothing but the package. */
export function install() {
  const folder = mkdtempSync(join(tmpdir(), 'refedge-package-'));
  const packed = pack(folder);
  cpSync(at('app'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', packed.tarball], { cwd: folder });
  return { folder, ...packed, remove: () => rmSync(folder, { recursive: true }) };
}
