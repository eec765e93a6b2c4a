// The load: refedge_pace, on the load core, for as much as a server can take and for a fixed rate.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { NUM_LINKS } from './links.mjs';
import { BIN } from './paths.mjs';
import { LOAD_CORE, cpuSeconds } from './processes.mjs';
import { HEADERS } from './visit.mjs';

const CONNECTIONS = 64;
// Before anything is measured: the processor's caches are what the contender before has left of them, and a redirector has its machine
// for itself.
const WARM_SECONDS = 0.2;
const HEADER_TEXT = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`).join('');

// A part of the clicks that no round has used, so that no cache is warm with the last round's.
function somewhere() { return Math.floor(Math.random() * NUM_LINKS); }

/**
 * Asks a server on `port` for /r/<code>, by a file of codes: {requests, seconds, p50, p99, max (microseconds), errors}. At `rate`
 * 0 each connection asks again as soon as it is answered.
 */
export async function ask({ port, codes, first = somewhere(), headers = HEADER_TEXT, rate = 0, seconds, connections = CONNECTIONS, prefix = [] }) {
  const [program, ...args] = [...prefix, path.join(BIN, 'refedge_pace'), port, codes, first, headers, Math.round(rate), seconds, connections].map(String);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`refedge_pace failed:\n${output}`);
  return JSON.parse(output);
}

async function askOnLoadCore(server, options) {
  const seen = await ask({ port: server.port, prefix: ['taskset', '-c', LOAD_CORE], ...options });
  if (seen.errors > 0) throw new Error(`${server.name}: ${seen.errors} requests failed`);
  return seen;
}

/** Everything the server can take: {rate, p50, p99 (microseconds), cpu (microseconds a request), busy (of its core)}. */
export async function saturate(server, codes, seconds, options = {}) {
  await askOnLoadCore(server, { codes, seconds: WARM_SECONDS });
  const before = cpuSeconds(server.pids);
  const seen = await askOnLoadCore(server, { codes, seconds, ...options });
  const cpu = cpuSeconds(server.pids) - before;
  return { rate: seen.requests / seen.seconds, p50: seen.p50, p99: seen.p99, cpu: cpu / seen.requests * 1e6, busy: cpu / seen.seconds };
}

/** Latency at a fixed rate, from when a request was due: {p50, p99 (microseconds)}. */
export async function pace(server, codes, seconds, rate) {
  await askOnLoadCore(server, { codes, seconds: WARM_SECONDS, rate });
  return askOnLoadCore(server, { codes, seconds, rate });
}
