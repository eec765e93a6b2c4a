// The load: wrk for as much as a server can take, refedge_pace for a fixed rate. Both on the load core.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { CODE_LENGTH, NUM_LINKS } from './links.mjs';
import { BIN, HERE } from './paths.mjs';
import { LOAD_CORE, cpuSeconds } from './processes.mjs';
import { HEADERS } from './visit.mjs';

const CONNECTIONS = 64;
const headerText = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`).join('');

async function lastLine(program, args) {
  const child = spawn('taskset', ['-c', LOAD_CORE, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} failed:\n${output}`);
  return JSON.parse(output.trim().split('\n').at(-1));
}

// A part of the clicks that no round has used, so that no cache is warm with the last round's.
function somewhere() { return Math.floor(Math.random() * NUM_LINKS); }

/** Everything the server can take: {rate, p50, p99 (microseconds), cpu (microseconds a request)}. */
export async function saturate(server, clicks, seconds) {
  const before = cpuSeconds(server.pids);
  const seen = await lastLine('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', '-s', path.join(HERE, 'clicks.lua'),
    `http://127.0.0.1:${server.port}`, '--', clicks, String(somewhere()), String(CODE_LENGTH), headerText]);
  if (seen.errors > 0) throw new Error(`${server.name}: ${seen.errors} requests failed`);
  const cpu = cpuSeconds(server.pids) - before;
  return { rate: seen.requests / seen.seconds, p50: seen.p50, p99: seen.p99, cpu: cpu / seen.requests * 1e6, busy: cpu / seen.seconds };
}

/** Latency at a fixed rate, from when a request was due: {p50, p99 (microseconds)}. */
export async function pace(server, clicks, seconds, rate) {
  const seen = await lastLine(path.join(BIN, 'refedge_pace'), [String(server.port), clicks, String(somewhere()), headerText,
    String(Math.round(rate)), String(seconds), String(CONNECTIONS)]);
  if (seen.errors > 0) throw new Error(`${server.name}: ${seen.errors} requests failed`);
  return seen;
}
