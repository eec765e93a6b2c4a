// The same visit as somebody writes it for a worker without refedge: plain JavaScript, nothing left out that ours does.
import crawlers from 'crawler-user-agents';
import { makeSigner } from './plain_hmac.mjs';
import { readLinks } from './links.mjs';

const BOT = new RegExp(crawlers.map(({ pattern }) => pattern).join('|'));
const PREFETCH = /prefetch|prerender|preview/i;
const MAX_AGE = 400 * 86400;
const BATCH = 500;
const BATCH_WAIT_MS = 500;

let links;
let sign;
const start = async (env) => {
  sign = makeSigner(Uint8Array.from(atob(env.COOKIE_KEY), (c) => c.charCodeAt(0)));
  links = await readLinks(env);
};

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const random = new Uint8Array(4000);
let used = random.length;
const clickId = (now) => {
  if (used + 10 > random.length) { crypto.getRandomValues(random); used = 0; }
  const at = used;
  used += 10;
  const time = now.toString(16).padStart(12, '0');
  const r = (i) => hex[random[at + i]];
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex[random[at] & 15 | 0x70]}${r(1)}-${hex[random[at + 2] & 63 | 0x80]}${r(3)}-${r(4)}${r(5)}${r(6)}${r(7)}${r(8)}${r(9)}`;
};

const verdictOf = (method, headers) => {
  if (method === 'HEAD') return 'head';
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-purpose') ?? headers.get('x-moz');
  if (purpose !== null && PREFETCH.test(purpose)) return 'prefetch';
  const agent = headers.get('user-agent');
  return agent === null || BOT.test(agent) ? 'bot' : 'human';
};

let waiting = [];
const flush = async (env) => {
  const clicks = waiting;
  waiting = [];
  if (clicks.length === 0) return;
  await env.origin.fetch('http://origin/edge/clicks', { method: 'POST', body: JSON.stringify({ clicks }),
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${env.REFEDGE_EDGE_TOKEN}` } });
};
const record = (click, env, context) => {
  waiting.push(click);
  if (waiting.length >= BATCH) context.waitUntil(flush(env));
  else if (waiting.length === 1) context.waitUntil(new Promise((done) => setTimeout(done, BATCH_WAIT_MS)).then(() => flush(env)));
};

// What the visitor's utm_* add to the link's own parameters.
const destination = (location, query) => {
  if (query === '') return location;
  const url = new URL(location);
  for (const [name, value] of new URLSearchParams(query)) {
    if (name.startsWith('utm_') && !url.searchParams.has(name)) url.searchParams.append(name, value);
  }
  return url.href;
};

// The click that the visitor's cookie remembers, when its tag holds and it is of this link and of the last half hour.
const rememberedClick = (header, code, seconds, keyId) => {
  const value = /(?:^|; *)_refedge=([^;]*)/.exec(header)?.[1];
  if (value === undefined) return undefined;
  const [said, tag] = [value.slice(0, value.lastIndexOf('.')), value.slice(value.lastIndexOf('.') + 1)];
  const [, knownCode, id, at] = said.split('.');
  return tag === keyId + sign(said) && knownCode === code && seconds - Number(at) < 1800 ? id : undefined;
};

const answer = (request, env, context) => {
  const { url, method, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const link = links.get(path.slice(path.lastIndexOf('/') + 1));
  const now = Date.now();
  const seconds = Math.floor(now / 1000);
  if (link === undefined || !link.active || (link.expires_at !== 0 && seconds >= link.expires_at)) return new Response('unknown link', { status: 404 });
  const verdict = verdictOf(method, headers);
  const maySet = verdict === 'human' && headers.get('sec-gpc') !== '1';
  const cookies = maySet ? headers.get('cookie') : null;
  const known = cookies === null ? undefined : rememberedClick(cookies, link.code, seconds, env.KEY_ID);
  const id = known ?? clickId(now);
  record({ click_id: id, code: link.code, market_id: link.market_id, at_ms: now, verdict }, env, context);
  const answered = {
    Location: destination(link.location, queryAt < 0 ? '' : url.slice(queryAt + 1)),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Robots-Tag': 'noindex',
  };
  if (maySet && known === undefined) {
    const said = `1.${link.code}.${id}.${seconds}`;
    answered['Set-Cookie'] = `_refedge=${said}.${env.KEY_ID}${sign(said)}; Max-Age=${MAX_AGE}; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax`;
  }
  return new Response(null, { status: 302, headers: answered });
};

export default {
  fetch(request, env, context) {
    return links !== undefined ? answer(request, env, context) : start(env).then(() => answer(request, env, context));
  },
};
