// A shop and its market for the doctor: healthy as they stand; a test breaks one thing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const program = process.env.REFEDGE_PROGRAM;
assert.ok(program, 'REFEDGE_PROGRAM must name the program: run this through ctest');

export const hashOf = (text, algorithm = 'sha384') => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
const FILES = { 'embedding.min.js': 'text/javascript', 'refedge.wasm': 'application/wasm', 'refedge.wasm.js': 'text/javascript', 'refedge.min.js': 'text/javascript', 'refedge-friendbuy.min.js': 'text/javascript' };

export const snippet = (market, more = '') => `<div id="bp_error" style="display: none;">Sorry</div><div id="bp_div"></div>
<script type="text/javascript">
  var buyapowa = new Buyapowa({url: "${market}", market: "demo"}, "bp_div", "bp_error");
  buyapowa.embedReferAFriend({ "campaign": "refer-a-friend", "locale": "en" });${more}
</script>`;

export const head = (market, tag = `<script src="${market}/embedding.min.js"></script>`) =>
  `${tag}<meta property="og:url" content="${market}/iaf/refer-a-friend/og"/>`;

// What the hosts answer: {status, type, headers, body}; undefined is a 404. `market` is where the market answers.
const healthy = ({ market, shop }) => {
  const open = { 'access-control-allow-origin': '*' };
  const files = Object.entries(FILES).map(([name, type]) => [`/${name}`, { type, headers: open, body: `// ${name}` }]);
  const hashes = Object.fromEntries(Object.keys(FILES).map((name) => [name, hashOf(`// ${name}`)]));
  return {
    page: { type: 'text/html; charset=utf-8', headers: {}, body: `<!doctype html><html><head>${head(market)}</head><body>${snippet(market)}</body></html>` },
    files: { ...Object.fromEntries(files), '/integrity.json': { type: 'application/json', headers: open, body: JSON.stringify(hashes) } },
    frame: { type: 'text/html', headers: { 'content-security-policy': `frame-ancestors ${shop}` }, body: 'frame' },
    track: { status: 204, headers: { 'access-control-allow-origin': shop, 'access-control-allow-credentials': 'true' } },
  };
};

const answer = (request, response, found) => {
  if (found === undefined) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
  if (found === 'hang') return undefined;
  return response.writeHead(found.status ?? 200, { ...(found.type ? { 'content-type': found.type } : {}), ...found.headers }).end(found.body ?? '');
};

/**
 * startSite serves a site on loopback: shop and market are names of one port. `change` breaks it: it gets the site and the addresses.
 * Returns {shop, market, port, requests, close}.
 */
export const startSite = async (change = () => {}, { names = ['www.shop.localhost', 'bp.shop.localhost'], tls } = {}) => {
  const requests = [];
  let site;
  const find = (request, path) => {
    if (site.paths?.[path]) return site.paths[path];
    if (path in site.files) return site.files[path];
    if (path === '/track' && request.method === 'OPTIONS') return site.track;
    if (path.startsWith('/iaf/')) return path === '/iaf/refer-a-friend/embed' ? site.frame : undefined;
    return path === '/' ? site.page : undefined;
  };
  const listener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response, find(request, new URL(request.url, 'http://x').pathname));
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  const [shop, market] = names.map((name) => `${tls ? 'https' : 'http'}://${name}:${port}`);
  site = healthy({ shop, market });
  change(site, { shop, market, port });
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { shop, market, port, requests, close };
};

export const run = (args, env = {}) => new Promise((done) => {
  execFile(program, ['doctor', ...args], { env, encoding: 'utf8' }, (error, stdout, stderr) => done({ status: error ? error.code : 0, stdout, stderr }));
});

/** diagnose looks at a site with a change and gives {status, ids, findings, requests}; ids are "problem id" and "note id". */
export const diagnose = async (change, options = {}) => {
  const site = await startSite(change, options);
  try {
    const { status, stdout, stderr } = await run(['--json', ...(options.args ?? []), `${site.shop}${options.path ?? '/'}`]);
    assert.equal(stderr, '');
    const { findings, problems, url } = JSON.parse(stdout);
    assert.equal(problems, findings.filter(({ severity }) => severity === 'problem').length);
    return { ...site, url, status, findings, ids: findings.map(({ id, severity }) => `${severity} ${id}`) };
  } finally {
    await site.close();
  }
};
