// Of rounds: the middle and the edges.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `ours` and `theirs` round by round, and how many times better ours is: the ratios are made within a round, so that what
 * slows one side of it down slows the other. `better` is 'more' or 'less'. */
export function compare(ours, theirs, better) {
  const ratios = ours.map((value, i) => (better === 'more' ? value / theirs[i] : theirs[i] / value));
  return { value: median(ours), peer_value: median(theirs), ratio: median(ratios), ratio_min: Math.min(...ratios), ratio_max: Math.max(...ratios) };
}
