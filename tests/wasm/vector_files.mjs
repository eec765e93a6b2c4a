// Reads tests/vectors: the format is in tests/vectors/README.md.
import { readdirSync, readFileSync } from "node:fs";
import { ROOT } from "./artefacts.mjs";

const valueBytes = (value) => {
  if (typeof value === "string") return Buffer.from(value, "utf8");
  if ("hex" in value) return Buffer.from(value.hex, "hex");
  if ("repeat" in value) return Buffer.concat(Array(value.repeat[1]).fill(valueBytes(value.repeat[0])));
  if ("join" in value) return Buffer.concat(value.join.map(valueBytes));
  throw new Error(`a value of no known form: ${JSON.stringify(value)}`);
};

const length = (bytes) => {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(bytes.length);
  return prefix;
};

export const recordOf = (fields) => Buffer.concat(fields.map(valueBytes).flatMap((bytes) => [length(bytes), bytes]));

const readCase = (entry) => ({
  name: entry.name,
  record: "record" in entry ? valueBytes(entry.record) : recordOf(entry.in),
  error: entry.error,
  out: "error" in entry ? undefined : Array.isArray(entry.out) ? recordOf(entry.out) : valueBytes(entry.out),
});

/** readVectorFiles gives every file of a folder of tests/vectors as {file, operation, keyed, cases}. */
export const readVectorFiles = (folder) =>
  readdirSync(`${ROOT}tests/vectors/${folder}`).filter((name) => name.endsWith(".json")).sort().map((name) => {
    const { operation, keyed, cases } = JSON.parse(readFileSync(`${ROOT}tests/vectors/${folder}/${name}`, "utf8"));
    return { file: `${folder}/${name}`, operation, keyed, cases: cases.map(readCase) };
  });
