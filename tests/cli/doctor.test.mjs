// refedge doctor over a real shop on loopback: a healthy one, and many with one thing broken, each with the exact finding.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { diagnose, hashOf, head, run, snippet, startSite } from './doctor_site.mjs';

const page = (site, text) => (site.page.body = `<!doctype html><html><head>${text.head ?? ''}</head><body>${text.body ?? ''}</body></html>`);
const csp = (policy) => (site, { market }) => (site.page.headers['content-security-policy'] = policy.replaceAll('MARKET', market));
const inlineHash = (site) => hashOf(/<script type="text\/javascript">([\s\S]*)<\/script>/.exec(site.page.body)[1], 'sha256');
const tagged = (tag) => (site, { market }) => page(site, { head: head(market, tag(market)), body: snippet(market) });
const withSnippet = (make) => (site, { market }) => page(site, { head: head(market), body: make(market) });
const ELEMENTS = '<div id="bp_div"></div><div id="bp_error" hidden></div>';
const construct = (options, more = '') => withSnippet((market) => `${ELEMENTS}<script>var b = new Buyapowa({${options.replaceAll('MARKET', market)}}, "bp_div", "bp_error");${more}</script>`);

// What is broken, and the findings with what is said of them. No findings: it is not broken.
const CASES = [
  ['a healthy shop', () => {}, []],
  ['a page with the script alone', (site, { market }) => page(site, { head: head(market) }), [['note snippet_missing', /remembers who sent a visitor/]]],
  ['no script', (site, { market }) => page(site, { head: head(market, ''), body: snippet(market) }), [['problem script_missing', /does not load embedding\.min\.js/, /Add to <head>: <script src="http:\/\/bp\.shop\.localhost/]]],
  ['a script in a comment', tagged((market) => `<!-- <script src="${market}/embedding.min.js"></script> -->`), [['problem script_missing', /./]]],
  ['a script that code loads', tagged(() => '<script>load("/embedding.min.js")</script>'), [['note script_by_code', /other code/]]],
  ['a relative script', (site, { market }) => page(site, { head: head(market, '<script src="/embedding.min.js"></script>'), body: snippet(market) }), [['problem script_foreign_host', /from www\.shop\.localhost, the snippet names bp\.shop\.localhost/]]],
  ["another provider's script", (site, { market, port }) => page(site, { head: head(market, `<script src="http://cdn.co-buying.localhost:${port}/embedding.min.js"></script>`), body: snippet(market) }), [['problem script_foreign_host', /from cdn\.co-buying\.localhost/, /<script src="http:\/\/bp\.shop/]]],
  ['a script twice', tagged((market) => `<script src="${market}/embedding.min.js"></script>`.repeat(2)), [['note script_twice', /2 times/]]],
  ['a script after the snippet', (site, { market }) => page(site, { head: `<meta property="og:url" content="${market}/iaf/refer-a-friend/og">`, body: snippet(market) + `<script src="${market}/embedding.min.js"></script>` }), [['problem script_after_snippet', /before the script/]]],
  ['an async script', tagged((market) => `<script async src="${market}/embedding.min.js"></script>`), [['problem script_late', /async, defer/]]],
  ['a deferred script', tagged((market) => `<script defer src="${market}/embedding.min.js"></script>`), [['problem script_late', /async, defer/]]],
  ['a deferred script, and a snippet that waits', (site, { market }) => page(site, { head: head(market, `<script defer src="${market}/embedding.min.js"></script>`), body: snippet(market).replace('<script type="text/javascript">', '<script>window.onload = function () {').replace('</script>', '}</script>') }), []],
  ['a snippet in a module', (site, { market }) => page(site, { head: head(market, `<script defer src="${market}/embedding.min.js"></script>`), body: snippet(market).replace('text/javascript', 'module') }), []],
  ['a deferred script, and a snippet after a function', (site, { market }) => page(site, { head: head(market, `<script defer src="${market}/embedding.min.js"></script>`), body: snippet(market).replace('<script type="text/javascript">', '<script>function f() { return {}; }') }), [['problem script_late', /./]]],
  ['the asynchronous snippet', (site, { market }) => page(site, { head: head(market, `<script async src="${market}/embedding.min.js"></script>`), body: `${ELEMENTS}<script>window.refedge = window.refedge || [];
    refedge.push(["Buyapowa", {url: "${market}", market: "demo"}, "bp_div", "bp_error"]); refedge.push(["consent", true]);
    refedge.push(["embedReferAFriend", {campaign: "refer-a-friend"}]);</script>` }), []],
  ['the asynchronous snippet, without its container and its campaign', (site, { market }) => page(site, { head: head(market, `<script async src="${market}/embedding.min.js"></script>`), body: `<script>
    refedge.push(["Buyapowa", {url: "${market}", market: "demo"}, "bp_div"]); refedge.push(["embedReferAFriend", {}]);</script>` }), [['problem campaign_missing', /./], ['problem container_missing', /"bp_div"/]]],
  ['no script and no snippet', (site) => page(site, {}), [['problem script_missing', /./, /bp\.your-shop\.com/]]],
  ['a protocol-relative script, as in the manual', tagged((market) => `<script src="${market.replace('http:', '')}/embedding.min.js"></script>`), []],
  ['a base element', tagged((market) => `<base href="${market}/"><script src="embedding.min.js"></script>`), []],
  ['a script of another name', (site, { market }) => {
    const rename = ([path, file]) => [path === '/embedding.min.js' ? '/assets/k.js' : path.replace('/refedge', '/assets/kit/k'), file];
    site.files = Object.fromEntries(Object.entries(site.files).map(rename));
    page(site, { head: head(market, `<script src="${market}/assets/k.js" data-files="kit/k"></script>`), body: snippet(market) });
  }, []],
  ['a script of another name, without its files', tagged((market) => `<script src="${market}/embedding.min.js" data-files="k"></script>`), [
    ['problem file_missing', /\/k\.min\.js cannot/], ['problem file_missing', /\/k\.wasm cannot/], ['problem file_missing', /\/k\.wasm\.js cannot/], ['problem file_missing', /\/k-friendbuy\.min\.js cannot/],
  ]],
  ['a right integrity', tagged((market) => `<script crossorigin integrity="${hashOf('// embedding.min.js')}" src="${market}/embedding.min.js"></script>`), []],
  ['a wrong integrity', tagged((market) => `<script crossorigin integrity="${hashOf('x')}" src="${market}/embedding.min.js"></script>`), [['problem integrity_wrong', /refuse to run/]]],
  ['integrity without crossorigin', tagged((market) => `<script integrity="${hashOf('// embedding.min.js')}" src="${market}/embedding.min.js"></script>`), [['problem integrity_without_crossorigin', /no crossorigin/]]],

  ['a container that is not there', withSnippet((market) => snippet(market).replace('id="bp_div"', 'id="other"')), [['problem container_missing', /"bp_div"/, /<div id="bp_div">/]]],
  ['a container in a comment', withSnippet((market) => snippet(market).replace('<div id="bp_div"></div>', '<!-- <div id="bp_div"></div> -->')), [['problem container_missing', /"bp_div"/]]],
  ['an error element that is not there', withSnippet((market) => snippet(market).replace('id="bp_error"', '')), [['problem error_element_missing', /"bp_error"/]]],
  ['an error element that shows', withSnippet((market) => snippet(market).replace('style="display: none;"', '')), [['note error_element_shown', /visible/]]],
  ['an id twice', withSnippet((market) => `${snippet(market)}<p id="bp_div"></p>`), [['problem id_twice', /2 elements have the id "bp_div"/]]],
  ['no url', construct('market: "demo"'), [['problem snippet_url', /no url/]]],
  ['an empty url', construct('url: "", market: "demo"'), [['problem snippet_url', /no url/]]],
  ['no market', construct('url: "MARKET"'), [['problem snippet_market', /no market/]]],
  ['no options', withSnippet(() => `${ELEMENTS}<script>new Buyapowa()</script>`), []],
  ['values that code knows', construct('url: settings.url, market: settings[1] + "x"', 'b.embedReferAFriend(options);'), []],
  ['options that code knows', withSnippet(() => `${ELEMENTS}<script>new Buyapowa(options, "bp_div").embedReferAFriend({campaign: get("x, y")})</script>`), []],
  ['no campaign', construct('url: "MARKET", market: "demo"', 'b.embedReferAFriend({"locale": "en"});'), [['problem campaign_missing', /no campaign/]]],
  ['nothing for the campaign', construct('url: "MARKET", market: "demo"', 'b.embedReferAFriend();'), [['problem campaign_missing', /no campaign/]]],
  ['a placeholder of the manual', construct('url: "MARKET", market: "demo"', 'b.track({"customer_name": "<first_name>, x", "order_value": "<order_value>"});'), [['problem placeholder_left', /placeholder/]]],
  ['a placeholder in the market', construct('url: "MARKET", market: "{{market}}"'), [['problem placeholder_left', /placeholder/]]],
  ['a name that only looks like one', construct('url: "MARKET", market: "demo"', 'b.track({"customer_name": "<3 Jane, Smith>"});'), []],
  ['a snippet in a comment of JavaScript', withSnippet((market) => `${snippet(market)}<script>// new Buyapowa({}, "gone")\n/* new Buyapowa({}, "gone") */ var text = 'new Buyapowa({}, "gone")';</script>`), []],
  ['a snippet in a function, with end tags in its strings', withSnippet((market) => `${ELEMENTS}<script>window.onload = function () { document.write("<b>x</b>"); new window.Buyapowa({'url': '${market.replaceAll('/', '\\/')}', 'market': 'demo',}, 'bp_div').embedReferAFriend({campaign: 'refer-a-friend'}); }</script>`), []],

  ['no og:url', (site, { market }) => page(site, { head: `<script src="${market}/embedding.min.js"></script>`, body: snippet(market) }), [['problem og_url_missing', /without the campaign's picture/, /iaf\/refer-a-friend\/og"\/>/]]],
  ['a wrong og:url', (site, { market }) => page(site, { head: head(market).replace('refer-a-friend', 'other'), body: snippet(market) }), [['problem og_url_wrong', /iaf\/other\/og/, /It should be/]]],
  ["the theme's og:url before it", (site, { market }) => page(site, { head: `<meta property="og:url" content="https://www.shop.com/">${head(market)}`, body: snippet(market) }), [['problem og_url_wrong', /www\.shop\.com/, /the first counts/]]],

  ['status 404', (site) => (site.page.status = 404), [['problem page_status', /status 404/]]],
  ['a page that is no HTML', (site) => (site.page.type = 'text/plain'), [['problem page_type', /"text\/plain"/]]],
  ['a page without a type', (site) => (site.page.type = undefined), [['problem page_type', /""/]]],
  ['a cookie in a shared cache', (site) => Object.assign(site.page.headers, { 'set-cookie': '_refedge=1.k7', 'cache-control': 'public, max-age=60' }), [['problem cached_cookie', /the referral cookie and lets shared caches/]]],
  ['a cookie that came from a cache', (site) => Object.assign(site.page.headers, { 'set-cookie': 'a=b', age: '7', 'cache-control': 'private' }), [['problem cached_cookie', /a cookie and comes from a shared cache/]]],
  ['a cookie for one visitor', (site) => Object.assign(site.page.headers, { 'set-cookie': '_refedge=1', 'cache-control': 'private, max-age=60', age: '0' }), []],

  ['a policy that allows all', csp("default-src 'self'; script-src 'self' MARKET 'unsafe-inline' 'wasm-unsafe-eval'; frame-src MARKET; connect-src MARKET"), []],
  ['a policy that blocks all', csp("default-src 'none'"), [['problem csp_script', /blocks the script/, /Add http:\/\/bp/], ['problem csp_inline', /snippet/], ['problem csp_frame', /frame/], ['problem csp_connect', /orders/], ['note csp_wasm', /WebAssembly/]]],
  ['a policy in the page', (site, { market }) => page(site, { head: `<meta http-equiv="Content-Security-Policy" content="frame-src 'self'">${head(market)}`, body: snippet(market) }), [['problem csp_frame', /frame/]]],
  ['a policy with the script blocked', csp("script-src 'self' 'unsafe-inline' 'unsafe-eval'"), [['problem csp_script', /blocks the script/]]],
  ['a policy with a nonce', (site, { market }) => {
    csp("script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'")(site, { market });
    site.page.body = site.page.body.replaceAll('<script', '<script nonce="abc"');
  }, []],
  ['a policy with a nonce that the tags lack', csp("script-src 'nonce-abc' 'wasm-unsafe-eval' 'unsafe-inline'"), [['problem csp_script', /script/], ['problem csp_inline', /snippet/, /nonce/]]],
  ["a policy with the snippet's hash", (site, { market }) => csp(`script-src MARKET '${inlineHash(site)}' 'wasm-unsafe-eval'`)(site, { market }), []],
  ['a policy with another hash', csp("script-src MARKET 'sha256-AAAA' 'unsafe-inline' 'wasm-unsafe-eval'"), [['problem csp_inline', /snippet/]]],
  ['two policies, one of which blocks', (site, { market }) => csp("connect-src MARKET, connect-src 'self'")(site, { market }), [['problem csp_connect', /orders/]]],
  ['a policy without wasm', csp("script-src MARKET 'unsafe-inline'"), [['note csp_wasm', /larger JavaScript file/]]],
  ['a policy that only reports', (site) => (site.page.headers['content-security-policy-report-only'] = "default-src 'none'"), []],

  ['no script file', (site) => delete site.files['/embedding.min.js'], [['problem file_missing', /embedding\.min\.js cannot be loaded: status 404/]]],
  ['no wasm', (site) => delete site.files['/refedge.wasm'], [['problem file_missing', /refedge\.wasm cannot be loaded/]]],
  ['no second part of the script', (site) => delete site.files['/refedge.min.js'], [['problem file_missing', /refedge\.min\.js cannot be loaded/]]],
  ['a lazy part that is listed and not there', (site) => delete site.files['/refedge-friendbuy.min.js'], [['problem file_missing', /refedge-friendbuy/]]],
  ['no integrity.json', (site) => delete site.files['/integrity.json'], []],
  ['an integrity.json that is none', (site) => (site.files['/integrity.json'].body = '[1]'), []],
  ['a file that integrity.json does not name', (site) => {
    site.files['/integrity.json'].body = '{"a": 1}';
    delete site.files['/refedge-friendbuy.min.js'];
  }, []],
  ['a file of another build', (site) => (site.files['/refedge.wasm.js'].body = '// old'), [['problem file_changed', /refedge\.wasm\.js is not the file/]]],
  ['a wasm of the wrong type', (site) => (site.files['/refedge.wasm'].type = 'application/octet-stream'), [['problem file_type', /"application\/octet-stream"/, /application\/wasm/]]],
  ['a wasm that the page may not read', (site) => (site.files['/refedge.wasm'].headers = {}), [['problem file_cors', /may not be read/]]],

  ['no frame', (site) => (site.frame = undefined), [['problem frame_missing', /iaf\/refer-a-friend\/embed cannot be loaded: status 404/]]],
  ['a frame that refuses by X-Frame-Options', (site) => (site.frame.headers = { 'x-frame-options': 'SAMEORIGIN' }), [['problem frame_refuses', /may not be shown/]]],
  ['a frame that refuses by its policy', (site) => (site.frame.headers['content-security-policy'] = "frame-ancestors 'self'"), [['problem frame_refuses', /may not be shown/]]],
  ['no way for orders', (site) => (site.track = undefined), [['problem track_missing', /status 404/]]],
  ['orders whose answer cannot be read', (site) => (site.track.headers['access-control-allow-origin'] = '*'), [['problem track_cors', /again and again/]]],
  ['orders without cookies', (site) => delete site.track.headers['access-control-allow-credentials'], [['problem track_cors', /again and again/]]],
];

describe('a shop with one thing broken', { concurrency: 4 }, () => {
  for (const [name, change, expected] of CASES) {
    test(name, async () => {
      const { ids, findings, status } = await diagnose(change);
      assert.deepEqual(ids, expected.map(([id]) => id));
      expected.forEach(([, what, fix = /[^.]/], index) => {
        assert.match(findings[index].what, what);
        assert.match(findings[index].fix, fix);
      });
      assert.equal(status, ids.some((id) => id.startsWith('problem')) ? 1 : 0);
    });
  }
});

describe('hosts, limits and uses', { concurrency: 4 }, () => {
  test('a market of another site', async () => {
    const { ids, findings } = await diagnose(() => {}, { names: ['www.shop.localhost', 'bp.other.localhost'] });
    assert.deepEqual(ids, ['problem other_site']);
    assert.match(findings[0].what, /on bp\.other\.localhost, the shop on www\.shop\.localhost/);
    assert.match(findings[0].fix, /a subdomain of shop\.localhost/);
  });

  test('a host that is not this machine needs https', async () => {
    const { ids } = await diagnose(() => {}, { names: ['0.0.0.0', '0.0.0.0'] });
    assert.deepEqual(ids, ['problem not_https', 'problem market_not_https']);
  });

  test('a market that does not answer is found once', async () => {
    const { ids, findings } = await diagnose((site) => (site.page.body = site.page.body.replaceAll(/bp\.shop\.localhost:\d+/g, 'bp.shop.localhost:1')));
    assert.deepEqual(ids, ['problem file_missing', 'problem frame_missing', 'problem track_missing']);
    assert.match(findings[0].what, /embedding\.min\.js cannot be loaded: Couldn't connect to server/);
  });

  test('https, with a certificate that is trusted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'refedge-doctor-'));
    after(() => rmSync(folder, { recursive: true }));
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert,
      '-days', '2', '-subj', '/CN=shop.localhost', '-addext', 'subjectAltName=DNS:*.shop.localhost'], { stdio: 'ignore' });
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const options = { tls, args: ['--ca-file', cert] };
    assert.deepEqual((await diagnose(() => {}, options)).ids, []);
    const mixed = tagged((market) => `<script src="${market.replace('https', 'http')}/embedding.min.js"></script>`);
    const { ids } = await diagnose(mixed, options);
    assert.deepEqual(ids.slice(0, 1), ['problem script_http']);
    const site = await startSite(() => {}, { tls });
    const { status, stderr } = await run([`${site.shop}/`]);
    await site.close();
    assert.equal(status, 2);
    assert.match(stderr, /^refedge doctor: the page cannot be loaded: .*certificate/i);
  });

  const MAX_PAGE = 2 * 1024 * 1024;
  const padded = (length) => (site) => (site.page.body += ' '.repeat(length - Buffer.byteLength(site.page.body)));
  test('a page of two MiB is read whole, one byte more is cut', async () => {
    assert.deepEqual((await diagnose(padded(MAX_PAGE))).ids, []);
    assert.deepEqual((await diagnose(padded(MAX_PAGE + 1))).ids, ['note page_cut']);
  });

  test('50000 elements are read, 1000 deep, and no more', async () => {
    const more = (html) => (site) => (site.page.body = site.page.body.replace('</body>', `${html}</body>`));
    const own = 8; // html, head, script, meta, body, two divs, the snippet
    const ids = async (html) => (await diagnose(more(html))).ids;
    assert.deepEqual(await ids('<br>'.repeat(50_000 - own)), []);
    assert.deepEqual(await ids('<br>'.repeat(50_000 - own + 1)), ['note page_cut']);
    assert.deepEqual(await ids('<div>'.repeat(1_000 - 2)), []);
    assert.deepEqual(await ids('<div>'.repeat(1_000 - 1)), ['note page_cut']);
  });

  const chain = (count) => (site) => {
    const hop = (n) => [`/hop${n}`, { status: 302, headers: { location: n === 1 ? '/' : `/hop${n - 1}`, 'set-cookie': 'a=b', 'cache-control': 'public' } }];
    site.paths = Object.fromEntries(Array.from({ length: count }, (_, i) => hop(i + 1)));
  };
  test('five redirects are followed, what they say is not the page\'s; the sixth is one too many', async () => {
    const { ids, url, shop } = await diagnose(chain(5), { path: '/hop5' });
    assert.deepEqual([ids, url], [[], `${shop}/`]);
    const site = await startSite(chain(6));
    const { status, stderr } = await run([`${site.shop}/hop6`]);
    await site.close();
    assert.deepEqual([status, stderr], [2, 'refedge doctor: the page cannot be loaded: it redirects more than 5 times\n']);
  });

  test('a redirect to a file is not followed', async () => {
    for (const location of ['file:///etc/passwd', 'ftp://127.0.0.1/x', 'gopher://127.0.0.1/x']) {
      const site = await startSite((broken) => (broken.page = { status: 302, headers: { location } }));
      const { status, stdout, stderr } = await run([`${site.shop}/`]);
      await site.close();
      assert.deepEqual([status, stdout, stderr], [2, '', 'refedge doctor: the page cannot be loaded: it leads to something that is neither http nor https\n']);
    }
  });

  test('a page that does not come within ten seconds is given up', async () => {
    const site = await startSite((broken) => (broken.page = 'hang'));
    const start = Date.now();
    const { status, stderr } = await run([`${site.shop}/`]);
    await site.close();
    assert.deepEqual([status, stderr], [2, 'refedge doctor: the page cannot be loaded: there was no answer within 10 seconds\n']);
    assert.ok(Date.now() - start >= 9_900);
  });

  test('a page that is made to take long is given up after ten seconds of work', async () => {
    const attributes = Array.from({ length: 250_000 }, (_, i) => `a${i.toString(36)}`).join(' ');
    const site = await startSite((broken) => (broken.page.body = `<p ${attributes}>`));
    const { status, stdout, stderr } = await run([`${site.shop}/`]);
    await site.close();
    assert.deepEqual([status, stdout, stderr], [2, '', 'refedge doctor: the page takes too long to read\n']);
  });

  test('sixteen snippets are looked at, each mistake is told once', async () => {
    const wrong = (id) => `<script>new Buyapowa({url: "http://bp.shop.localhost", market: "m"}, "${id}")</script>`;
    const many = (count) => withSnippet(() => wrong('same').repeat(count) + wrong('other'));
    const missing = async (count) => (await diagnose(many(count))).findings.filter(({ id }) => id === 'container_missing').map(({ what }) => what.split('"')[1]);
    assert.deepEqual(await missing(15), ['same', 'other']);
    assert.deepEqual(await missing(16), ['same']);
  });

  test('what is no web address is refused, and so is wrong use', async () => {
    for (const url of ['', 'www.shop.com', 'file:///etc/passwd', 'ftp://x/', 'http://', 'http://user:pass@127.0.0.1/', 'javascript:alert(1)']) {
      const { status, stderr } = await run([url]);
      assert.equal(status, 2, url);
      assert.match(stderr, /^refedge doctor: url: it must start with http/, url);
    }
    for (const args of [[], ['a', 'b'], ['--frobnicate', 'http://127.0.0.1/']]) assert.equal((await run(args)).status, 2);
    assert.equal((await run(['http://127.0.0.1:1/'])).status, 2);
  });

  test('the environment\'s proxy is not asked', async () => {
    const site = await startSite();
    const { status } = await run([`${site.shop}/`], { http_proxy: 'http://127.0.0.1:1', all_proxy: 'http://127.0.0.1:1' });
    await site.close();
    assert.equal(status, 0);
  });

  test('an order is not sent: nothing but GET and OPTIONS reaches the shop', async () => {
    const { requests } = await diagnose(() => {});
    assert.deepEqual([...new Set(requests.map((request) => request.split(' ')[0]))].sort(), ['GET', 'OPTIONS']);
    assert.ok(requests.length < 12);
  });

  test('people read it too: what is wrong, the fix, and how many', async () => {
    const site = await startSite((broken) => (broken.page.body = broken.page.body.replace('id="bp_div"', '').replace('"bp_div"', '"b\x7fp"')));
    const { status, stdout } = await run([`${site.shop}/`]);
    await site.close();
    assert.equal(status, 1);
    assert.equal(stdout, `${site.shop}/

problem container_missing: The snippet names "b p", but no element has this id.
  fix: Add <div id="b p"></div> where the campaign belongs.

1 problem, 0 notes
`);
    const healthy = await startSite();
    assert.match((await run([`${healthy.shop}/`])).stdout, /0 problems, 0 notes: everything is in its place\n$/);
    await healthy.close();
  });
});

test('every finding is in docs/doctor.md and in these tests', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const sources = ['page', 'policy', 'market'].map((name) => readFileSync(`${root}src/cli/doctor/checks_${name}.cc`, 'utf8')).join('');
  const ids = [...new Set([...sources.matchAll(/report\.(?:problem|note)\(\s*(?:is_error \? )?"(\w+)"(?: : "(\w+)")?/g)].flatMap(([, one, two]) => [one, two].filter(Boolean)))];
  assert.ok(ids.length >= 35, String(ids.length));
  const [docs, tests] = ['docs/doctor.md', 'tests/cli/doctor.test.mjs'].map((path) => readFileSync(root + path, 'utf8'));
  for (const id of ids) {
    assert.ok(docs.includes(`\`${id}\``), `${id} is not in docs/doctor.md`);
    assert.match(tests, new RegExp(`(problem|note) ${id}\\b`), `${id} has no test`);
  }
  for (const [, id] of docs.matchAll(/^\| `(\w+)`/gm)) assert.ok(ids.includes(id), `${id} does not exist any more`);
});
