// Usage: node reduce.mjs <size|speed> <linked.wasm> <output.wasm>: keeps of a linked module the exports that wasm/exports.json
// declares, for the linker exports more than was asked for, and then makes it as small, or as fast, as Binaryen can.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { compressed } from "./compressed.mjs";
import { readDeclaration } from "./declared.mjs";
import { FEATURES } from "./features.mjs";

const run = (tool, args) => execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

// The graph that wasm-metadce asks for: the host reaches the declared exports.
const graphOf = (names) => [
  { name: "host", root: true, reaches: names.map((name) => `host:${name}`) },
  ...names.map((name) => ({ name: `host:${name}`, export: name })),
];

// Which order of Binaryen's passes makes the smallest module differs from source to source, by a hundred bytes and more once it
// is compressed: each is tried.
const BASE = ["-Oz", "--converge", "-aimfs", "4"];
const RELOOPED = [...BASE, "--flatten", "--rereloop", "-Oz"];
const SPLIT = ["--simplify-locals-notee", "--vacuum", "-Oz"];
const SMALL = [BASE, ["--reorder-functions", ...BASE], [...BASE, ...SPLIT], RELOOPED, [...RELOOPED, ...SPLIT]];

const GOALS = { size: { features: FEATURES, passes: SMALL }, speed: { features: [...FEATURES, "--enable-simd"], passes: [["-O4"]] } };

const [goal, linked, output] = process.argv.slice(2);
const { features, passes: all } = GOALS[goal];
const graph = `${linked}.graph.json`;
const declared = `${linked}.declared`;
writeFileSync(graph, JSON.stringify(graphOf(readDeclaration().exports)));
run("wasm-metadce", [...features, "--graph-file", graph, linked, "-o", declared]);
mkdirSync(dirname(output), { recursive: true });

const tries = all.map((passes, index) => {
  const file = `${declared}.${index}`;
  run("wasm-opt", [...features, ...passes, declared, "-o", file]);
  return { file, size: compressed(readFileSync(file)) };
});
const smallest = tries.reduce((best, next) => (next.size < best.size ? next : best));
copyFileSync(smallest.file, output);
