// The core as the GoogleTest program runs it through the C ABI: natively, and compiled to WebAssembly. It prints a line for each
// vector file: "conformance <operation> <cases>".
import { spawnSync } from "node:child_process";
import { artefact } from "../../wasm/artefacts.mjs";

const DEADLINE_MS = 120_000;

const totalsOf = (text) => {
  const totals = {};
  for (const [, operation, cases] of text.matchAll(/^conformance (\w+) (\d+)$/gm)) {
    totals[operation] = (totals[operation] ?? 0) + Number(cases);
  }
  return totals;
};

/** runProgram runs `program`, after the words in `before`, on the vectors that are compiled into it as a path. */
export const runProgram = (program, before = []) => {
  const [file, ...args] = [...before, artefact(program), "--gtest_filter=Vectors.*"];
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: "utf8", timeout: DEADLINE_MS, maxBuffer: 1 << 26 });
  if (error) throw error;
  const failures = status === 0 ? [] : [`${program} ended with ${status}: ${stderr}\n${stdout}`];
  return [{ artefact: program.split("/").at(-1), totals: totalsOf(stdout), failed: failures.length, failures }];
};
