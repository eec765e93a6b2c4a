// A visit as somebody decides it without refedge, in plain JavaScript, with nothing left out that ours does: the Node service and the
// plain worker share it.
import crawlers from 'crawler-user-agents';

/** What the user agents of bots match. */
export const BOT_PATTERN = crawlers.map(({ pattern }) => pattern).join('|');

const BOT = new RegExp(BOT_PATTERN);
const PREFETCH = /prefetch|prerender|preview/i;
const MAX_AGE = 400 * 86400;

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

const verdictOf = (method, header) => {
  if (method === 'HEAD') return 'head';
  const purpose = header('sec-purpose') ?? header('purpose') ?? header('x-purpose') ?? header('x-moz');
  if (purpose !== undefined && PREFETCH.test(purpose)) return 'prefetch';
  const agent = header('user-agent');
  return agent === undefined || BOT.test(agent) ? 'bot' : 'human';
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
const rememberedClick = (cookies, code, seconds, { keyId, sign }) => {
  const value = /(?:^|; *)_refedge=([^;]*)/.exec(cookies)?.[1];
  if (value === undefined) return undefined;
  const [said, tag] = [value.slice(0, value.lastIndexOf('.')), value.slice(value.lastIndexOf('.') + 1)];
  const [, knownCode, id, at] = said.split('.');
  return tag === keyId + sign(said) && knownCode === code && seconds - Number(at) < 1800 ? id : undefined;
};

/**
 * What a visit is answered: {status, headers, click}, the click to be kept, if there is one. `header` gives a header's value by its
 * name, undefined when it is absent; `key` is {keyId, sign}.
 */
export const visit = ({ method, path, query, header }, links, key) => {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD' } };
  const link = links.get(path.slice(path.lastIndexOf('/') + 1));
  const now = Date.now();
  const seconds = Math.floor(now / 1000);
  if (link === undefined || !link.active || (link.expires_at !== 0 && seconds >= link.expires_at)) return { status: 404, headers: {} };
  const verdict = verdictOf(method, header);
  const maySet = verdict === 'human' && header('sec-gpc') !== '1';
  const cookies = maySet ? header('cookie') : undefined;
  const known = cookies === undefined ? undefined : rememberedClick(cookies, link.code, seconds, key);
  const id = known ?? clickId(now);
  const headers = {
    Location: destination(link.location, query),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Robots-Tag': 'noindex',
  };
  if (maySet && known === undefined) {
    const said = `1.${link.code}.${id}.${seconds}`;
    headers['Set-Cookie'] = `_refedge=${said}.${key.keyId}${key.sign(said)}; Max-Age=${MAX_AGE}; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax`;
  }
  return { status: 302, headers, click: { click_id: id, code: link.code, market_id: link.market_id, at_ms: now, verdict } };
};
