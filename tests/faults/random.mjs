// Randomness that can be had again: the seed is printed, and REFEDGE_FAULTS_SEED sets it.
import { makeGenerator } from './generator.mjs';

export const SEED = Number(process.env.REFEDGE_FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`# seed ${SEED}: REFEDGE_FAULTS_SEED=${SEED} repeats it`);

export const makeRandom = () => makeGenerator(SEED);
