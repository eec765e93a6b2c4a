// The clients under test and the programs that run them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

// Debian's own Python, because that is where apt puts python3-cryptography; another `python3` may come first in PATH.
const PYTHON = process.env.PYTHON ?? (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3');
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export const LANGUAGES = [
  { name: 'Python', extension: 'py', command: [PYTHON, '-B', '-W', 'error'], packages: 'python3, python3-cryptography' },
  { name: 'PHP', extension: 'php', command: ['php', '-d', 'error_reporting=-1', '-d', 'display_errors=stderr'], packages: 'php-cli' },
];

/**
 * Runs `<stem>.<extension>` of this folder, sends one JSON line for each case and reads as many back. Anything on stderr
 * and any status but 0 is an error. It does not block: a test's own server answers meanwhile.
 */
export async function answers(language, stem, cases, env = {}) {
  const [program, ...options] = language.command;
  const child = spawn(program, [...options, here(`${stem}.${language.extension}`)], {
    env: { ...process.env, ...env }, timeout: 60_000,
  });
  const ended = new Promise((done, fail) => {
    child.once('error', (error) => fail(new Error(`${program} did not run (install ${language.packages}): ${error.message}`)));
    child.once('close', done);
  });
  child.stdin.on('error', () => {}); // it ended before it read everything: its status tells
  child.stdin.end(cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const [output, complaints, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0 || complaints !== '') throw new Error(`${stem} exited with ${status}: ${complaints}`);
  return output.trimEnd().split('\n').map((line) => JSON.parse(line));
}
