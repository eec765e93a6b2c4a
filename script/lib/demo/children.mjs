// The processes of the demo: each in its own group with its own log, stopped by the process id that started it.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { until } from "./wait.mjs";

const STOP_SECONDS = 10;

const tail = (log) => readFileSync(log, "utf8").trimEnd().split("\n").slice(-15).join("\n");

// start: a running process {name, pid, exited, log}. A group of its own keeps the terminal's Ctrl-C from it, so that the
// demo decides the order in which things stop.
export const start = ({ name, file, args, env = {}, log }) => {
  const output = openSync(log, "a", 0o600);
  const child = spawn(file, args, {
    env: { ...process.env, ...env }, stdio: ["ignore", output, output], detached: true,
  });
  closeSync(output);
  const running = { name, log, pid: child.pid, ended: null };
  running.exited = new Promise((done) => {
    child.once("error", (error) => { running.ended = error.message; done(); });
    child.once("exit", (code, signal) => { running.ended ??= signal ?? `status ${code}`; done(); });
  });
  return running;
};

// ready: waits until `probe` answers; fails at once, with the end of the log, when the process ends before that.
export const ready = (running, probe) => {
  const died = running.exited.then(() => {
    throw new Error(`${running.name} ended (${running.ended}) before it was ready; its log ends so:\n${tail(running.log)}`);
  });
  died.catch(() => {}); // it also ends when it is stopped, long after it was ready
  return Promise.race([died, until(`${running.name} is ready`, probe)]);
};

const signal = (running, name) => {
  try { process.kill(running.pid, name); } catch (error) { if (error.code !== "ESRCH") throw error; }
};

// stop: asks, waits, insists. Resolves when the process is gone; true when it ran until asked and then went.
export const stop = async (running) => {
  if (running.ended) return false;
  signal(running, "SIGTERM");
  try {
    await until(`${running.name} stops`, () => running.ended, { seconds: STOP_SECONDS });
    return true;
  } catch {
    signal(running, "SIGKILL");
    await running.exited;
    return false;
  }
};
