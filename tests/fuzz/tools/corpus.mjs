// Corpora in the repository: one file a target, one input a line, in Base64. Seeds come from the vectors besides.
//   node corpus.mjs unpack <target> <folder>   writes the committed inputs and the seeds as files
//   node corpus.mjs pack <target> <folder>     writes the folder's files as the committed corpus
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const fuzzFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
const vectorFolder = join(fuzzFolder, "../vectors/own");
const SEPARATOR = Buffer.from([0x1f]);
const LONGEST_SEED = 4096;

const corpusFile = (target) => join(fuzzFolder, "corpus", `${target}.txt`);

function valueBytes(value) {
  if (typeof value === "string") return Buffer.from(value);
  if ("hex" in value) return Buffer.from(value.hex, "hex");
  if ("repeat" in value) return Buffer.from(value.repeat[0].repeat(value.repeat[1]));
  return Buffer.concat(value.join.map(valueBytes));
}

function seedOf(vector) {
  const fields = vector.in.flatMap((value, i) => (i === 0 ? [valueBytes(value)] : [SEPARATOR, valueBytes(value)]));
  return Buffer.concat(fields);
}

function seeds(target) {
  const file = join(vectorFolder, `${target}.json`);
  if (!existsSync(file)) return [];
  const cases = JSON.parse(readFileSync(file, "utf8")).cases.filter((vector) => vector.in !== undefined);
  return cases.map(seedOf).filter((seed) => seed.length <= LONGEST_SEED);
}

function committed(target) {
  const file = corpusFile(target);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => Buffer.from(line, "base64"));
}

function unpack(target, folder) {
  mkdirSync(folder, { recursive: true });
  const inputs = [...committed(target), ...seeds(target)];
  for (const input of inputs) writeFileSync(join(folder, createHash("sha1").update(input).digest("hex")), input);
  console.log(`${target}: ${inputs.length} inputs`);
}

function pack(target, folder) {
  const lines = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString("base64")).filter(Boolean);
  writeFileSync(corpusFile(target), lines.sort().map((line) => `${line}\n`).join(""));
  console.log(`${target}: ${lines.length} inputs kept`);
}

const commands = { unpack, pack };
const [command, target, folder] = process.argv.slice(2);
if (!(command in commands) || !folder) {
  console.error("usage: corpus.mjs unpack|pack <target> <folder>");
  process.exit(2);
}
commands[command](target, folder);
