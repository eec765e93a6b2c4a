// Workers in workerd, as contenders: each is bundled to one file and served by `workerd serve` without a network but its own.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const ROOT = at('../../..');
const PACKAGE = path.join(path.resolve(ROOT, process.env.REFEDGE_BUILD ?? 'build'), 'js');
export const WORKERD = path.join(ROOT, 'node_modules/@cloudflare/workerd-linux-64/bin/workerd');
const COMPATIBILITY_DATE = '2026-04-01';

// `refedge/…` is the built package; the module stands beside the bundle, as workerd takes modules by name.
const builtPackage = {
  name: 'built-package',
  setup({ onResolve }) {
    onResolve({ filter: /^refedge\/.*\.wasm$/ }, ({ path: name }) => ({ path: `./${path.basename(name)}`, external: true }));
    onResolve({ filter: /^refedge\/worker$/ }, () => ({ path: path.join(PACKAGE, 'worker/index.js') }));
  },
};

const text = (value) => JSON.stringify(value);

function configText({ port, bindings, folder, originPort }) {
  const values = Object.entries(bindings).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  const services = ['files', 'origin'].map((name) => `(name = ${text(name)}, service = ${text(name)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .visits),
    (name = "files", disk = ${text(folder)}),
    (name = "origin", external = (address = "127.0.0.1:${originPort}", http = ())),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const visits :Workerd.Worker = (
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  modules = [(name = "main.js", esModule = embed "main.js"), (name = "refedge-edge.wasm", wasm = embed "refedge-edge.wasm")],
  bindings = [${[...values, ...services].join(', ')}],
);
`;
}

/**
 * Writes what workerd needs to serve a worker of `workers/` into `directory` and gives the configuration's path. `bindings` are
 * texts; the services `files` (the folder of links.jsonl) and `origin` (what takes clicks) are bound too.
 */
export async function writeWorker(directory, name, { port, bindings, json, originPort }) {
  fs.mkdirSync(directory, { recursive: true });
  await build({
    entryPoints: [at(`workers/${name}.mjs`)], outfile: path.join(directory, 'main.js'), bundle: true, format: 'esm', target: 'es2022',
    platform: 'neutral', mainFields: ['module', 'main'], conditions: ['worker'], minify: true, logLevel: 'warning', plugins: [builtPackage],
  });
  fs.copyFileSync(path.join(PACKAGE, 'refedge-edge.wasm'), path.join(directory, 'refedge-edge.wasm'));
  const config = path.join(directory, 'config.capnp');
  fs.writeFileSync(config, configText({ port, bindings, folder: path.dirname(json), originPort }));
  return config;
}
