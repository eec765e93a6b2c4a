// A real origin on loopback with one market and one campaign, in a folder of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ready, start, stop } from '../../script/lib/demo/children.mjs';

const BUILD = process.env.REFEDGE_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));
const PROGRAM = join(BUILD, 'bin/refedge');

const freePort = () => new Promise((done, fail) => {
  const server = createServer().once('error', fail);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

const command = (...args) => execFileSync(PROGRAM, args, { encoding: 'utf8' });

/** Starts it; {url, campaign, market: {market_id, auth_token, secret_key, slug}, keys, stop}. */
export async function startOrigin() {
  const folder = mkdtempSync(join(tmpdir(), 'refedge-clients-'));
  const db = join(folder, 'origin.db');
  const campaign = 'refer-a-friend';
  const market = JSON.parse(command('market', 'create', '--db', db, '--slug', 'demo', '--domain', 'bp.shop.example',
    '--currency', 'GBP', '--locale', 'en', '--require-signed-track'));
  command('campaign', 'create', '--db', db, '--market', 'demo', '--slug', campaign, '--name', 'Refer a friend',
    '--destination', 'https://shop.example/', '--page-url', 'https://shop.example/refer-a-friend');
  const keys = command('market', 'keys', '--db', db);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const origin = start({
    name: 'origin', file: PROGRAM, args: ['origin', '--db', db, '--listen', `127.0.0.1:${port}`],
    env: { REFEDGE_EDGE_TOKEN: 'e'.repeat(64) }, log: join(folder, 'origin.log'),
  });
  await ready(origin, async () => (await fetch(url)).status > 0);
  return {
    url, campaign, market, keys,
    stop: async () => {
      await stop(origin);
      rmSync(folder, { recursive: true });
    },
  };
}
