// A referral on its way to another domain: the token that POST /handoff gives, and what becomes of one in a page's address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  HUMAN, KEY, KEYS_FILE, MARKET, OLD_KEY, OTHER_KEY, OTHER_MARKET, badHandoffs, request, setCookie, signCookie, signHandoff,
} from '../nginx/harness.mjs';
import { startWorker } from './harness.mjs';
import { startOrigin } from './origin.mjs';

const CLICK = '0190f1c4-8a9b-7c3d-8e4f-0123456789ab';
const PAGE = { Host: 'bp.shop.example', Origin: 'https://www.shop.example' };
const link = (code, more = {}) => ({ code, market_id: MARKET, location: 'https://shop.example/', expires_at: 0, active: true, ...more });
const seconds = () => Math.floor(Date.now() / 1000);

let shop;
const workers = {};
before(async () => {
  shop = await startOrigin();
  const bindings = { refedge_upstream: `http://127.0.0.1:${shop.port}`, refedge_origin: 'http://127.0.0.1:1', REFEDGE_EDGE_TOKEN: 'token', refedge_keys: KEYS_FILE,
    refedge_cookie: 'domain=shop.example', refedge_status: '/status' };
  const links = [link('good'), link('other', { market_id: OTHER_MARKET }), link('withdrawn', { active: false }), link('blocked', { blocked: true }),
    link('expired', { expires_at: 1 }), link('keyless', { market_id: '99999999-9999-4999-8999-999999999999' })];
  workers.on = await startWorker({ bindings: { ...bindings, refedge_capture: 'on' }, links });
  workers.off = await startWorker({ bindings: { ...bindings, refedge_handoff: 'off' }, links });
});
after(async () => {
  for (const worker of Object.values(workers)) await worker.stop();
  await shop?.stop();
});

const ask = (cookie, headers = PAGE, method = 'POST', worker = workers.on) =>
  request(worker.port, '/handoff', { ...headers, ...(cookie === '' ? {} : { Cookie: cookie }) }, method);
const tokenOf = async (...asked) => JSON.parse((await ask(...asked)).body).handoff;

test('a cookie whose tag holds becomes a token, under the key that the market signs with', async () => {
  for (const [cookie, key] of [[signCookie('good', CLICK, 1718000000), KEY], [signCookie('good', CLICK, 1718000000, OLD_KEY, 'a'), KEY],
    [signCookie('other', '', 1718000000, OTHER_KEY), OTHER_KEY]]) {
    const token = await tokenOf(`a=b; _refedge=${cookie}`);
    const issued = Number(token.split('.')[1]);
    assert.ok(Math.abs(issued - seconds()) < 30, token);
    assert.equal(token, signHandoff(cookie, issued, key));
  }
});

test('no cookie whose tag holds: null', async () => {
  const others = ['', '_refedge=1.good..1718000000', `_refedge=${signCookie('good', CLICK, 1718000000, OTHER_KEY)}`,
    `_refedge=${signCookie('nobody', CLICK, 1718000000)}`, `_refedge_js=${signCookie('good', CLICK, 1718000000)}`];
  for (const cookie of others) assert.equal(await tokenOf(cookie), null, cookie);
});

test('the answer is for the site\'s own pages, and kept by nobody', async () => {
  const answer = await ask(`_refedge=${signCookie('good', CLICK, 1718000000)}`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['access-control-allow-credentials'], 'true');
  const elsewhere = await ask('', { ...PAGE, Origin: 'https://evil.example' });
  assert.equal(elsewhere.headers['access-control-allow-credentials'], undefined);
  const preflight = await ask('', PAGE, 'OPTIONS');
  assert.deepEqual([preflight.status, preflight.headers['access-control-allow-methods']], [204, 'POST']);
});

test('a page that is called so is the shop\'s, and all of it where the setting is off', async () => {
  for (const [method, worker] of [['GET', workers.on], ['POST', workers.off]]) {
    shop.seen.length = 0;
    await ask('', PAGE, method, worker);
    assert.equal(shop.seen.at(-1)?.url, '/handoff', method);
  }
});

const visit = (query, headers = {}, worker = workers.on) => request(worker.port, `/page?${query}`, { Host: 'checkout.shop.example', 'User-Agent': HUMAN, ...headers });
const handed = (token, headers) => visit(`a=1&refedge_handoff=${encodeURIComponent(token)}`, headers);

test('a referral that another domain hands over keeps its click and its time', async () => {
  const seen = seconds() - 86_400;
  assert.equal(setCookie(await handed(signHandoff(`1.good.${CLICK}.${seen}`, seconds()))), signCookie('good', CLICK, seen));
  assert.equal(setCookie(await handed(signHandoff(`1.other..${seen}`, seconds(), OTHER_KEY))), signCookie('other', '', seen, OTHER_KEY));
});

test('what one worker gives, another takes', async () => {
  const cookie = signCookie('good', CLICK, 1718000000);
  assert.equal(setCookie(await handed(await tokenOf(`_refedge=${cookie}`))), cookie);
});

test('a token that does not hold hands nothing over', async () => {
  const good = signHandoff(`1.good.${CLICK}.${seconds() - 60}`, seconds());
  for (const [name, token] of Object.entries(badHandoffs(CLICK))) {
    const answer = await handed(token);
    assert.deepEqual([answer.status, answer.headers['set-cookie']], [201, undefined], name);
  }
  for (const headers of [{ 'User-Agent': 'curl/8.0' }, { 'Sec-Fetch-Dest': 'image' }, { 'Sec-GPC': '1' }]) {
    assert.equal((await handed(good, headers)).headers['set-cookie'], undefined, JSON.stringify(headers));
  }
  assert.equal((await visit(`refedge_handoff=${good}`, {}, workers.off)).headers['set-cookie'], undefined, 'capture is off');
});

test('a ref beside a token counts', async () => {
  const value = setCookie(await visit(`ref=good&refedge_handoff=${signHandoff(`1.other..${seconds()}`, seconds(), OTHER_KEY)}`));
  assert.deepEqual(value.split('.').slice(0, 3), ['1', 'good', '']);
});

test('it is counted', async () => {
  const { captures, consent } = JSON.parse((await request(workers.on.port, '/status', {})).body);
  assert.ok(captures.signed >= 4 && consent.denied >= 1, JSON.stringify({ captures, consent }));
});
