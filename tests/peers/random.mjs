// Random inputs from a seed that is printed, so that a failure can be had again: REFEDGE_SEED=<number>.

const SEED = Number(process.env.REFEDGE_SEED ?? Math.floor(Math.random() * 2 ** 32));
process.stdout.write(`# REFEDGE_SEED=${SEED}\n`);

// What encoders disagree about: quotes, slashes, controls, blanks, what a URL reserves, two to four bytes of UTF-8, line separators.
const PIECES = [..."aZ09-._~", ..."\"\\/'<>&", ..."\b\f\n\r\t\u0000\u001f\u007f", ..." +%=&#?[]:,;@!*()|^`{}$",
  "é", "ß", "Ł", "中", "€", "‏", "\u2028", "\u2029", "\uffff", "🎾", "👩‍👩‍👧", "Zoë", "</script>", "\\u00e9", "%2B"];

/** A stream of numbers in [0, 1): mulberry32, started anew for each test so that tests do not depend on each other. */
const stream = (name) => {
  let state = [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.codePointAt(0), SEED) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** randomOf gives a test, known by its name, its own generators. */
export const randomOf = (name) => {
  const next = stream(name);
  const below = (limit) => Math.floor(next() * limit);
  const list = (limit, make) => Array.from({ length: below(limit + 1) }, make);
  const word = () => `k${below(36 ** 6).toString(36)}`;
  // One text in eight is empty; the lengths cross the blocks of AES and SHA-256.
  const text = () => (below(8) === 0 ? "" : list(40, () => PIECES[below(PIECES.length)]).join(""));
  const shortText = () => text().slice(0, 20).toWellFormed(); // what a secret's limit leaves room for
  const object = (values = text) => Object.fromEntries([[word(), values()], ...list(6, () => [word(), values()])]);
  const bytes = (length) => Buffer.from(Array.from({ length }, () => below(256)));
  return { below, word, text, shortText, object, bytes };
};

/** times makes `count` cases. */
export const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
