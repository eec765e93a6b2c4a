// Runs the programs that judge us: one process for all cases of a test, JSON in and JSON out.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Debian's own Python, because that is where apt puts its libraries; another `python3` may come first in PATH.
const PYTHON = process.env.PYTHON ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export const PEERS = [
  { name: "Ruby", command: ["ruby", "-W1", here("peer.rb")], packages: "ruby" },
  { name: "PHP", command: ["php", "-d", "display_errors=stderr", here("peer.php")], packages: "php-cli" },
  { name: "Python", command: [PYTHON, "-B", here("peer.py")], packages: "python3, python3-cryptography" },
  { name: "Node", command: [process.execPath, here("peer.cjs")], packages: "nodejs" },
];

export const OAUTHLIB = {
  name: "requests-oauthlib", command: [PYTHON, "-B", here("oauth1.py")], packages: "python3, python3-requests-oauthlib",
};

/** run starts a program to its end and gives what it printed; anything else than success is an error that tells all. */
export const run = ({ name, command: [program, ...options], packages, env = {} }, input) => {
  const { error, status, stdout, stderr } = spawnSync(program, options, {
    input, env: { ...process.env, ...env }, timeout: 60_000, maxBuffer: 2 ** 26,
  });
  if (error !== undefined) throw new Error(`${name} did not run (Debian: ${packages}): ${error.message}`);
  assert.equal(status, 0, `${name} exited with ${status} (Debian: ${packages}): ${stderr}`);
  return stdout;
};

/** ask sends cases to a peer and gives as many answers. */
export const ask = (peer, cases) => {
  const answers = JSON.parse(run(peer, JSON.stringify(cases)).toString());
  assert.equal(answers.length, cases.length, `${peer.name}: one answer for each case`);
  return answers;
};
