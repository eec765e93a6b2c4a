// The processes below one that a test started, as Linux tells them: a tab is killed by ending the process that shows it.
import { readdirSync, readFileSync } from "node:fs";

const read = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it has just ended
  }
};

const threads = (pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
};

// A child is listed with the thread that made it.
const childrenOf = (pid) =>
  threads(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number));

/** The process ids below `pid`, of all generations. */
export const descendants = (pid) => childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);

export const commandOf = (pid) => read(`/proc/${pid}/cmdline`).split("\0").filter(Boolean);

/** How long a process has computed, in ticks of the system's clock (proc(5): utime and stime, after the name in brackets). */
const ticksOf = (pid) => {
  const [user = 0, system = 0] = read(`/proc/${pid}/stat`).split(") ").at(-1).split(" ").slice(11, 13).map(Number);
  return user + system;
};

/** Runs in a page: keeps the process that shows it busy for some ticks. */
export const work = () => {
  for (const end = Date.now() + 60; Date.now() < end;);
};

/** Which of the processes that `list` gives is made busy by `act`. */
export const findBusy = async (list, act) => {
  const before = new Map(list().map((pid) => [pid, ticksOf(pid)]));
  await act();
  const spent = list().map((pid) => [pid, ticksOf(pid) - (before.get(pid) ?? 0)]);
  return spent.sort(([, one], [, other]) => other - one)[0][0];
};

/** Sends a signal; a process that has just ended needs none. */
export const signal = (pid, name) => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
};
