// The loads as rows, and as a table for people. A budget is a peer that always takes the same.
import { spread } from "../wasm/rounds.mjs";

const SCRIPT = { key: "scriptMs", unit: "ms", budget: 10 };
const LONGEST = { key: "longestMs", unit: "ms", budget: 50 };

const FIGURES = [
  { name: "script time", page: "first", ...SCRIPT },
  { name: "script time, later in a visit", page: "later", ...SCRIPT },
  { name: "script time, no order", page: "plain", ...SCRIPT },
  { name: "longest task", page: "first", ...LONGEST },
  { name: "longest task, later in a visit", page: "later", ...LONGEST },
  { name: "longest task, no order", page: "plain", ...LONGEST },
  { name: "largest contentful paint", page: "first", key: "lcpMs", unit: "ms" },
  { name: "cumulative layout shift", page: "first", key: "shift", unit: "" },
];

// Two times nothing is the same.
const ratioOf = (ours, theirs) => (ours === theirs ? 1 : theirs / ours);

const valuesOf = ({ page, key }, rounds) => rounds.map((round) => round[page][key]);

const rowOf = (figure, { ours, without }) => {
  const { name, unit, budget } = figure;
  const values = valuesOf(figure, ours);
  const peers = budget === undefined ? valuesOf(figure, without) : values.map(() => budget);
  const ratio = spread(values.map((value, round) => ratioOf(value, peers[round])));
  return {
    name, value: spread(values).median, unit, peer: budget === undefined ? "without the script" : "budget",
    peer_value: spread(peers).median, ratio: ratio.median, ratio_min: ratio.min, ratio_max: ratio.max,
  };
};

export const rowsOf = (rounds) => FIGURES.map((figure) => rowOf(figure, rounds));

const cells = (values) => values.map((value) => value.toFixed(2).padStart(9)).join("");

const line = (figure, { ours, without }) => {
  const { name, unit, budget } = figure;
  const [own, other] = [ours, without].map((rounds) => spread(valuesOf(figure, rounds)));
  const theirs = budget !== undefined ? " ".repeat(27) : cells([other.min, other.median, other.max]);
  return `${name.padEnd(31)}${cells([own.min, own.median, own.max])}  ${theirs}  ${unit.padEnd(3)}${budget === undefined ? "" : `at most ${budget}`}`;
};

export const table = (rounds, numRounds) => [
  `${numRounds} visits of each, in turn, Chromium at a CPU slowed down 4 times; minimum, median, maximum`,
  `${" ".repeat(31)}${"with the script".padStart(27)}  ${"without it".padStart(27)}`,
  ...FIGURES.map((figure) => line(figure, rounds)),
].join("\n");
