// Usage: node js/build.mjs [--wasm-dir <folder>] [--out <folder>]: makes the npm package, with the browser script in it, from
// js/src, edge/worker and the two modules. Default: build/wasm to build/js.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { toJavaScript } from "../wasm/tools/to_js.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const MODULES = ["refedge.wasm", "refedge-full.wasm", "refedge-edge.wasm"];
const COPIED = ["package.json", "README.md", "refedge.wasm.d.ts"];
// What a page loads: the script of the snippets and its module, and what "refedge" is made of.
const PAGE_FILES = [
  "embedding.min.js", "refedge.wasm", "refedge.wasm.js", "core.js", "core_exports.js", "errors.js", "loader.js", "record.js",
];

const { values } = parseArgs({
  options: { "wasm-dir": { type: "string", default: at("../build/wasm") }, out: { type: "string", default: at("../build/js") } },
});
const { out, "wasm-dir": wasmDir } = values;

// The script is one file for every browser that has WebAssembly at all; es2020 is older than that.
const buildScript = () => build({
  entryPoints: [at("src/embedding.ts")], outfile: `${out}/embedding.min.js`, tsconfig: at("tsconfig.json"),
  bundle: true, minify: true, format: "iife", target: "es2020", charset: "utf8", legalComments: "none", logLevel: "warning",
});

const compile = (project, outDir) => {
  const tsc = at("../node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", at(project), "--outDir", outDir], { stdio: "inherit" });
};

// The compiler writes the two folders of sources side by side; in the package the worker's is within the other, as its imports say.
const buildWorker = () => {
  const work = `${out}/.worker`;
  compile("../edge/worker/tsconfig.json", work);
  renameSync(`${work}/edge/worker`, `${out}/worker`);
  rmSync(work, { recursive: true });
};

const buildPackage = () => {
  compile("tsconfig.package.json", out);
  buildWorker();
  for (const name of COPIED) copyFileSync(at(name), `${out}/${name}`);
  copyFileSync(at("../LICENSE"), `${out}/LICENSE`);
};

// For the integrity attribute and for import maps: https://www.w3.org/TR/SRI/.
const writeIntegrity = () => {
  const hashOf = (name) => `sha384-${createHash("sha384").update(readFileSync(`${out}/${name}`)).digest("base64")}`;
  const hashes = Object.fromEntries(PAGE_FILES.map((name) => [name, hashOf(name)]));
  writeFileSync(`${out}/integrity.json`, `${JSON.stringify(hashes, null, 2)}\n`);
};

const missing = MODULES.find((name) => !existsSync(`${wasmDir}/${name}`));
if (missing !== undefined) throw new Error(`${wasmDir}/${missing} is missing: build the wasm preset first (script/build)`);
// The folder is made anew: what is none must not be deleted (/dev/null, say).
if (existsSync(out) && !statSync(out).isDirectory()) throw new Error(`--out ${out} is not a folder`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await buildScript();
buildPackage();
for (const name of MODULES) copyFileSync(`${wasmDir}/${name}`, `${out}/${name}`);
writeFileSync(`${out}/refedge.wasm.js`, await toJavaScript(`${wasmDir}/refedge.wasm`));
writeIntegrity();
