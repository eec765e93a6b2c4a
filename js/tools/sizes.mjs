// Usage: node js/tools/sizes.mjs [folder]: prints what a browser loads, raw and as brotli -q 11. Default: build/js.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compressed } from "../../wasm/tools/compressed.mjs";

const ARTEFACTS = ["embedding.min.js", "refedge.min.js", "refedge-friendbuy.min.js", "refedge-debug.min.js", "refedge.wasm", "refedge.wasm.js", "refedge-full.wasm", "refedge-server.wasm", "refedge-edge.wasm"];

export const sizeOf = (file) => {
  const bytes = readFileSync(file);
  return { raw: bytes.length, brotli: compressed(bytes) };
};

const main = () => {
  const folder = process.argv[2] ?? fileURLToPath(new URL("../../build/js", import.meta.url));
  console.log(`${"artefact".padEnd(26)}${"bytes".padStart(9)}${"brotli".padStart(9)}`);
  for (const name of ARTEFACTS) {
    const { raw, brotli } = sizeOf(`${folder}/${name}`);
    console.log(`${name.padEnd(26)}${String(raw).padStart(9)}${String(brotli).padStart(9)}`);
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
