// The same sources give the same bytes: the modules and the package are made a second time, in another folder and without a compiler
// cache, and compared with those of script/build.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { readDeclaration } from "../../wasm/tools/declared.mjs";
import { artefact, ROOT } from "../wasm/artefacts.mjs";

const MODULES = Object.keys(readDeclaration().modules);
const ENV = { ...process.env, CCACHE_DISABLE: "1", NODE_PATH: "/usr/share/nodejs" };

const folder = mkdtempSync(join(tmpdir(), "refedge-repeat-"));
after(() => rmSync(folder, { recursive: true }));

// What it says is shown when it fails.
const run = (file, args) => {
  try {
    return execFileSync(file, args, { cwd: ROOT, env: ENV, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`${file} ${args.join(" ")}: ${error.message}\n${error.stdout}\n${error.stderr}`);
  }
};

before(() => {
  const cmake = join(folder, "cmake");
  run("cmake", ["--preset", "wasm", "-B", cmake, `-DREFEDGE_OUTPUT_DIR=${folder}`]);
  run("cmake", ["--build", cmake, "--parallel", String(availableParallelism()), ...MODULES.flatMap((name) => ["--target", `refedge_module_${name}`])]);
  run(process.execPath, ["js/build.mjs", "--wasm-dir", join(folder, "wasm"), "--out", join(folder, "js")]);
});

const isSame = (name) => readFileSync(join(folder, name)).equals(readFileSync(artefact(name)));

for (const name of MODULES.map((module) => `wasm/${module}.wasm`)) {
  test(`${name} has the same bytes`, () => assert.ok(isSame(name)));
}

test("every file of the package has the same bytes", () => {
  const list = (root) => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
  const names = list(artefact("js"));
  assert.ok(names.length >= 20);
  assert.deepEqual(list(join(folder, "js")), names);
  for (const name of names) assert.ok(isSame(`js/${name}`), name);
});

test("the tarball has the same bytes", () => {
  const pack = (from, to) => {
    mkdirSync(to);
    const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", to, from]));
    return readFileSync(join(to, filename));
  };
  assert.ok(pack(artefact("js"), join(folder, "first")).equals(pack(join(folder, "js"), join(folder, "second"))));
});
