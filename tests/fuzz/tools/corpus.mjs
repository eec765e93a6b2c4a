// Corpora in the repository: one file a target, one input a line, in Base64. Seeds come from the vectors besides.
//   node corpus.mjs unpack <folder> <target>...  writes the committed inputs and the seeds into <folder>/<target>/
//   node corpus.mjs seeds <folder> <target>...   writes the seeds alone
//   node corpus.mjs pack <folder> <target>...    commits what is in <folder>/<target>/ and no seed, small inputs first
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forDifferential, operations, seedsOf } from "./seeds.mjs";

const corpusFolder = join(dirname(fileURLToPath(import.meta.url)), "../corpus");
const LONGEST_INPUT = 4096;  // script/fuzz's -max_len
const LARGEST_CORPUS = 24_000;  // characters of a committed file: all of them together stay below 1.5 MB

const corpusFile = (target) => join(corpusFolder, `${target}.txt`);

function committed(target) {
  const file = corpusFile(target);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => Buffer.from(line, "base64"));
}

// What one operation has found is worth trying against the modules, too.
function borrowed(target) {
  if (target !== "wasm_differential") return [];
  return operations.flatMap((operation) => committed(operation).map((input) => forDifferential(operation, input)));
}

const given = (target) => [...borrowed(target), ...seedsOf(target)].filter(({ length }) => length <= LONGEST_INPUT);
const nameOf = (input) => createHash("sha1").update(input).digest("hex");

function write(folder, target, inputs) {
  const to = join(folder, target);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const input of inputs) writeFileSync(join(to, nameOf(input)), input);
}

const seeds = (folder, target) => write(folder, target, given(target));
const unpack = (folder, target) => write(folder, target, [...committed(target), ...given(target)]);

function pack(folder, target) {
  const from = join(folder, target);
  const known = new Set(given(target).map(nameOf));
  const inputs = readdirSync(from).map((name) => readFileSync(join(from, name))).filter((input) => input.length > 0 && !known.has(nameOf(input)));
  mkdirSync(corpusFolder, { recursive: true });
  const lines = inputs.sort((one, other) => one.length - other.length).map((input) => `${input.toString("base64")}\n`);
  const kept = [];
  for (let size = 0; kept.length < lines.length && (size += lines[kept.length].length) <= LARGEST_CORPUS; ) kept.push(lines[kept.length]);
  if (kept.length > 0) writeFileSync(corpusFile(target), kept.sort().join(""));
}

const commands = { seeds, unpack, pack };
const [command, folder, ...targets] = process.argv.slice(2);
if (!(command in commands) || targets.length === 0) {
  console.error("usage: corpus.mjs unpack|seeds|pack <folder> <target>...");
  process.exit(2);
}
for (const target of targets) commands[command](folder, target);
