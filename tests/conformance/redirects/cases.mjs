// The cases of visits at the edge: one set of files, run against nginx with the module and against the worker in workerd.
// README.md says what a case may hold.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { KEY, OLD_KEY, OTHER_KEY, signCookie } from '../../nginx/harness.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const KEYS = { current: [KEY, 'b'], old: [OLD_KEY, 'a'], other: [OTHER_KEY, 'b'], forged: [Buffer.alloc(32, 'f'), 'b'] };
export const MIN_CASES = 80;

const read = (name) => JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'));

/** The bodies that a case calls by name. */
export const BODIES = read('bodies.json');

/** The groups: {name, settings, cases}. The settings are directives of nginx, and variables of the worker. */
export const GROUPS = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !['bodies.json', 'links.json'].includes(name)).sort()
  .map((name) => ({ name: name.replace('.json', ''), ...read(name) }));

export const NUM_CASES = GROUPS.reduce((sum, { cases }) => sum + cases.length, 0);

/** The links that all groups have; times are counted from now. */
export const links = (now) => read('links.json').map(({ expires_in: expiresIn, ...link }) =>
  (expiresIn === undefined ? link : { ...link, expires_at: now + expiresIn }));

// {signed <code> <age in seconds> [key [click id]]}, {repeat <n> <text>}
const MACROS = {
  signed: (now, code, age, key = 'current', clickId = CLICK) => signCookie(code, clickId === '-' ? '' : clickId, now - Number(age), ...KEYS[key]),
  unsigned: (now, code, age) => `1.${code}..${now - Number(age)}`,
  repeat: (_now, count, text) => text.repeat(Number(count)),
};

const expand = (text, now) => text.replaceAll(/\{(\w+) ([^{}]*)\}/g, (_whole, name, words) => MACROS[name](now, ...words.split(' ')));

/** The request of a case, with what its macros stand for now. */
export const requestOf = ({ request }, now) => {
  const { method = 'GET', target, headers = {}, body } = request;
  const expanded = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.map((one) => expand(one, now)) : expand(value, now)]);
  return { method, target: expand(target, now), headers: Object.fromEntries(expanded), body };
};

const OURS = ['location', 'set-cookie', 'cache-control', 'referrer-policy', 'x-robots-tag', 'allow', 'retry-after'];
const OF_BODY = ['content-type', 'content-length'];
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

// What differs from visit to visit is checked, and then stands as its name: the rest is compared byte by byte.
const normalCookie = (header, now, seen) => {
  const match = /^([^=]+)=1\.([^.;]*)\.([^.;]*)\.(\d+)(?:\.([^.;]+))?;/.exec(header);
  if (match === null) return header;
  const [, , code, clickId, seconds, tag] = match;
  assert.ok(Math.abs(Number(seconds) - now) <= 5, `${header}: the time is now`);
  if (clickId !== '') assert.match(clickId, UUID7);
  const key = Object.keys(KEYS).find((name) => tag !== undefined && signCookie(code, clickId, seconds, ...KEYS[name]).endsWith(`.${tag}`));
  assert.ok(tag === undefined || key !== undefined, `${header}: the tag holds`);
  seen.clickId = clickId;
  return header.replace(`.${clickId}.${seconds}${tag === undefined ? '' : `.${tag}`};`,
    `.${clickId === '' ? '' : '<click id>'}.<now>${tag === undefined ? '' : `.<${key}>`};`);
};

const answerLines = (answer, withBody, now, seen) => {
  const names = withBody ? [...OURS, ...OF_BODY] : OURS;
  const pairs = answer.raw.flatMap((name, i) => (i % 2 === 0 ? [[name, answer.raw[i + 1]]] : []));
  return pairs.filter(([name]) => names.includes(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${/^set-cookie$/i.test(name) ? normalCookie(value, now, seen) : value}`).sort();
};

const expectedLines = ({ headers = [], body }) => {
  if (body === undefined) return [...headers].sort();
  const length = Buffer.byteLength(bodyOf(body));
  return [...headers, `Content-Length: ${length}`, ...(length === 0 ? [] : ['Content-Type: text/html; charset=utf-8'])].sort();
};

const bodyOf = (body) => (body.startsWith('@') ? BODIES[body.slice(1)] ?? assert.fail(`bodies.json has no ${body}`) : body);

/** Compares an answer and the click that was recorded, or undefined, with what the case expects. */
export const check = ({ request, expect }, answer, click, now) => {
  const seen = {};
  assert.equal(answer.status, expect.status);
  assert.deepEqual(answerLines(answer, expect.body !== undefined, now, seen), expectedLines(expect));
  if (expect.body !== undefined) assert.equal(answer.body, request.method === 'HEAD' ? '' : bodyOf(expect.body));
  if (expect.click === undefined) return assert.equal(click, undefined);
  assert.deepEqual({ code: click?.code, verdict: click?.verdict, market_id: click?.market_id }, { market_id: '00112233-4455-6677-8899-aabbccddeeff', ...expect.click });
  assert.match(click.click_id, UUID7);
  assert.ok(Math.abs(click.at_ms / 1000 - now) <= 5);
  assert.equal(Number.parseInt(click.click_id.replace('-', '').slice(0, 12), 16), click.at_ms);
  if (seen.clickId) assert.equal(click.click_id, seen.clickId);
};
