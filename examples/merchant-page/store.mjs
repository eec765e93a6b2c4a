// Orders and received webhooks: two files of JSON lines, read at the start, appended to and kept in memory.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const readLines = (file) =>
  existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];

const openLog = (file) => {
  const entries = readLines(file);
  const add = (entry) => {
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    entries.push(entry);
  };
  return { entries, add };
};

export const openStore = (dir) => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const orders = openLog(join(dir, "orders.jsonl"));
  const hooks = openLog(join(dir, "webhooks.jsonl"));
  return {
    addOrder: orders.add,
    findOrder: (token) => orders.entries.find((order) => order.token === token),
    hooks: () => hooks.entries,
    // addHook: false when this delivery was received before; deliveries repeat when an answer got lost.
    addHook: (hook) => {
      if (hook.delivery && hooks.entries.some(({ delivery }) => delivery === hook.delivery)) return false;
      hooks.add(hook);
      return true;
    },
  };
};
