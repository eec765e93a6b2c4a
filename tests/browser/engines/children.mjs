// The processes below one that a test started, as Linux tells them: a tab is killed by ending the process that shows it.
import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

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

/** Runs in a page: work of a size, not of a time, so that a busy machine does not make less of it. */
export const work = () => {
  let sum = 0;
  for (let i = 0; i < 4e7; i += 1) sum += i % 7;
  return sum;
};

const LEAST_TICKS = 3;

/** Which of the processes that `list` gives is made busy by `act`: clearly, or it is tried again. */
export const findBusy = async (list, act) => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = new Map(list().map((pid) => [pid, ticksOf(pid)]));
    await act();
    const spent = list().map((pid) => [pid, ticksOf(pid) - (before.get(pid) ?? 0)]).sort(([, one], [, other]) => other - one);
    const [[pid, most], [, second] = [0, 0]] = spent;
    if (most >= LEAST_TICKS && most > 2 * second) return pid;
  }
  throw new Error("no process is clearly the one that shows the page");
};

/** Sends a signal; a process that has just ended needs none. */
export const signal = (pid, name) => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
};

/** Gives a process's threads of this name only the time that nobody else wants (sched(7): SCHED_IDLE). */
export const leaveIdle = (pid, name) => {
  for (const thread of threads(pid).filter((id) => read(`/proc/${pid}/task/${id}/comm`).trim() === name)) {
    execFileSync("chrt", ["--idle", "--pid", "0", thread]);
  }
};

/** Does `act` on a machine that has more to do than it can. */
export const whileBusy = async (act) => {
  const others = Array.from({ length: 2 * availableParallelism() }, () => spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }));
  try {
    return await act();
  } finally {
    for (const other of others) other.kill("SIGKILL");
  }
};
