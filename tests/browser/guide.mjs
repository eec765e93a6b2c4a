// docs/embed.md as a test reads it: sections, and in them blocks of code, each with the file that the words before it say to save it as.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../wasm/artefacts.mjs";

// The words from the end of the block before up to this one: where they name a file, the block is that file.
const fileIn = (words) => [...words.matchAll(/Save this as `([^`]+)`/g)].at(-1)?.[1];

const blocksOf = (text) => {
  const blocks = [];
  let end = 0;
  for (const found of text.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)) {
    blocks.push({ language: found[1], text: found[2], file: fileIn(text.slice(end, found.index)) });
    end = found.index + found[0].length;
  }
  return blocks;
};

/** The guide's sections: {title, text, blocks: [{language, text, file}]}, with `changes`, [[from, to]], made in all of it. */
export const readGuide = (changes) => {
  const text = changes.reduce((made, [from, to]) => made.replaceAll(from, to), readFileSync(`${ROOT}docs/embed.md`, "utf8"));
  return text.split(/\n(?=##+ )/).map((part) => ({ title: part.split("\n")[0].replace(/^#+ /, ""), text: part, blocks: blocksOf(part) }));
};

/** A shell that goes on from block to block, as somebody's terminal does. */
export class Terminal {
  constructor() {
    this.shell = spawn("bash", [], { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"] });
    this.said = "";
    for (const stream of [this.shell.stdout, this.shell.stderr]) stream.on("data", (text) => { this.said += text; });
    this.count = 0;
  }

  /** What a block of commands printed; fails unless its last command went well. */
  async run(commands) {
    this.count += 1;
    const begin = this.said.length;
    const mark = new RegExp(`\\n?--- ${this.count} (\\d+)\\n`);
    this.shell.stdin.write(`${commands}\necho "--- ${this.count} $?"\n`);
    while (!mark.test(this.said.slice(begin))) {
      await new Promise((done) => this.shell.stdout.once("data", done));
    }
    const [whole, status] = mark.exec(this.said.slice(begin));
    const printed = this.said.slice(begin).replace(whole, "");
    if (status !== "0") throw new Error(`"${commands}" ended with ${status}: ${printed}`);
    return printed;
  }

  end() {
    this.shell.stdin.end();
    return new Promise((done) => this.shell.once("exit", done));
  }
}

/** Does what a block asks for: saves it as its file, or runs it. Gives what it printed. */
export const follow = (terminal, folder, { language, text, file }) => {
  if (language === "sh") return terminal.run(text);
  if (file === undefined) throw new Error(`the guide does not say where this goes: ${text.slice(0, 60)}`);
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), `${text}\n`);
  return "";
};
