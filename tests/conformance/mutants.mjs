// Artefacts with one byte changed, to show that a runner notices.
import { Worker } from "node:worker_threads";
import { parseModule } from "../wasm/wasm_binary.mjs";

const DEADLINE_MS = 30_000;

const spread = (positions, count) => Array.from({ length: count }, (_, index) => positions[Math.floor((index + 0.5) * positions.length / count)]);

// Every byte of the code section; or, in JavaScript, the last digit of every number, so that it stays a program.
const positionsIn = (name, bytes) => {
  if (name.endsWith(".js")) return [...bytes.toString("latin1").matchAll(/(?<![\w$.])\d*(?=\d(?![\w$.]))/g)].map(({ index, 0: before }) => index + before.length);
  const { start, end } = parseModule(bytes).code;
  return Array.from({ length: end - start }, (_, index) => start + index);
};

/** `count` copies of the artefact, spread over its code, each with the lowest bit of one byte turned over. */
export const mutantsOf = (name, bytes, count) =>
  spread(positionsIn(name, bytes), count).map((at) => {
    const copy = Buffer.from(bytes);
    copy[at] ^= 1;
    return { at, bytes: copy };
  });

/** How many cases a mutant fails in Node: all for one that is no module any more; "hangs" for one that does not end. */
export const failuresInNode = (suite, name, bytes) => new Promise((done, failed) => {
  const worker = new Worker(new URL("mutant_worker.mjs", import.meta.url), { workerData: { suite, name, bytes } });
  const timer = setTimeout(() => worker.terminate().then(() => done("hangs")), DEADLINE_MS);
  worker.once("message", (message) => {
    clearTimeout(timer);
    worker.terminate().then(() => done(message));
  });
  worker.once("error", failed);
});
