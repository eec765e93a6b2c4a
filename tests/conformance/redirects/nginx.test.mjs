// The cases against the real nginx with the module.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeEdge, putLinks, request, spooledClicks, startNginx } from '../../nginx/harness.mjs';
import { GROUPS, MIN_CASES, NUM_CASES, check, links, requestOf } from './cases.mjs';
import { startShop } from './shop.mjs';

let shop;
let asserted = 0;
before(async () => { shop = await startShop(); });
after(async () => {
  await shop?.stop();
  assert.equal(asserted, NUM_CASES, 'every case was asserted');
  assert.ok(NUM_CASES >= MIN_CASES);
});

// Location of a page is for pages alone; what concerns links and pages stands above both.
function serverText({ refedge_redirect: redirect = 'on', refedge_capture: capture = 'off', ...settings }) {
  const directives = Object.entries(settings).map(([name, value]) => `${name} ${value};`).join('\n    ');
  return `port_in_redirect off;
    ${directives}
    location /r/ { refedge_redirect ${redirect}; }
    location / { refedge_capture ${capture}; proxy_pass http://127.0.0.1:${shop.port}; }`;
}

const seconds = () => Math.floor(Date.now() / 1000);

for (const { name, settings, cases } of GROUPS) {
  describe(name, () => {
    const edge = makeEdge();
    let nginx;
    before(async () => {
      putLinks(edge, links(seconds()));
      nginx = await startNginx(edge, { server: serverText(settings) });
    });
    after(() => nginx?.stop());
    for (const one of cases) {
      test(one.name, async () => {
        const now = seconds();
        const { method, target, headers, body } = requestOf(one, now);
        const known = spooledClicks(edge).length;
        const answer = await request(nginx.port, target, headers, method, body);
        const [click, ...more] = spooledClicks(edge).slice(known);
        assert.deepEqual(more, []);
        check(one, answer, click, now);
        asserted += 1;
      });
    }
  });
}
