// The links and clicks that every contender serves: made once, the same on every machine, kept in build/bench/edge.
import { spawn } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { BIN, WORK } from './paths.mjs';

export const NUM_LINKS = 1_000_000;
export const MARKET = '00112233-4455-6677-8899-aabbccddeeff';
export const AUTH_TOKEN = 'fd7cf959-8a3d-431e-975b-b5d3f36aa710';
export const COOKIE_KEY = Buffer.alloc(32, 'k');
export const KEY_ID = 'b';
export const CODE_LENGTH = 13;

const CODE_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const VERSION = 1;  // of what this file makes: raise it to have it made anew

/** Numbers from 0 to below 1 that look random and are the same in every run (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function makeCodes() {
  const next = numbers(1);
  const code = () => Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[Math.floor(next() * 32)]).join('');
  return Array.from({ length: NUM_LINKS }, code);
}

/** What the origin publishes: see docs/protocol.md#bp_e. */
function locationOf(code, index) {
  const cipher = createCipheriv('aes-256-ecb', AUTH_TOKEN.slice(0, 32), null);
  const said = JSON.stringify({ referral_count: index % 10, email: `jane.doe.${index}@example.com`, first_name: 'Jane', last_name: 'Doe' });
  const bpE = cipher.update(said, 'utf8', 'base64') + cipher.final('base64');
  return `https://www.shop.example/welcome?ref=${code}&bp_e=${encodeURIComponent(bpE)}`;
}

/** Every code once, in an order that no cache can guess. */
function uniformClicks(codes) {
  const next = numbers(2);
  const clicks = [...codes];
  for (let i = clicks.length - 1; i > 0; i -= 1) {
    const other = Math.floor(next() * (i + 1));
    [clicks[i], clicks[other]] = [clicks[other], clicks[i]];
  }
  return clicks;
}

/** As many clicks as there are links, by Zipf's law with exponent 1: the link of rank k is clicked 1/k as often as the first. */
function zipfClicks(codes) {
  const next = numbers(3);
  const upTo = new Float64Array(codes.length);
  let sum = 0;
  for (let i = 0; i < codes.length; i += 1) upTo[i] = (sum += 1 / (i + 1));
  const draw = () => {
    const wanted = next() * sum;
    let low = 0;
    for (let high = codes.length - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (upTo[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return codes[low];
  };
  return Array.from(codes, draw);
}

async function writeLines(stream, lines) {
  let block = [];
  for (const line of lines) {
    if (block.push(line) < 4096) continue;
    if (!stream.write(`${block.join('\n')}\n`)) await once(stream, 'drain');
    block = [];
  }
  stream.end(block.length ? `${block.join('\n')}\n` : '');
}

function* linkLines(codes) {
  for (const [index, code] of codes.entries()) yield JSON.stringify({ code, market_id: MARKET, location: locationOf(code, index) });
}

async function makeTable(jsonLines, directory) {
  const tool = spawn(path.join(BIN, 'refedge_linktool'), [directory, '--batch'], { stdio: [fs.openSync(jsonLines, 'r'), 'inherit', 'inherit'] });
  const [code] = await once(tool, 'exit');
  if (code !== 0) throw new Error('refedge_linktool failed');
}

/** Gives the paths: table (LMDB), json (a link a line), clicks.zipf and clicks.uniform (a code a line, all of CODE_LENGTH). */
export async function links() {
  const directory = path.join(WORK, `links-${VERSION}`);
  const files = {
    table: path.join(directory, 'table'), json: path.join(directory, 'links.jsonl'),
    clicks: { zipf: path.join(directory, 'zipf.txt'), uniform: path.join(directory, 'uniform.txt') },
  };
  if (fs.existsSync(directory)) return files;

  process.stderr.write('Making a million links, once...\n');
  const unfinished = `${directory}.new`;
  const at = (file) => path.join(unfinished, path.basename(file));
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.mkdirSync(unfinished, { recursive: true });
  const codes = makeCodes();
  const json = fs.createWriteStream(at(files.json));
  await Promise.all([writeLines(json, linkLines(codes)), once(json, 'finish')]);
  fs.writeFileSync(at(files.clicks.zipf), `${zipfClicks(codes).join('\n')}\n`);
  fs.writeFileSync(at(files.clicks.uniform), `${uniformClicks(codes).join('\n')}\n`);
  await makeTable(at(files.json), at(files.table));
  fs.renameSync(unfinished, directory);
  return files;
}
