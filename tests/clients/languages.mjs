// The clients under test and the programs that run them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Debian's own Python, because that is where apt puts python3-cryptography; another `python3` may come first in PATH.
const PYTHON = process.env.PYTHON ?? (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3');
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export const LANGUAGES = [
  { name: 'Python', extension: 'py', command: [PYTHON, '-B', '-W', 'error'], packages: 'python3, python3-cryptography' },
  { name: 'PHP', extension: 'php', command: ['php', '-d', 'error_reporting=-1', '-d', 'display_errors=stderr'], packages: 'php-cli' },
];

/** Runs `<stem>.<extension>` of this folder and gives its output; anything on stderr or another status is an error. */
export function run(language, stem, { args = [], input = '', env = {} } = {}) {
  const [program, ...options] = language.command;
  const done = spawnSync(program, [...options, here(`${stem}.${language.extension}`), ...args], {
    input, encoding: 'utf8', maxBuffer: 64 << 20, timeout: 60_000, env: { ...process.env, ...env },
  });
  if (done.error) throw new Error(`${program} did not run (install ${language.packages}): ${done.error.message}`);
  if (done.status !== 0 || done.stderr !== '') throw new Error(`${stem} exited with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

/** Sends one JSON line for each case and reads as many back. */
export function answers(language, stem, cases) {
  const input = cases.map((each) => `${JSON.stringify(each)}\n`).join('');
  return run(language, stem, { input }).trimEnd().split('\n').map((line) => JSON.parse(line));
}
