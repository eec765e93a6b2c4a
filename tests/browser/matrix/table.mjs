// Usage: node tests/browser/matrix/table.mjs <file>: prints what script/browsers saw, a row for each engine and fault, and their sum.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SUMS = ["runs", "tabs", "closed", "killed", "orders", "requests", "again", "lost", "doubled"];

const rowOf = ({ end, needless, ...run }) => ({ ...run, runs: 1, again: end === "stay" ? needless : 0, closed: Number(end === "close"), killed: Number(end === "kill") });

const add = (rows) => Object.fromEntries(SUMS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));

const groupBy = (rows, name) => Map.groupBy ? Map.groupBy(rows, name) : rows.reduce((groups, row) =>
  groups.set(name(row), [...(groups.get(name(row)) ?? []), row]), new Map());

const line = (name, sums) => `${name.padEnd(32)}${SUMS.map((key) => String(sums[key]).padStart(9)).join("")}`;

/** The table as lines of text. */
export const tableOf = (runs) => {
  const rows = runs.map(rowOf);
  const groups = [...groupBy(rows, ({ engine, fault }) => `${engine}  ${fault}`)].sort(([one], [other]) => (one < other ? -1 : 1));
  return [`${"engine and fault".padEnd(32)}${SUMS.map((key) => key.padStart(9)).join("")}`,
    ...groups.map(([name, group]) => line(name, add(group))), line("all", add(rows))];
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const runs = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean).map((text) => JSON.parse(text));
  console.log(tableOf(runs).join("\n"));
}
