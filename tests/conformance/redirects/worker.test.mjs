// The cases against the worker in workerd.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { KEYS_FILE, MARKET, request, until } from '../../nginx/harness.mjs';
import { startWorker } from '../../worker/harness.mjs';
import { GROUPS, MIN_CASES, NUM_CASES, check, links, requestOf } from './cases.mjs';
import { startShop } from './shop.mjs';

const SENTINEL = { code: 'sentinel', market_id: MARKET, location: 'https://shop.example/', expires_at: 0, active: true };

let shop;
let asserted = 0;
before(async () => { shop = await startShop(); });
after(async () => {
  await shop?.stop();
  assert.equal(asserted, NUM_CASES, 'every case was asserted');
  assert.ok(NUM_CASES >= MIN_CASES);
});

const seconds = () => Math.floor(Date.now() / 1000);
const feedLinks = () => links(seconds()).map((link) => ({ market_id: MARKET, expires_at: 0, active: true, ...link }));

// nginx has a path in its location, the worker in the setting.
const variables = ({ refedge_redirect: redirect = 'on', ...settings }) => ({
  refedge_redirect: redirect.replace('on', '/r/'), refedge_keys: KEYS_FILE, refedge_batch_wait: '0s', REFEDGE_EDGE_TOKEN: 'token',
  refedge_origin: `http://127.0.0.1:${shop.port}`, refedge_upstream: `http://127.0.0.1:${shop.port}`, ...settings,
});

// Clicks are posted after the answer: a case without one is followed by a visit whose click must be the next.
async function takeClick(worker, expected) {
  if (!expected) await request(worker.port, '/r/sentinel', { 'User-Agent': 'curl/8.0' });
  await until('the click arrives', () => shop.clicks.length > 0);
  const [click, ...more] = shop.clicks.splice(0);
  assert.deepEqual(more, []);
  return click.code === 'sentinel' ? undefined : click;
}

for (const { name, settings, cases } of GROUPS) {
  describe(name, () => {
    let worker;
    before(async () => { worker = await startWorker({ bindings: variables(settings), links: [...feedLinks(), SENTINEL] }); });
    after(() => worker?.stop());
    for (const one of cases) {
      test(one.name, async () => {
        const now = seconds();
        const { method, target, headers, body } = requestOf(one, now);
        const answer = await request(worker.port, target, headers, method, body);
        check(one, answer, await takeClick(worker, one.expect.click !== undefined), now);
        asserted += 1;
      });
    }
  });
}
