// The worker as an operator deploys it, bundled as wrangler does: one script, and the module beside it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const PACKAGE = path.join(path.resolve(ROOT, process.env.REFEDGE_BUILD ?? 'build'), 'js');
export const COMPATIBILITY_DATE = '2026-04-01';

// The test's own entry: as examples/cloudflare-worker, with the package from the build.
const ENTRY = `
import wasm from './refedge-edge.wasm';
import { createWorker } from './worker/index.js';
import { getDomain } from 'tldts';
const registrableDomain = (host) => getDomain(host, { allowPrivateDomains: true });
export default createWorker(wasm, { registrableDomain });
`;

/** The modules of the worker for Miniflare. */
export async function workerModules() {
  if (!fs.existsSync(path.join(PACKAGE, 'worker/index.js'))) throw new Error(`${PACKAGE}/worker is missing: run script/build`);
  const { outputFiles: [script] } = await build({
    stdin: { contents: ENTRY, resolveDir: PACKAGE, sourcefile: 'entry.mjs' }, bundle: true, format: 'esm', target: 'es2022',
    platform: 'neutral', mainFields: ['module', 'main'], nodePaths: [path.join(ROOT, 'node_modules')], external: ['./refedge-edge.wasm'],
    write: false, logLevel: 'warning',
  });
  return [
    { type: 'ESModule', path: 'main.mjs', contents: script.text },
    { type: 'CompiledWasm', path: 'refedge-edge.wasm', contents: fs.readFileSync(path.join(PACKAGE, 'refedge-edge.wasm')) },
  ];
}
