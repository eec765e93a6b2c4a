// Usage: node src/core/visit_words/generate.mjs [--check]: writes src/core/visit_words.h from policy.json and the package
// crawler-user-agents, or fails when the file is not what they make. It is checked in: C++ builds without npm.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { allWords, readCrawlers, readPolicy } from "./policy.mjs";

export const TARGET = fileURLToPath(new URL("../visit_words.h", import.meta.url));

// As the matcher folds characters: letters of both cases fall together (and with some digits and signs).
const fold = (character) => character.charCodeAt(0) & 31;

const pairsOf = (text) => Array.from({ length: text.length - 1 }, (_, i) => fold(text[i]) * 32 + fold(text[i + 1]));

// How often people's usual agents have each pair of characters.
const countPairs = (agents) => {
  const counts = new Array(1024).fill(0);
  for (const agent of agents) for (const pair of pairsOf(agent)) counts[pair] += 1;
  return counts;
};

// The place of the pair by which the matcher finds a word: the rarest, of several the first.
const anchorOf = (word, counts) => {
  const costs = pairsOf(word).map((pair) => counts[pair]);
  return costs.indexOf(Math.min(...costs));
};

const entriesOf = (words) => {
  const counts = countPairs(words.usual);
  const plain = (kind, list) => list.map((text) => ({ kind, text, anchor: anchorOf(text, counts) }));
  const hiding = Object.entries(words.hides).map(([text, hidden]) => ({ kind: "kHides", text, anchor: text.indexOf(hidden) + anchorOf(hidden, counts) }));
  return [...hiding, ...plain("kUnfurler", words.unfurler), ...plain("kApp", words.app), ...plain("kBot", words.bot)];
};

const compareText = (a, b) => (a < b ? -1 : Number(a > b));

// Entries that begin with one folded character at their anchor stand together, longer ones first.
const sort = (entries) =>
  entries.sort((a, b) => fold(a.text[a.anchor]) - fold(b.text[b.anchor]) || b.text.length - a.text.length || compareText(a.text, b.text));

const entrySource = ({ kind, text, anchor }) => `    {AgentKind::${kind}, ${anchor}, ${JSON.stringify(text)}},\n`;

export const generate = () => {
  const words = allWords(readPolicy(), readCrawlers());
  return `// Made by src/core/visit_words/generate.mjs from policy.json and crawler-user-agents: change those, run it.
#pragma once

#include "core/visit_agents.h"

namespace refedge {

inline constexpr std::string_view kBrowserWords[] = {
${words.browser.slice(1).map((word) => `    ${JSON.stringify(word)},\n`).join("")}};

inline constexpr AgentWord kAgentWords[] = {
${sort(entriesOf(words)).map(entrySource).join("")}};

}  // namespace refedge
`;
};

const main = () => {
  const source = generate();
  if (!process.argv.includes("--check")) return writeFileSync(TARGET, source);
  if (readFileSync(TARGET, "utf8") !== source) throw new Error("src/core/visit_words.h is out of date: run node src/core/visit_words/generate.mjs");
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
