// Usage: node examples/integration-debugger/assemble.mjs [--out <folder>]: puts the page together from its sources and the built
// npm package (build/js), with the hash of every file in it. Default: build/debugger, a folder for any static server.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const OWN = ["app.js", "cookie.js", "object.js", "page.js", "signatures.js", "tokens.js"];
const CORE = ["full.js", "core.js", "core_exports.js", "errors.js", "flatten.js", "loader.js", "record.js"];
const WASM = "refedge-full.wasm";

const { values: { out, js } } = parseArgs({
  options: { out: { type: "string", default: at("../../build/debugger") }, js: { type: "string", default: at("../../build/js") } },
});
if (!existsSync(`${js}/${WASM}`)) throw new Error(`${js}/${WASM} is missing: run script/build first`);

const hashOf = (name) => `sha384-${createHash("sha384").update(readFileSync(`${out}/${name}`)).digest("base64")}`;
const link = (name, attributes) => `<link ${attributes} href="${name}" integrity="${hashOf(name)}">`;

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/refedge`, { recursive: true });
for (const name of [...OWN, "style.css"]) copyFileSync(at(name), `${out}/${name}`);
for (const name of [...CORE, WASM]) copyFileSync(`${js}/${name}`, `${out}/refedge/${name}`);

// A module that is preloaded with a hash is not loaded again: an import of it takes this one, or fails.
const modules = [...OWN.filter((name) => name !== "app.js"), ...CORE.map((name) => `refedge/${name}`)];
const lines = [
  link("style.css", 'rel="stylesheet"'), ...modules.map((name) => link(name, 'rel="modulepreload"')),
  `<meta name="refedge-wasm" content="${hashOf(`refedge/${WASM}`)}">`, // app.js fetches it by this hash
  `<script type="module" src="app.js" integrity="${hashOf("app.js")}"></script>`,
];
writeFileSync(`${out}/index.html`, readFileSync(at("index.html"), "utf8").replace("<!-- files -->", lines.join("\n")));
