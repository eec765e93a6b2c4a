// Who takes part: how each is started. A started contender is {port, pids, stop(), tidy?(), checkAfter?()}.
import fs from 'node:fs';
import path from 'node:path';
import { COOKIE_KEY, KEY_ID } from './links.mjs';
import { startLua, startModule, startReturn302 } from './nginx.mjs';
import { HERE } from './paths.mjs';
import { accepts, freePort, startServer, stopServer, until } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { checkHead, checkRedirect } from './visit.mjs';

async function startNode(directory, { json }) {
  fs.mkdirSync(directory, { recursive: true });
  const clicks = path.join(directory, 'clicks');
  const port = await freePort();
  const child = startServer(process.execPath, ['--max-old-space-size=4096', path.join(HERE, 'node_redirector.mjs'), json, clicks],
    { env: { ...process.env, COOKIE_KEY: COOKIE_KEY.toString('base64'), KEY_ID, PORT: String(port) } });
  await until('node has read the links', () => accepts({ port, host: '127.0.0.1' }), child);
  return { port, pids: [child.pid], tidy: () => fs.truncateSync(clicks), stop: () => stopServer(child) };
}

async function startLuaWithRedis(directory, { json }) {
  const redis = await startRedis(path.join(directory, 'redis'), json);
  const nginx = await startLua(directory, { socket: redis.socket });
  return { ...nginx, pids: [...nginx.pids, redis.pid], async stop() { await nginx.stop(); await redis.stop(); } };
}

/** In the order in which they run. `clicks` says which codes; `check` proves that the work is done. */
export const CONTENDERS = [
  { name: 'nginx return 302', clicks: 'zipf', start: (directory, { model }) => startReturn302(directory, model),
    check: (port, { samples, model }) => checkHead(port, samples[0], model.headBytes) },
  { name: 'redirect zipf', clicks: 'zipf', start: startModule, check: (port, { samples }) => checkRedirect(port, samples) },
  { name: 'redirect uniform', clicks: 'uniform', start: startModule, check: (port, { samples }) => checkRedirect(port, samples) },
  { name: 'nginx lua redis', clicks: 'zipf', start: startLuaWithRedis, check: (port, { samples }) => checkRedirect(port, samples) },
  { name: 'node', clicks: 'zipf', start: startNode, check: (port, { samples }) => checkRedirect(port, samples) },
];
