// The npm package as a merchant gets it: packed, installed from the tarball without a network, imported, bundled, run.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readPage } from './browser.mjs';
import { install, run, tool } from './install.mjs';

let app;
before(() => { app = install(); });
after(() => app?.remove());

const installed = (name) => join(app.folder, 'node_modules/refedge', name);
const WORKER = fileURLToPath(new URL('../../edge/worker', import.meta.url));
const SIGNATURE = '351381bad6a8c4c3ca0baff383bf64b5248e6ba467314b88c84e3d5e9c91da33';

test('the tarball holds the package and nothing else', () => {
  const modules = ['core', 'core_exports', 'errors', 'flatten', 'full', 'link_visits', 'loader', 'node', 'record',
    ...readdirSync(WORKER).filter((name) => name.endsWith('.ts')).map((name) => `worker/${name.slice(0, -3)}`)];
  const expected = ['LICENSE', 'README.md', 'embedding.d.ts', 'embedding.js', 'embedding.min.js', 'integrity.json', 'package.json', 'refedge-debug.min.js', 'refedge-edge.wasm', 'refedge-friendbuy.min.js', 'refedge-full.wasm', 'refedge-server.wasm', 'refedge.min.js', 'refedge.wasm',
    'refedge.wasm.d.ts', 'refedge.wasm.js', ...modules.flatMap((name) => [`${name}.d.ts`, `${name}.js`])];
  assert.deepEqual(app.files, expected.sort());
  assert.deepEqual(readdirSync(join(app.folder, 'node_modules')).filter((name) => !name.startsWith('.')), ['refedge']);
  for (const name of app.files) assert.ok(statSync(installed(name)).size > 0, `${name} is empty`);
});

test('publint finds nothing', () => {
  assert.match(tool('publint', ['--strict', app.tarball], { cwd: app.folder }), /All good!/);
});

test('the types resolve wherever the package does', () => {
  const assets = ['refedge.wasm', 'refedge-full.wasm', 'refedge-server.wasm', 'refedge-edge.wasm', 'embedding.min.js', 'refedge.min.js', 'refedge-friendbuy.min.js', 'refedge-debug.min.js', 'integrity.json'];
  const said = tool('attw', [app.tarball, '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', ...assets]);
  const { analysis } = JSON.parse(said);
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), ['.', './embedding', './full', './node', './package.json', './refedge.wasm.js', './worker']);
  // The package is ESM alone: node10 and require() are not promised.
  const promised = analysis.problems.filter(({ resolutionKind }) => !['node10', 'node16-cjs'].includes(resolutionKind));
  assert.deepEqual(promised, []);
});

test('no declaration says any', () => {
  const declarations = app.files.filter((name) => name.endsWith('.d.ts'));
  assert.ok(declarations.length >= 7);
  for (const name of declarations) {
    const code = readFileSync(installed(name), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    assert.doesNotMatch(code, /\bany\b/, name);
  }
});

test('a strict TypeScript program compiles, and its mistakes do not', () => {
  tool('tsc', ['-p', app.folder]);
  // On a server without the browser's types.
  const nodeTypes = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));
  tool('tsc', ['-p', app.folder, '--lib', 'es2022', '--types', 'node', '--typeRoots', nodeTypes]);
});

test('Node: everyday operations', () => {
  const said = JSON.parse(run(process.execPath, ['everyday.mjs'], { cwd: app.folder }));
  assert.equal(said.signature, 'e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22');
  assert.equal(said.holds, 'accepted');
  assert.equal(said.forged, 'signature signature_mismatch');
  assert.equal(said.bpE, 'xXqWA+4gNXzWJ+RdmPRylfonBLMkpHtAM3ybYHpm7t6YPRCLQvyYwVKoyC9nQic4y3YPTWWICC0p1pEG995WgQ==');
  assert.equal(said.opened, '{"email":"john@doe.com","name":"John Doe","auto":"true"}');
  assert.deepEqual(said.decision, { winner: 1, ruleVersion: 1, verdicts: said.explanation.evidence.map(({ verdict }) => verdict) });
  assert.equal(said.ref, 'k7');
  assert.equal(said.webhook, 'accepted');
  assert.equal(said.staleWebhook, 'timestamp too_old');
});

test('esbuild: one file with the module inside runs in Node', () => {
  tool('esbuild', ['bundled.mjs', '--bundle', '--minify', '--format=esm', '--platform=neutral', '--target=es2022',
    '--loader:.wasm=binary', '--outfile=out/bundled.mjs', '--log-level=warning'], { cwd: app.folder });
  assert.equal(run(process.execPath, ['out/bundled.mjs'], { cwd: app.folder }).trim(), SIGNATURE);
});

test('esbuild: the module as JavaScript is bundled, and runs where there is no WebAssembly', () => {
  tool('esbuild', ['scripted.mjs', '--bundle', '--minify', '--format=esm', '--platform=neutral', '--target=es2022',
    '--outfile=out/scripted.mjs', '--log-level=warning'], { cwd: app.folder });
  const said = run(process.execPath, ['--import', 'data:text/javascript,delete globalThis.WebAssembly', 'out/scripted.mjs'], { cwd: app.folder });
  assert.equal(said.trim(), 'k7');
});

test('Vite: a built page runs in Chromium', async () => {
  tool('vite', ['build', 'page', '--outDir', join(app.folder, 'out/page'), '--logLevel', 'warn', '--target', 'es2022'], { cwd: app.folder });
  const said = await readPage(join(app.folder, 'out/page'), '?ref=k7', '#said');
  assert.equal(said, '{"market":"demo","customer_email":"jane@mail.example","order_number":"ORDER123","ref":"k7"}');
});
