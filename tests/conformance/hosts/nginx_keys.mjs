// The cookie keys file for the vectors: every ring that they use and nginx takes is that of a market of its own.
import fs from "node:fs";
import path from "node:path";
import { checkConfig } from "../../nginx/harness.mjs";
import { valueBytes } from "../shared/values.mjs";

const uuid = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const base64 = (key) => Buffer.from(valueBytes(key)).toString("base64");

// A ring is as in a record: key id, key, key id, key, ...
const linesOf = (market, ring) =>
  ring.flatMap((id, at) => (at % 2 === 0 ? [`${market} ${id} ${base64(ring[at + 1])}\n`] : [])).join("");

const RING_OF = { sign_cookie: ([id, key]) => [id, key], verify_cookie: ([, ...ring]) => ring };

// Rings that the core takes, as the vectors say.
const goodRings = ({ files }) =>
  files.filter(({ operation }) => operation in RING_OF).flatMap(({ operation, cases }) =>
    cases.filter((one) => one.in && one.error?.field !== "cookie_key").map((one) => RING_OF[operation](one.in)));

export class KeyRings {
  #edge;
  #markets;

  constructor(edge, suite) {
    this.#edge = edge;
    this.#markets = [...new Set(goodRings(suite).map((ring) => JSON.stringify(ring)))];
    fs.writeFileSync(edge.keys, this.#markets.map((ring, index) => linesOf(uuid(index), JSON.parse(ring))).join(""));
  }

  marketOf(ring) {
    return uuid(this.#markets.indexOf(JSON.stringify(ring)));
  }

  /** Whether nginx refuses to start with a keys file that has the ring. */
  refuses(ring) {
    const dir = fs.mkdtempSync(path.join(this.#edge.dir, "refused-"));
    const keys = path.join(dir, "cookie_keys");
    fs.writeFileSync(keys, linesOf(uuid(0), ring));
    const { accepted, message } = checkConfig({ ...this.#edge, dir, keys }, {});
    return !accepted && message.includes(`${keys}`);
  }
}
