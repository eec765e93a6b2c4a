// Processes on a core of their own: started, waited for, their CPU time read, ended by process id.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';

export const SERVER_CORE = '0';
export const LOAD_CORE = '1';
const TICKS_PER_SECOND = 100;  // USER_HZ: what /proc counts in, on every Linux
const PATIENCE_MS = 60_000;    // a million links take a script a while to read

const running = new Set();

/** Ends what an interrupted run would leave behind. */
export function endAll() {
  for (const child of running) child.kill('SIGTERM');
}

/** Starts a server on the server core. Its output is shown when it ends before it is told to. */
export function startServer(program, args, options = {}) {
  const child = spawn('taskset', ['-c', SERVER_CORE, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { output = (output + data).slice(-4000); });
  child.ended = new Promise((done) => child.once('exit', () => {
    running.delete(child);
    if (!child.told) process.stderr.write(`${program} ended early:\n${output}\n`);
    done();
  }));
  running.add(child);
  return child;
}

export async function stopServer(child, signal = 'SIGTERM') {
  child.told = true;
  child.kill(signal);
  await child.ended;
}

export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Waits until `condition` gives something true, and gives that; not for a server that has ended. */
export async function until(what, condition, server) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (server.exitCode !== null) throw new Error(`it ended: ${what}`);
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export function accepts(address) {
  return new Promise((done) => {
    const socket = net.connect(address);
    socket.once('connect', () => { socket.destroy(); done(true); });
    socket.once('error', () => done(false));
  });
}

/** One request on a connection of its own; gives the answer with the number of bytes of its head. */
export function request(port, target, headers) {
  return new Promise((done, failed) => {
    const sent = http.request({ port, host: '127.0.0.1', path: target, agent: false, setDefaultHeaders: false, headers }, (answer) => {
      answer.resume().once('end', () => done({ status: answer.statusCode, headers: answer.headers, headBytes: headBytes(answer) }));
    });
    sent.once('error', failed);
    sent.end();
  });
}

function headBytes(answer) {
  const line = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n`;
  return line.length + answer.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0) + 2;
}

/** The processes that a process has started. */
export function childrenOf(pid) {
  return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Seconds of CPU that the processes have used so far, all threads, user and system. */
export function cpuSeconds(pids) {
  const ticks = (pid) => {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');  // the name in parentheses may hold anything
    return Number(fields[11]) + Number(fields[12]);
  };
  return pids.reduce((sum, pid) => sum + ticks(pid), 0) / TICKS_PER_SECOND;
}
