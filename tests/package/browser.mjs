// Serves a folder on loopback and opens it in a real browser.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const OPTIONS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

async function answer(folder, request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const name = pathname === '/' ? 'index.html' : decodeURIComponent(pathname).replaceAll('..', '');
  try {
    const body = await readFile(join(folder, name));
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

const serve = (folder) => new Promise((done) => {
  const server = createServer((request, response) => { void answer(folder, request, response); });
  server.listen(0, '127.0.0.1', () => done(server));
});

/** What the element that `selector` finds says once it says anything; errors of the page are thrown. */
export async function readPage(folder, query, selector) {
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: OPTIONS });
  try {
    const page = await browser.newPage();
    const failed = new Promise((_, fail) => { page.once('pageerror', fail); });
    await page.goto(`http://127.0.0.1:${server.address().port}/${query}`);
    const said = page.locator(`${selector}:not(:empty)`).textContent({ timeout: 15_000 });
    return await Promise.race([said, failed]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
