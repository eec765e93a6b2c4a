// script/bench links: a table of ten million links: loaded, looked up, and changed while nginx redirects from it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ask } from '../edge/load.mjs';
import { startModule } from '../edge/nginx.mjs';
import { BIN, BUILD } from '../edge/paths.mjs';
import { endAll } from '../edge/processes.mjs';

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false }, links: { type: 'string', default: '10000000' } } });
const LINKS = Number(options.links);
const MORE = 50_000;
const SECONDS = 15;
const BENCH = path.join(BIN, 'refedge_links_bench');
const HEADERS = 'Host: www.shop.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n';
const work = path.join(BUILD, 'bench/links');
const table = path.join(work, 'table');
const rows = [];

function row(name, value, unit) {
  rows.push({ name, value, unit });
  if (!options.json) process.stdout.write(`${name.padEnd(44)} ${String(value).padStart(12)} ${unit}\n`);
}

const bench = (...args) => JSON.parse(execFileSync(BENCH, [table, ...args.map(String)], { encoding: 'utf8' }));
const round = (value, digits = 0) => Number(value.toFixed(digits));

/** Megabytes of a process by what kind they are: its own, and its share of the table that the page cache holds anyway. */
function memory(pid) {
  const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)[1]);
  return { own: round(kilobytes('Private_Dirty') / 1024, 1), mapped: round(kilobytes('Rss') / 1024, 1) };
}

/** Visits to random links as fast as they are answered. */
function visit(port, codes) {
  return ask({ port, codes, first: 0, headers: HEADERS, seconds: SECONDS, connections: 32 });
}

async function updateInBackground(updates, atOnce) {
  const child = spawn(BENCH, [table, 'update', String(LINKS), String(updates), String(atOnce)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('the update failed');
  return JSON.parse(output);
}

async function locationOf(port, code) {
  const answer = await fetch(`http://127.0.0.1:${port}/r/${code}`, { redirect: 'manual' });
  return answer.headers.get('location');
}

function reportLoad() {
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(work, { recursive: true });
  const filled = bench('fill', LINKS);
  row(`load ${LINKS} links in the order of their codes`, round(filled.seconds, 1), 's');
  const added = bench('add', LINKS, MORE);
  row('add links in no order, 1000 a transaction', round(MORE / added.seconds), 'links/s');
  row('table on disk', round(fs.statSync(path.join(table, 'data.mdb')).size / 2 ** 20), 'MiB');
  const found = bench('lookup', LINKS, 1_000_000);
  row('lookup of a random link, first', found.first_ns, 'ns');
  row('lookup of a random link, again', found.warm_ns, 'ns');
}

async function reportRedirects(server, codes) {
  const before = await visit(server.port, codes);
  row('redirects of random links', round(before.requests / before.seconds), 'req/s');
  row('p99', before.p99, 'us');
  for (const [updates, atOnce] of [[2000, 1], [100_000, 1000]]) {
    const [during, changed] = await Promise.all([visit(server.port, codes), updateInBackground(updates, atOnce)]);
    const what = `changing ${atOnce} at a time`;
    row(`redirects while ${what}`, round(during.requests / during.seconds), 'req/s');
    row(`p99 while ${what}`, during.p99, 'us');
    row(`failed while ${what}`, during.errors, 'requests');
    row(`a transaction of ${atOnce}, median`, changed.median_ms, 'ms');
    if (during.errors > 0) throw new Error('redirects failed');
    if (!/&v=(?!100$)\d{3}$/.test(await locationOf(server.port, changed.last))) throw new Error('a changed link is not served');
  }
}

async function main() {
  reportLoad();
  const codes = path.join(work, 'codes.txt');
  fs.writeFileSync(codes, execFileSync(BENCH, [table, 'codes', String(LINKS), '1000000'], { maxBuffer: 2 ** 26 }));
  const server = await startModule(path.join(work, 'nginx'), { table }, { memory: '128m' });
  await reportRedirects(server, codes);
  const used = memory(server.pids[0]);
  row('a worker\'s own memory', used.own, 'MiB');
  row('a worker\'s memory with the table\'s pages', used.mapped, 'MiB');
  server.checkAfter();
  await server.stop();
  fs.rmSync(work, { recursive: true, force: true });
  if (options.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
}

process.once('SIGINT', () => { endAll(); process.exit(130); });
await main().catch((error) => { endAll(); process.stderr.write(`${error.stack}\n`); process.exit(1); });
