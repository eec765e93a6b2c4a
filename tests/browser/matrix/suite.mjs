// The matrix as a test: REFEDGE_BROWSERS_RUNS runs (6 unless told) from the seed REFEDGE_BROWSERS_SEED, each one visitor's story.
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { Scene } from "../scene.mjs";
import { makePlan } from "./plan.mjs";
import { play } from "./play.mjs";

/** script/browsers wants the matrix alone. */
export const IS_LONG = process.env.REFEDGE_BROWSERS_RUNS !== undefined;

const RUNS = Number(process.env.REFEDGE_BROWSERS_RUNS ?? 6);
const SEED = Number(process.env.REFEDGE_BROWSERS_SEED ?? 1);
const REPORT = process.env.REFEDGE_BROWSERS_REPORT;
const RUN_MS = 120_000;

// Each engine gets seeds of its own, so that together they see more of the matrix.
const firstSeed = (engine) => SEED + ["chromium", "firefox", "webkit"].indexOf(engine) * 100_000;

const isGood = (run) => run.lost === 0 && run.doubled === 0 && run.unattributed === 0 && run.thrown === 0;

const playOne = async (world, engine, seed) => {
  const scene = new Scene(world, engine);
  try {
    return { engine: engine.name, ...await play(scene, makePlan(seed)) };
  } finally {
    await scene.close();
  }
};

export const matrixOptions = { timeout: RUNS * RUN_MS };

/** Plays all runs, writes each into REFEDGE_BROWSERS_REPORT, and fails with the seeds of those that were not good. */
export const testMatrix = async (world, engine) => {
  const failed = [];
  for (let seed = firstSeed(engine.name); seed < firstSeed(engine.name) + RUNS; seed += 1) {
    const run = await playOne(world, engine, seed);
    if (REPORT) appendFileSync(REPORT, `${JSON.stringify(run)}\n`);
    if (!isGood(run)) failed.push(run);
  }
  assert.deepEqual(failed, [], `script/browsers --engines ${engine.name} --runs 1 --seed ${failed[0]?.seed - firstSeed(engine.name) + SEED} plays the first again`);
};
