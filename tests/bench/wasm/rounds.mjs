// Interleaved rounds: in each round every contender has one turn, and who starts moves on. The machine is noisy, but what slows
// one turn slows its neighbours, so a round's ratio tells more than two medians.
const TURN_NS = 4e6;

export const sink = { length: 0 };

// The process's own time: what others do on the machine meanwhile is not ours to measure.
const timeCalls = (act, numCalls) => {
  const start = process.cpuUsage();
  for (let i = 0; i < numCalls; i += 1) sink.length += act().length;
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000 / numCalls;
};

// Enough calls for a turn to last about TURN_NS; finding the number warms the contender up.
const callsForATurn = (act) => {
  let numCalls = 64;
  while (timeCalls(act, numCalls) * numCalls < TURN_NS) numCalls *= 2;
  return numCalls;
};

/** spread gives a list's median, minimum and maximum. */
export const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
};

// The list, started at another place in each round.
const turned = (list, round) => [...list.slice(round % list.length), ...list.slice(0, round % list.length)];

/** runRounds times the contenders, `{name, act}`, and gives each one's times in nanoseconds a call, round by round, by name. */
export const runRounds = (contenders, numRounds) => {
  const ready = contenders.map(({ name, act }) => ({ act, numCalls: callsForATurn(act), times: [], name }));
  for (let round = 0; round < numRounds; round += 1) {
    for (const { act, numCalls, times } of turned(ready, round)) times.push(timeCalls(act, numCalls));
  }
  return new Map(ready.map(({ name, times }) => [name, times]));
};

/** runAsyncRounds does the same for what is awaited, `numCalls` a turn: there the clock tells how long somebody waits. */
export const runAsyncRounds = async (contenders, numRounds, numCalls) => {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < numRounds; round += 1) {
    for (const { name, act } of turned(contenders, round)) {
      const start = process.hrtime.bigint();
      for (let i = 0; i < numCalls; i += 1) await act();
      times.get(name).push(Number(process.hrtime.bigint() - start) / numCalls);
    }
  }
  return times;
};
