// Random inputs that repeat: the same seed gives the same cases.
export const SEED = Number(process.env.REFEDGE_SEED ?? 20240229);

/** mulberry32: a small generator whose whole state is one 32-bit number. */
export function randomSource(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  const several = (most, make) => Array.from({ length: below(most + 1) }, make);
  return { below, pick, several };
}

const PIECES = ['a', 'Zoë', '"', '\\', '/', '\n', '\t', '\u0001', '\u007f', '\u2028', '€', '😀', ' ', 'é', 'e\u0301', '<', '&', '%', '+', '12.50'];

export const randomText = (random, most = 6) => random.several(most, () => random.pick(PIECES)).join('');

/** The text with one character replaced, left out, doubled or put in. */
export function mutate(random, text, alphabet) {
  const at = random.below(text.length + 1);
  const change = random.pick([
    () => text.slice(0, at) + random.pick(alphabet) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(at, at + 1) + text.slice(at),
    () => text.slice(0, at) + random.pick(alphabet) + text.slice(at),
  ]);
  return change();
}
