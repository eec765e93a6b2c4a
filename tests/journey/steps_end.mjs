// The end: everything stops when asked, and nginx's log, its last words in it, is clean.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const stopAll = async ({ stack, shopUrl, originUrl, hookAddress }) => {
  assert.deepEqual(await stack.stop(), [], "processes that ended too early or had to be killed");
  for (const url of [shopUrl.replace("shop.localhost", "127.0.0.1"), originUrl, `http://${hookAddress}`]) {
    await assert.rejects(fetch(url), `nobody answers at ${url}`);
  }
  return "nginx, shop, agent and origin ran until asked to end, and ended; their ports are closed";
};

const readErrorLog = ({ state }) => {
  const lines = readFileSync(`${state}/nginx/error.log`, "utf8").split("\n").filter(Boolean);
  assert.ok(lines.some((line) => line.endsWith(": exit")), "the log holds nginx's end");
  const bad = lines.filter((line) => /\[(alert|emerg|crit)\]/.test(line));
  assert.deepEqual(bad, []);
  return `${lines.length} lines, none [alert], [emerg] or [crit]`;
};

export const END = [
  ["Everything stops", stopAll],
  ["nginx had nothing serious to say", readErrorLog],
];
