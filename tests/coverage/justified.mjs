// Holds the lines that no test runs against docs/coverage.md: each must be named there with a reason, and nothing else.
//   node justified.mjs <gcovr's JSON> <the document>
import { readFileSync } from "node:fs";

const [report, document] = process.argv.slice(2);

const textOf = (file, number) => readFileSync(file, "utf8").split("\n")[number - 1].trim();

// Rows of the table: | `file` | `the line's text` | why |. The text, not the number: numbers move.
const rows = [...readFileSync(document, "utf8").matchAll(/^\| `([^`]+)` \| `([^`]+)` \| \S.* \|$/gm)];
const justified = new Set(rows.map(([, file, text]) => `${file}: ${text}`));

const left = JSON.parse(readFileSync(report, "utf8")).files.flatMap(({ file, lines }) =>
  lines.filter((line) => line.count === 0 && !line["gcovr/noncode"]).map((line) => `${file}: ${textOf(file, line.line_number)}`));

const unnamed = left.filter((line) => !justified.has(line));
const stale = [...justified].filter((line) => !left.includes(line));
for (const line of unnamed) console.error(`no test runs it, and ${document} does not say why: ${line}`);
for (const line of stale) console.error(`${document} names what is run, or is not there any more: ${line}`);
console.log(`lines that no test runs: ${left.length}, justified: ${left.length - unnamed.length}`);
process.exit(unnamed.length + stale.length === 0 ? 0 : 1);
