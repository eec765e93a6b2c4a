// Usage: node js/tools/generate.mjs [--check]: writes js/src/core_exports.ts from wasm/exports.json, or fails when the file
// does not say what the declaration says.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isInSet, numbersOf, readDeclaration } from "../../wasm/tools/declared.mjs";

export const TARGET = fileURLToPath(new URL("../src/core_exports.ts", import.meta.url));

const NUMBERS = numbersOf(readDeclaration());

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const title = (name) => camel(`_${name}`);
const union = (names) => names.map((name) => `"${name}"`).join(" | ");

// How each type of a field looks in TypeScript and becomes one record field or several, spread with "...".
const TYPES = {
  text: { ts: "string", encode: (value) => value },
  texts: { ts: "readonly string[]", encode: (value) => `...${value}` },
  bytes: { ts: "Uint8Array", encode: (value) => value },
  boolean: { ts: "boolean", encode: (value) => `${value} ? "1" : "0"` },
  number: { ts: "number", encode: (value) => `decimal(${value})`, decode: (value) => `Number(${value} ?? "")` },
  optional_number: {
    ts: "number | undefined", isOptional: true,
    encode: (value) => `optionalDecimal(${value})`, decode: (value) => `optionalNumber(${value} ?? "")`,
  },
  object: { ts: "JsonObject", isObject: true },
};

const typeOf = ({ type }) => {
  if (Array.isArray(type)) return { ts: union(type), encode: (value) => value };
  if (type.group) return { ts: `readonly ${title(type.group)}[]`, encode: (value) => `...${value}.flatMap(${camel(type.group)}Fields)` };
  if (type.part) return { ts: title(type.part), encode: (value) => `...${camel(type.part)}Fields(${value})` };
  return TYPES[type];
};

const docOf = ({ doc }) => (doc ? ` // ${doc}` : "");

const member = (field) => {
  const { ts, isOptional } = typeOf(field);
  return `  ${camel(field.name)}${isOptional ? "?" : ""}: ${ts};${docOf(field)}`;
};

const interfaceOf = (name, fields) => `export interface ${name} {\n${fields.map(member).join("\n")}\n}\n`;

const encodeList = (fields, valueOf) => `[${fields.map((field) => typeOf(field).encode(valueOf(field))).join(", ")}]`;

// An object comes last: its members are added to the fields before it.
const encodeAll = (fields, valueOf) => {
  const last = fields.at(-1);
  if (!typeOf(last).isObject) return encodeList(fields, valueOf);
  const before = fields.slice(0, -1);
  return `objectFields(${valueOf(last)}${before.length === 0 ? "" : `, ${encodeList(before, valueOf)}`})`;
};

const memberOf = (object) => ({ name }) => `${object}.${camel(name)}`;

const groupSource = ([name, fields]) => `${interfaceOf(title(name), fields)}
const ${camel(name)}Fields = (value: ${title(name)}): RecordField[] => ${encodeAll(fields, memberOf("value"))};
`;

const decodeField = ({ name, type }, index) => {
  if (type === "texts") return `${camel(name)}: fields.slice(${index})`;
  const value = `fields[${index}]`;
  return `${camel(name)}: ${TYPES[type].decode?.(value) ?? `${value} ?? ""`}`;
};

const recordMember = (field) => {
  const ts = field.type === "texts" ? "string[]" : TYPES[field.type].ts;
  return `  ${camel(field.name)}: ${ts};${docOf(field)}`;
};

const recordSource = ([name, fields]) => `export interface ${title(name)} {
${fields.map(recordMember).join("\n")}
}

const decode${title(name)} = (record: Uint8Array): ${title(name)} => {
  const fields = decodeRecord(record);
  return { ${fields.map(decodeField).join(", ")} };
};
`;

// An operation of one field takes it; one of more takes an object, so that no two can be mistaken for each other.
const signatureOf = ({ name, input }) => {
  const [only] = input;
  return input.length === 1 ? { name: camel(only.name), ts: typeOf(only).ts } : { name: "input", ts: `${title(name)}Input` };
};

// How an operation's answer is read, and what is made of it then.
const outputOf = ({ output }) => {
  if (output.record) return { ts: title(output.record), read: `decode${title(output.record)}`, after: "" };
  if (Array.isArray(output)) return { ts: union(output), read: "decodeText", after: ` as ${union(output)}` };
  if (output === "boolean") return { ts: "boolean", read: "decodeText", after: ' === "1"' };
  if (output === "nothing") return { ts: "void", read: "ignore", after: "" };
  return { ts: "string", read: "decodeText", after: "" };
};

const operationSource = (operation) => {
  const { name, input, keyed, doc } = operation;
  const argument = signatureOf(operation);
  const output = outputOf(operation);
  const fields = encodeAll(input, input.length === 1 ? () => argument.name : memberOf("input"));
  const called = `call(${NUMBERS[name]}, ${fields}, ${output.read}${keyed ? ", true" : ""})`;
  return `${input.length === 1 ? "" : `${interfaceOf(argument.ts, input)}\n`}/** ${doc} */
export const ${camel(name)} = (call: Call, ${argument.name}: ${argument.ts}): ${output.ts} =>
  ${called}${output.after};
`;
};

const operationsSource = (declaration, set) => {
  const operations = declaration.operations.filter((operation) => isInSet(operation.set, set));
  const lines = operations.map((operation) => {
    const argument = signatureOf(operation);
    return `  /** ${operation.doc} */\n  ${camel(operation.name)}(${argument.name}: ${argument.ts}): ${outputOf(operation).ts};`;
  });
  const bound = operations.map((operation) => {
    const { name } = signatureOf(operation);
    return `  ${camel(operation.name)}: (${name}) => ${camel(operation.name)}(call, ${name}),`;
  });
  return `export interface ${title(set)}Operations {\n${lines.join("\n")}\n}

export const ${set}Operations = (call: Call): ${title(set)}Operations => ({\n${bound.join("\n")}\n});
`;
};

export const generate = () => {
  const declaration = readDeclaration();
  const sections = [
    `// Made by js/tools/generate.mjs from wasm/exports.json: change that and run it again.
import type { Call } from "./loader.js";
import {
  decimal, decodeRecord, decodeText, objectFields, optionalDecimal, optionalNumber, type JsonObject, type RecordField,
} from "./record.js";

export const ABI_VERSION = ${declaration.abi_version};

/** The number of answer_link_visit, which js/src/link_visits.ts calls in its own way. */
export const ANSWER_LINK_VISIT = ${NUMBERS.answer_link_visit};

/** The number of build_track_payload, which the browser script calls in its own way. */
export const BUILD_TRACK_PAYLOAD = ${NUMBERS.build_track_payload};

/** The names of the reasons for a refusal; the index is the number that crosses the boundary. */
export const ERRORS = [
${declaration.errors.map((name) => `  "${name}",`).join("\n")}
] as const;

const ignore = (): void => undefined;
`,
    ...Object.entries(declaration.records).map(recordSource),
    ...Object.entries(declaration.groups).map(groupSource),
    ...declaration.operations.map(operationSource),
    ...["core", "full", "edge"].map((set) => operationsSource(declaration, set)),
  ];
  return sections.join("\n");
};

const main = () => {
  const source = generate();
  if (!process.argv.includes("--check")) return writeFileSync(TARGET, source);
  if (readFileSync(TARGET, "utf8") !== source) throw new Error("js/src/core_exports.ts is not what wasm/exports.json says: run node js/tools/generate.mjs");
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
