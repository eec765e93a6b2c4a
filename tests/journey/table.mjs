// The journey's table: a row for each step with what was seen, and the count at the end.
const isColourful = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (isColourful ? `\x1b[${code}m${text}\x1b[0m` : text);

const MARKS = { ok: () => paint("32", "ok  "), failed: () => paint("31", "FAIL"), missed: () => paint("33", "--  ") };

const NAME_WIDTH = 52;
const SEEN_WIDTH = 96;

// lines: `text` in pieces that fit the last column.
const lines = (text) => text.match(new RegExp(`.{1,${SEEN_WIDTH}}`, "g")) ?? [""];

export const row = (mark, number, name, seen) => {
  const [first, ...rest] = lines(seen);
  console.log(`${MARKS[mark]()} ${String(number).padStart(2)}  ${name.padEnd(NAME_WIDTH)} ${first}`);
  for (const line of rest) console.log(" ".repeat(NAME_WIDTH + 10) + line);
};

export const heading = (text) => console.log(`\n${paint("1", text)}`);

// detail: what a failure has to say, indented under its row.
export const detail = (text) => console.log(text.split("\n").map((line) => `         ${line}`).join("\n"));
