// Rows of a result: one for each of our operations and each peer, as script/bench prints them.
import { spread } from "./rounds.mjs";

const OURS = "refedge";

/** rowsOf makes rows of the times that runRounds gives, ours under the name "refedge"; `perUnit` nanoseconds are one unit. */
export const rowsOf = (name, times, unit = "ns", perUnit = 1) => {
  const ours = times.get(OURS);
  return [...times].filter(([peer]) => peer !== OURS).map(([peer, theirs]) => {
    const ratio = spread(theirs.map((time, round) => time / ours[round]));
    return {
      name, value: spread(ours).median / perUnit, unit, peer, peer_value: spread(theirs).median / perUnit,
      ratio: ratio.median, ratio_min: ratio.min, ratio_max: ratio.max,
    };
  });
};

const digitsOf = (unit) => (unit === "ms" ? 3 : 0);

const line = ({ name, value, unit, peer, peer_value: peerValue, ratio, ratio_min: min, ratio_max: max }) => [
  name.padEnd(14), value.toFixed(digitsOf(unit)).padStart(9), peerValue.toFixed(digitsOf(unit)).padStart(9), unit,
  ratio.toFixed(2).padStart(8), `(${min.toFixed(2)}, ${max.toFixed(2)})`.padEnd(16), peer,
].join(" ");

/** table is the rows for people. */
export const table = (rows, heading) => [
  heading, `${"operation".padEnd(14)} ${"ours".padStart(9)} ${"peer".padStart(9)}       ratio (min, max)     peer`, ...rows.map(line),
].join("\n");
