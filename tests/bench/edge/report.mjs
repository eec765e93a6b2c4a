// What the rounds say: rows for programs, a table for people.
import { compare, median } from './statistics.mjs';

/** What is compared with what. */
const PAIRS = [
  ['redirect zipf', ['nginx return 302', 'nginx lua redis', 'node', 'workerd plain js']],
  ['redirect uniform', ['nginx return 302']],
  ['redirect logged', ['nginx return 302']],
  ['worker', ['workerd empty', 'workerd plain js']],
];

/** The figures of a round. The first is what a row of its own name is about. */
const FIGURES = [
  { key: 'rate', unit: 'requests/s', better: 'more', digits: 0 },
  { key: 'cpu', unit: 'us CPU/request', better: 'less', digits: 2 },
  { key: 'p50', unit: 'us p50', better: 'less', digits: 0 },
  { key: 'p99', unit: 'us p99', better: 'less', digits: 0 },
  { key: 'pacedP50', unit: 'us p50 at half load', better: 'less', digits: 0 },
  { key: 'pacedP99', unit: 'us p99 at half load', better: 'less', digits: 0 },
];

const of = (rounds, key) => rounds.map((round) => round[key]).filter((value) => value !== undefined);

function row(results, name, peer, { key, unit, better, pairedOnly }) {
  const [ours, theirs] = [of(results.get(name), key), of(results.get(peer), key)];
  if (ours.length === 0 || ours.length !== theirs.length) return undefined;
  const { value, peer_value, ...ratios } = compare(ours, theirs, better);
  return { name, value, unit, peer, peer_value, ...ratios };
}

/** `results` maps a contender's name to its rounds. */
export function rows(results) {
  const pairs = PAIRS.flatMap(([name, peers]) => peers.map((peer) => [name, peer]))
    .filter((pair) => pair.every((name) => results.has(name)));
  return FIGURES.flatMap((figure) => pairs.map(([name, peer]) => row(results, name, peer, figure))).filter(Boolean);
}

const cell = (text, width) => String(text).padStart(width);

function printContenders(results) {
  console.log(`${'contender'.padEnd(18)}${FIGURES.map(({ unit }) => cell(unit, 21)).join('')}`);
  for (const [name, rounds] of results) {
    const values = FIGURES.map(({ key, digits }) => {
      const seen = of(rounds, key);
      return cell(seen.length > 0 ? median(seen).toFixed(digits) : '-', 21);
    });
    console.log(`${name.padEnd(18)}${values.join('')}`);
  }
}

export function print(results, { rounds, seconds }) {
  console.log(`${rounds} interleaved rounds of ${seconds} s; medians; ratio: how many times better than the peer (minimum, maximum)\n`);
  printContenders(results);
  console.log();
  for (const { name, peer, unit, ratio, ratio_min: least, ratio_max: most } of rows(results)) {
    console.log(`${name.padEnd(18)}${peer.padEnd(18)}${unit.padEnd(22)}${ratio.toFixed(2)} (${least.toFixed(2)}, ${most.toFixed(2)})`);
  }
}
