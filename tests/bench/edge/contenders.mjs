// Who takes part: how each is started. A started contender is {port, pids, stop(), tidy?(), checkAfter?()}.
import fs from 'node:fs';
import path from 'node:path';
import { startClickSink } from './click_sink.mjs';
import { COOKIE_KEY, KEY_ID, MARKET } from './links.mjs';
import { startLua, startModule, startReturn302 } from './nginx.mjs';
import { HERE } from './paths.mjs';
import { accepts, freePort, startServer, stopServer, until } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { checkConstant, checkHead, checkRedirect } from './visit.mjs';
import { WORKERD, writeWorker } from './workerd.mjs';

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

async function startWorker(directory, name, bindings, { json }) {
  const sink = await startClickSink();
  const port = await freePort();
  const config = await writeWorker(directory, name, { port, json, originPort: sink.port,
    bindings: { ...bindings, refedge_origin: `http://127.0.0.1:${sink.port}`, REFEDGE_EDGE_TOKEN: 'bench' } });
  const child = startServer(WORKERD, ['serve', config]);
  await until('workerd listens', () => accepts({ port, host: '127.0.0.1' }), child);
  return { port, pids: [child.pid], async stop() { await stopServer(child); await sink.stop(); } };
}

const startOurWorker = (directory, given) => startWorker(directory, 'refedge',
  { refedge_cookie: 'domain=shop.example', refedge_keys: `${MARKET} ${KEY_ID} ${COOKIE_KEY.toString('base64')}` }, given);
const startPlainWorker = (directory, given) => startWorker(directory, 'plain',
  { COOKIE_KEY: COOKIE_KEY.toString('base64'), KEY_ID }, given);
const startEmptyWorker = (directory, given) => startWorker(directory, 'empty',
  { LOCATION: given.model.location, COOKIE: given.model.cookie }, given);

const doesTheWork = (port, { samples }) => checkRedirect(port, samples);

// A garbage collection of workerd's takes a tenth of a second, once or twice a second: a round of half of one has it or not.
const SEVERAL_COLLECTIONS = 4;

/** In the order in which they run. `clicks` says which codes; `check` proves that the work is done; `times` as long as others it is measured. */
export const CONTENDERS = [
  { name: 'nginx return 302', clicks: 'zipf', start: (directory, { model }) => startReturn302(directory, model),
    check: (port, { samples, model }) => checkHead(port, samples[0], model.headBytes) },
  { name: 'redirect zipf', clicks: 'zipf', start: startModule, check: doesTheWork },
  { name: 'redirect uniform', clicks: 'uniform', start: startModule, check: doesTheWork },
  { name: 'redirect logged', clicks: 'zipf', start: (directory, given) => startModule(directory, given, { isLogged: true }), check: doesTheWork },
  { name: 'nginx lua redis', clicks: 'zipf', start: startLuaWithRedis, check: doesTheWork },
  { name: 'node', clicks: 'zipf', start: startNode, check: doesTheWork },
  { name: 'workerd empty', clicks: 'zipf', times: SEVERAL_COLLECTIONS, start: startEmptyWorker,
    check: (port, { samples, model }) => checkConstant(port, samples[0], model) },
  { name: 'workerd plain js', clicks: 'zipf', times: SEVERAL_COLLECTIONS, start: startPlainWorker, check: doesTheWork },
  { name: 'worker', clicks: 'zipf', times: SEVERAL_COLLECTIONS, start: startOurWorker, check: doesTheWork },
];
