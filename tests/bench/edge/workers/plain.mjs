// The same visit as somebody writes it for a worker without refedge.
import { visit } from '../plain_visit.mjs';
import { readLinks } from './links.mjs';
import { makeSigner } from './plain_hmac.mjs';

const BATCH = 500;
const BATCH_WAIT_MS = 500;

let links;
let key;
const start = async (env) => {
  key = { keyId: env.KEY_ID, sign: makeSigner(Uint8Array.from(atob(env.COOKIE_KEY), (c) => c.charCodeAt(0))) };
  links = await readLinks(env);
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

const answer = ({ url, method, headers: given }, env, context) => {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const query = queryAt < 0 ? '' : url.slice(queryAt + 1);
  const { status, headers, click } = visit({ method, path, query, header: (name) => given.get(name) ?? undefined }, links, key);
  if (click !== undefined) record(click, env, context);
  return new Response(null, { status, headers });
};

export default {
  fetch(request, env, context) {
    return links !== undefined ? answer(request, env, context) : start(env).then(() => answer(request, env, context));
  },
};
