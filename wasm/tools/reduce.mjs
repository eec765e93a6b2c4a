// Usage: node reduce.mjs <linked.wasm> <output.wasm>: keeps of a linked module the exports that wasm/exports.json
// declares, for the linker exports more than was asked for, and then makes it as small as Binaryen can.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readDeclaration } from "./declared.mjs";
import { FEATURES } from "./features.mjs";

const run = (tool, args) => execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

// The graph that wasm-metadce asks for: the host reaches the declared exports.
const graphOf = (names) => [
  { name: "host", root: true, reaches: names.map((name) => `host:${name}`) },
  ...names.map((name) => ({ name: `host:${name}`, export: name })),
];

const [linked, output] = process.argv.slice(2);
const graph = `${linked}.graph.json`;
const declared = `${linked}.declared`;
writeFileSync(graph, JSON.stringify(graphOf(readDeclaration().exports)));
run("wasm-metadce", [...FEATURES, "--graph-file", graph, linked, "-o", declared]);
mkdirSync(dirname(output), { recursive: true });
run("wasm-opt", [...FEATURES, "-Oz", "--converge", "-aimfs", "4", declared, "-o", output]);
