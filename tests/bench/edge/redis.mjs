// Redis with a million links, on a socket of its own, kept in memory alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { accepts, startServer, stopServer, until } from './processes.mjs';

function bulk(text) { return `$${Buffer.byteLength(text)}\r\n${text}\r\n`; }

async function fill(socket, json) {
  const pipe = spawn('redis-cli', ['-s', socket, '--pipe'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(pipe, 'exit');
  let block = '';
  for await (const line of readline.createInterface({ input: fs.createReadStream(json) })) {
    const { code, location } = JSON.parse(line);
    block += `*3\r\n${bulk('SET')}${bulk(code)}${bulk(location)}`;
    if (block.length < 1 << 16) continue;
    if (!pipe.stdin.write(block)) await once(pipe.stdin, 'drain');
    block = '';
  }
  pipe.stdin.end(block);
  const [code] = await ended;
  if (code !== 0) throw new Error('redis-cli could not load the links');
}

export async function startRedis(directory, json) {
  fs.mkdirSync(directory, { recursive: true });
  const socket = path.join(directory, 'socket');
  const child = startServer('redis-server', ['--port', '0', '--unixsocket', socket, '--unixsocketperm', '777', '--save', '',
    '--appendonly', 'no', '--dir', directory]);
  await until('redis listens', () => accepts({ path: socket }), child);
  await fill(socket, json);
  return { socket, pid: child.pid, stop: () => stopServer(child) };
}
