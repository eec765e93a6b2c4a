// refedge_spool sync=: what waits for the disk, seen by a disk that confirms nothing.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { HUMAN, MODULE, freePort, makeEdge, putLinks, request, spooledClicks, startNginx, until } from './harness.mjs';

const FAIL_SYNC = path.join(path.dirname(MODULE), 'refedge_fail_sync.so');
const ORDER = JSON.stringify({ market: 'demo', customer_email: 'sam@example.org', order_number: '1' });
const COMPLAINT = /refedge: the disk does not confirm the spool: \d+ times so far/;

async function withSync(sync, use) {
  const edge = makeEdge();
  putLinks(edge, [{ code: 'good', location: 'https://shop.example/' }]);
  const nginx = await startNginx(edge, {
    env: { LD_PRELOAD: FAIL_SYNC }, http: `refedge_links ${edge.links}; refedge_keys ${edge.keys}; refedge_spool ${edge.spool} ${sync};`,
    server: `location /r/ { refedge_redirect on; }
      location = /track { refedge_track on; proxy_pass http://127.0.0.1:${await freePort()}; }` });
  await use({ click: () => nginx.get('/r/good', { 'User-Agent': HUMAN }), order: () => request(nginx.port, '/track', {}, 'POST', ORDER), nginx, edge });
  await nginx.stop();
}

test('sync=off: nothing waits for the disk', () => withSync('sync=off', async ({ click, order, nginx }) => {
  assert.equal((await click()).status, 302);
  assert.equal((await order()).status, 202);
  assert.doesNotMatch(nginx.errorLog(), COMPLAINT);
}));

for (const sync of ['', 'sync=50ms']) {
  test(`${sync || 'the default'}: an order waits for the disk, a click does not, and the failure is in the log`, () =>
    withSync(sync, async ({ click, order, nginx, edge }) => {
      assert.equal((await order()).status, 503);
      assert.match(nginx.errorLog(), COMPLAINT);
      const told = nginx.errorLog().match(new RegExp(COMPLAINT, 'g')).length;
      await until('what syncs the clicks meets the disk, too', async () => {
        const answer = await click();
        assert.equal(answer.status, 302);
        assert.ok(answer.headers['set-cookie']);
        return nginx.errorLog().match(new RegExp(COMPLAINT, 'g')).length > told;
      });
      assert.ok(spooledClicks(edge).length > 0);
    }));
}

test('sync=each: a click waits for the disk; the friend is sent on whatever it says', () => withSync('sync=each', async ({ click, order, nginx, edge }) => {
  assert.equal((await click()).status, 302);
  assert.match(nginx.errorLog(), COMPLAINT);
  assert.equal((await order()).status, 503);
  assert.equal(spooledClicks(edge).length, 1);
}));
