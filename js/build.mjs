// Usage: node js/build.mjs [--wasm-dir <folder>] [--out <folder>]: makes the npm package, with the browser script in it, from
// js/src, edge/worker and the two modules. Default: build/wasm to build/js.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { minifySync } from "rolldown/utils";
import { toJavaScript } from "../wasm/tools/to_js.mjs";
import { compressed } from "../wasm/tools/compressed.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const MODULES = ["refedge.wasm", "refedge-full.wasm", "refedge-server.wasm", "refedge-edge.wasm"];
const COPIED = ["package.json", "README.md", "refedge.wasm.d.ts", "embedding.d.ts"];
// What a page loads: the script of the snippets, its siblings and its module, and what "refedge" is made of.
const PAGE_FILES = [
  "embedding.min.js", "refedge.min.js", "refedge-friendbuy.min.js", "refedge-debug.min.js", "refedge.wasm", "refedge.wasm.js",
  "embedding.js", "core.js", "core_exports.js", "errors.js", "loader.js", "record.js",
];

const { values } = parseArgs({
  options: { "wasm-dir": { type: "string", default: at("../build/wasm") }, out: { type: "string", default: at("../build/js") } },
});
const { out, "wasm-dir": wasmDir } = values;

const hashOf = (name, algorithm) => createHash(algorithm).update(readFileSync(`${out}/${name}`)).digest("base64");

// One file of the browser script. esbuild joins the sources, Oxc makes them smaller than esbuild does; a strict script would be 20 bytes longer.
const bundle = async (entry, file, known = {}, format = "iife") => {
  const define = Object.fromEntries(Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)]));
  const { outputFiles } = await build({
    entryPoints: [at(`src/${entry}`)], tsconfig: at("tsconfig.json"), bundle: true, write: false, format, define,
    target: "es2021", charset: "utf8", legalComments: "none", logLevel: "warning", external: ["./refedge.wasm.js"],
  });
  const { code, errors } = minifySync(file, outputFiles[0].text.replace(/^"use strict";\n/, ""), { compress: { target: "es2021" }, mangle: true });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  return code.trim();
};

const writeBundle = async (entry, file, known) => writeFileSync(`${out}/${file}`, await bundle(entry, file, known));

// Each file knows the hashes of those that it brings: no other is run. SHA-256, since a hash is what no compression makes smaller.
const integrityOf = (name) => `sha256-${hashOf(name, "sha256")}`;

const buildScript = async () => {
  await writeBundle("debug.ts", "refedge-debug.min.js");
  await writeBundle("friendbuy.ts", "refedge-friendbuy.min.js", { DEBUG_INTEGRITY: integrityOf("refedge-debug.min.js") });
  await writeBundle("refedge.ts", "refedge.min.js", {
    WASM_INTEGRITY: integrityOf("refedge.wasm"), SCRIPT_INTEGRITY: integrityOf("refedge.wasm.js"),
    FRIENDBUY_INTEGRITY: integrityOf("refedge-friendbuy.min.js"),
  });
  writeFirst(readFileSync(`${out}/refedge.min.js`), await bundle("embedding.ts", "embedding.min.js", { REST_INTEGRITY: "sha256-HASH", REST_VERSION: "VERSION" }));
};

// Compressed, the first part is some bytes longer or shorter by what the hash in it happens to be. Blank lines at the rest's end change it.
const writeFirst = (rest, first) => {
  const choices = Array.from({ length: 64 }, (_, lines) => {
    const padded = Buffer.concat([rest, Buffer.from("\n".repeat(lines))]);
    const hash = createHash("sha256").update(padded).digest("base64");
    const text = first.replace("HASH", hash).replace("VERSION", hash.slice(-9, -1));
    return { padded, text, size: compressed(Buffer.from(text)) + compressed(padded) };
  });
  const [best] = choices.sort((a, b) => a.size - b.size);
  writeFileSync(`${out}/refedge.min.js`, best.padded);
  writeFileSync(`${out}/embedding.min.js`, best.text);
};

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

// The script as a module: one file, but for the core.
const buildModule = async () =>
  writeFileSync(`${out}/embedding.js`, await bundle("embedding_module.ts", "embedding.js", { REST_INTEGRITY: "", REST_VERSION: "" }, "esm"));

const buildPackage = () => {
  compile("tsconfig.package.json", out);
  buildWorker();
  for (const name of COPIED) copyFileSync(at(name), `${out}/${name}`);
  copyFileSync(at("../LICENSE"), `${out}/LICENSE`);
};

// For the integrity attribute and for import maps: https://www.w3.org/TR/SRI/.
const writeIntegrity = () => {
  const hashes = Object.fromEntries(PAGE_FILES.map((name) => [name, `sha384-${hashOf(name, "sha384")}`]));
  writeFileSync(`${out}/integrity.json`, `${JSON.stringify(hashes, null, 2)}\n`);
};

const missing = MODULES.find((name) => !existsSync(`${wasmDir}/${name}`));
if (missing !== undefined) throw new Error(`${wasmDir}/${missing} is missing: build the wasm preset first (script/build)`);
// The folder is made anew: what is none must not be deleted (/dev/null, say).
if (existsSync(out) && !statSync(out).isDirectory()) throw new Error(`--out ${out} is not a folder`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const name of MODULES) copyFileSync(`${wasmDir}/${name}`, `${out}/${name}`);
writeFileSync(`${out}/refedge.wasm.js`, await toJavaScript(`${wasmDir}/refedge.wasm`));
await buildScript();
await buildModule();
buildPackage();
writeIntegrity();
