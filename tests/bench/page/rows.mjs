// The loads as rows, and as a table for people. A budget is a peer that always takes the same.
import { spread } from "../wasm/rounds.mjs";

const FIGURES = [
  { name: "script time", key: "scriptMs", unit: "ms", budget: 10 },
  { name: "longest task", key: "longestMs", unit: "ms", budget: 50 },
  { name: "largest contentful paint", key: "lcpMs", unit: "ms" },
  { name: "cumulative layout shift", key: "shift", unit: "" },
];

// Two times nothing is the same.
const ratioOf = (ours, theirs) => (ours === theirs ? 1 : theirs / ours);

const rowOf = ({ name, key, unit, budget }, { ours, without }) => {
  const values = ours.map((load) => load[key]);
  const peers = budget === undefined ? without.map((load) => load[key]) : values.map(() => budget);
  const ratio = spread(values.map((value, round) => ratioOf(value, peers[round])));
  return {
    name, value: spread(values).median, unit, peer: budget === undefined ? "without the script" : "budget",
    peer_value: spread(peers).median, ratio: ratio.median, ratio_min: ratio.min, ratio_max: ratio.max,
  };
};

export const rowsOf = (rounds) => FIGURES.map((figure) => rowOf(figure, rounds));

const cells = (values) => values.map((value) => value.toFixed(2).padStart(9)).join("");

const line = ({ name, key, unit, budget }, { ours, without }) => {
  const [own, other] = [ours, without].map((loads) => spread(loads.map((load) => load[key])));
  const theirs = budget !== undefined ? " ".repeat(27) : cells([other.min, other.median, other.max]);
  return `${name.padEnd(26)}${cells([own.min, own.median, own.max])}  ${theirs}  ${unit.padEnd(3)}${budget === undefined ? "" : `at most ${budget}`}`;
};

export const table = (rounds, numRounds) => [
  `${numRounds} loads of each, in turn, Chromium at a CPU slowed down 4 times; minimum, median, maximum`,
  `${" ".repeat(26)}${"with the script".padStart(27)}  ${"without it".padStart(27)}`,
  ...FIGURES.map((figure) => line(figure, rounds)),
].join("\n");
