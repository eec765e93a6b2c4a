// The WebAssembly package against what else JavaScript would use. Usage: node wasm_bench.mjs [--json]; REFEDGE_BENCH_ROUNDS
// (default 21) sets how many interleaved rounds a row has.
import { parseArgs } from "node:util";
import { instantiations } from "./wasm/instantiate.mjs";
import { contests, requireAgreement } from "./wasm/contests.mjs";
import { INPUT_BYTES } from "./wasm/inputs.mjs";
import { rowsOf, table } from "./wasm/rows.mjs";
import { runAsyncRounds, runRounds } from "./wasm/rounds.mjs";

const CALLS_A_TURN = 8;
const NS_PER_MS = 1e6;

const { values: { json } } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const numRounds = Number(process.env.REFEDGE_BENCH_ROUNDS ?? 21);
if (!Number.isInteger(numRounds) || numRounds < 1) throw new Error("REFEDGE_BENCH_ROUNDS: a whole number from 1");

contests.forEach(requireAgreement);
const rows = contests.flatMap(({ name, contenders }) => rowsOf(name, runRounds(contenders, numRounds)));
await runAsyncRounds(instantiations, 1, CALLS_A_TURN);
rows.push(...rowsOf("instantiate", await runAsyncRounds(instantiations, numRounds, CALLS_A_TURN), "ms", NS_PER_MS));

const heading = `${INPUT_BYTES} bytes, ${numRounds} interleaved rounds; ratio: the peer's time / ours (above 1 we are faster)`;
console.log(json ? JSON.stringify(rows, null, 1) : table(rows, heading));
