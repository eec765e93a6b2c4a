// script/bench edge: every contender on one core, the load on the other, round by round.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders.mjs';
import { NUM_LINKS, links } from './links.mjs';
import { pace, saturate } from './load.mjs';
import { modelAnswer } from './model.mjs';
import { BIN, MODULE, WORK } from './paths.mjs';
import { endAll } from './processes.mjs';
import { print, rows } from './report.mjs';
import { median } from './statistics.mjs';
import { someLinks } from './visit.mjs';

// The rate at which latency is told: half of what this contender takes. Who is measured against it gets the same load.
const PACED_BY = {
  'redirect zipf': 'nginx return 302', 'redirect uniform': 'nginx return 302', 'redirect logged': 'nginx return 302',
  worker: 'workerd plain js', 'workerd empty': 'workerd plain js',
};

const USAGE = `Usage: script/bench edge [--json] [--rounds N] [--seconds N] [--only name,name]
Needs root (nginx runs its worker as www-data) and two cores. Names: ${CONTENDERS.map(({ name }) => name).join(', ')}`;

function readOptions() {
  const { values } = parseArgs({ options: {
    json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '21' }, seconds: { type: 'string', default: '0.5' }, only: { type: 'string' },
  } });
  const wanted = values.only?.split(',');
  const unknown = wanted?.find((name) => !CONTENDERS.some((contender) => contender.name === name));
  if (values.help || unknown) throw new Error(unknown ? `no contender is called "${unknown}"\n${USAGE}` : USAGE);
  return { json: values.json, rounds: Number(values.rounds), seconds: Number(values.seconds),
    contenders: CONTENDERS.filter(({ name }) => !wanted || wanted.includes(name)) };
}

async function startAll(contenders, directory, given) {
  const started = [];
  for (const contender of contenders) {
    const server = await contender.start(path.join(directory, contender.name.replaceAll(' ', '-')), given);
    server.name = contender.name;
    await contender.check(server.port, given).catch((error) => {
      throw new Error(`${contender.name} does not do the work: ${error.message}`);
    });
    started.push({ ...contender, server, rounds: [] });
  }
  return started;
}

// Who starts changes from round to round.
function inTurn(list, round) {
  const shift = round % list.length;
  return [...list.slice(shift), ...list.slice(0, shift)];
}

const WARM_UP_SECONDS = 4;

// Compilers of JavaScript have compiled and caches are filled before anything is measured: the module's memory is full when each link
// was asked for once.
async function warmUp(started, given) {
  for (const { clicks, server } of started) {
    const { rate } = await saturate(server, given.clicks[clicks], WARM_UP_SECONDS);
    if (server.hasMemory) await saturate(server, given.clicks.uniform, Math.ceil(NUM_LINKS / rate), { first: 0 });
    server.tidy?.();
  }
}

async function runRound(started, round, seconds, given) {
  const now = new Map();
  for (const { name, clicks, times = 1, server } of inTurn(started, round)) {
    now.set(name, await saturate(server, given.clicks[clicks], seconds * times));
    server.tidy?.();
  }
  for (const { name, clicks, server } of inTurn(started, round)) {
    const full = (now.get(PACED_BY[name]) ?? now.get(name)).rate;
    const { p50, p99 } = await pace(server, given.clicks[clicks], seconds, full / 2);
    Object.assign(now.get(name), { pacedP50: p50, pacedP99: p99 });
    server.tidy?.();
  }
  for (const contender of started) contender.rounds.push(now.get(contender.name));
}

// A server that idles was not measured: the load was.
function warnOfIdle(started) {
  for (const { name, rounds } of started) {
    const busy = median(rounds.map((round) => round.busy));
    if (busy < 0.9) process.stderr.write(`${name}: only ${(busy * 100).toFixed(0)} % of its core was used: trust CPU/request, not requests/s\n`);
  }
}

async function main() {
  const options = readOptions();
  const given = { ...await links() };
  given.samples = someLinks(given.json);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'refedge-bench-'));
  fs.chmodSync(directory, 0o755);
  let started = [];
  try {
    given.model = await modelAnswer(path.join(directory, 'model'), given);
    started = await startAll(options.contenders, directory, given);
    await warmUp(started, given);
    for (let round = 0; round < options.rounds; round += 1) await runRound(started, round, options.seconds, given);
    for (const { server } of started) server.checkAfter?.();
  } finally {
    for (const { server } of started) await server.stop();
    endAll();
    fs.rmSync(directory, { recursive: true, force: true });
  }
  warnOfIdle(started);
  const results = new Map(started.map(({ name, rounds }) => [name, rounds]));
  if (options.json) console.log(JSON.stringify(rows(results), null, 1));
  else print(results, options);
}

process.once('SIGINT', () => { endAll(); process.exit(130); });
await main();
