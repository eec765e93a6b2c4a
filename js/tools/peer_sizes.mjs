// Usage: node js/tools/peer_sizes.mjs: prints what a page loads of others' scripts, from their npm packages at the versions of
// package.json, as brotli -q 11. Each at its best: the file as it is published, or what esbuild makes of it where that is smaller.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compressed } from "../../wasm/tools/compressed.mjs";

const at = (path) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

const PEERS = [
  { name: "@dub/analytics", file: "dist/index.js", note: "the loader alone: the script itself is on Dub's servers" },
  { name: "@plausible-analytics/tracker", file: "plausible.js", note: "all of it" },
  { name: "@snowplow/browser-tracker", file: "dist/index.umd.min.js", note: "all of it" },
  { name: "@segment/analytics-next", file: "dist/umd/standalone.js", note: "without the chunks and settings that it loads" },
];

const minified = async (file) => {
  const { outputFiles: [made] } = await build({
    entryPoints: [file], bundle: true, minify: true, format: "iife", target: "es2020", write: false, legalComments: "none", logLevel: "silent",
  });
  return Buffer.from(made.contents);
};

/** The peers as {name, version, note, raw, brotli}. */
export const peerSizes = () => Promise.all(PEERS.map(async ({ name, file, note }) => {
  const path = at(`${name}/${file}`);
  const { version } = JSON.parse(readFileSync(at(`${name}/package.json`), "utf8"));
  const forms = [readFileSync(path), await minified(path)].map((bytes) => ({ raw: bytes.length, brotli: compressed(bytes) }));
  return { name, version, note, ...forms.sort((one, other) => one.brotli - other.brotli)[0] };
}));

const main = async () => {
  console.log(`\n${"others, from npm".padEnd(40)}${"bytes".padStart(9)}${"brotli".padStart(9)}`);
  for (const { name, version, note, raw, brotli: packed } of await peerSizes()) {
    console.log(`${`${name} ${version}`.padEnd(40)}${String(raw).padStart(9)}${String(packed).padStart(9)}  ${note}`);
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
