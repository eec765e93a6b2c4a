// Visits of share links, answered by the core in one crossing. This is the way of a redirect: unlike a call of the other
// operations it makes no arrays, writes what never changes once, and does not wipe: the keys live as long as the worker does.
import { ANSWER_LINK_VISIT, ERRORS } from "./core_exports.js";
import { RefedgeError } from "./errors.js";
import { functionOf, loadCompiled, type CompiledModule } from "./loader.js";
import { decodeText, maxLength, writeRecord, type RecordField } from "./record.js";

/** What the operator wants; the same for every visit. Values as those of the core's operations. */
export interface VisitRule {
  readonly cookieName: string;
  readonly consentSource: "implied" | "cookie" | "header";
  readonly consentName: string;
  readonly consentValues: string;
  readonly honourGpc: boolean;
  readonly honourDnt: boolean;
  readonly passthrough: "none" | "utm" | "all";
  readonly precedence: "link" | "visitor";
  readonly repeatWindowSeconds: number;
}

export interface VisitKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The answer's fields are as in the core's record `link_answer`. An unknown link has an empty verdict. */
export interface VisitAnswer {
  readonly verdict: string;
  readonly consent: string;
  readonly isRepeat: boolean;
  readonly clickId: string;
  readonly cookie: string;
  readonly location: string;
}

const LENGTH_BYTES = 4;
const MAX_BYTES_A_UNIT = 3;
const encoder = new TextEncoder();

// What most answers say. A map finds a constant by its address, and a text that was decoded by its characters.
const WORDS = ["", "human", "implied", "given", "bot", "unfurler", "prefetch", "head"];

const flag = (value: boolean): string => (value ? "1" : "0");

const ruleFields = (rule: VisitRule): RecordField[] => [
  rule.cookieName, rule.consentSource, rule.consentName, rule.consentValues, flag(rule.honourGpc), flag(rule.honourDnt),
  rule.passthrough, rule.precedence, String(rule.repeatWindowSeconds),
];

export class LinkVisits {
  readonly #memory: WebAssembly.Memory;
  readonly #reserve: (len: number) => number;
  readonly #call: (operation: number, len: number) => number;
  readonly #rule: Uint8Array;
  #bytes = new Uint8Array();
  #view = new DataView(new ArrayBuffer(0));
  #start = 0;
  #capacity = 0;
  #at = 0;

  constructor(module: CompiledModule, rule: VisitRule) {
    const { exports } = loadCompiled(module);
    this.#memory = exports["memory"] as WebAssembly.Memory;
    this.#reserve = functionOf(exports, "refedge_reserve") as (len: number) => number;
    this.#call = functionOf(exports, "refedge_call") as (operation: number, len: number) => number;
    const fields = ruleFields(rule);
    const bytes = new Uint8Array(maxLength(fields));
    this.#rule = bytes.subarray(0, writeRecord(fields, bytes, new DataView(bytes.buffer), 0));
  }

  /**
   * `texts` are the fields of the request and the link in the operation's order, `random` stands at its place among them.
   * Throws RefedgeError.
   */
  answer(texts: readonly string[], random: Uint8Array, randomAt: number, keys: readonly VisitKey[]): VisitAnswer {
    this.#begin(texts, random, keys);
    for (let i = 0; i < texts.length; i += 1) {
      if (i === randomAt) this.#putBytes(random);
      this.#putText(texts[i] as string);
    }
    for (const { id, key } of keys) {
      this.#putText(id);
      this.#putBytes(key);
    }
    return this.#read(this.#call(ANSWER_LINK_VISIT, this.#at - this.#start));
  }

  // The rule stands at the beginning of the area already, unless the area is new.
  #begin(texts: readonly string[], random: Uint8Array, keys: readonly VisitKey[]): void {
    let len = this.#rule.length + LENGTH_BYTES + random.length;
    for (const text of texts) len += LENGTH_BYTES + text.length * MAX_BYTES_A_UNIT;
    for (const { key } of keys) len += 2 * LENGTH_BYTES + 1 + key.length;
    if (len > this.#capacity) {
      this.#capacity = Math.max(len, 2 * this.#capacity);
      this.#start = this.#reserve(this.#capacity);
      this.#lookAgain();
      this.#bytes.set(this.#rule, this.#start);
    }
    this.#lookAgain();
    this.#at = this.#start + this.#rule.length;
  }

  // Views of a memory are empty once it has grown.
  #lookAgain(): void {
    if (this.#bytes.length > 0) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }

  #putBytes(field: Uint8Array): void {
    this.#view.setUint32(this.#at, field.length, true);
    this.#bytes.set(field, this.#at + LENGTH_BYTES);
    this.#at += LENGTH_BYTES + field.length;
  }

  #putText(text: string): void {
    const bytes = this.#bytes;
    const from = this.#at + LENGTH_BYTES;
    let len = 0;
    for (; len < text.length; len += 1) {
      const unit = text.charCodeAt(len);
      if (unit > 127) {
        len = encoder.encodeInto(text, bytes.subarray(from)).written;
        break;
      }
      bytes[from + len] = unit;
    }
    this.#view.setUint32(this.#at, len, true);
    this.#at = from + len;
  }

  #read(response: number): VisitAnswer {
    if (response === 0) throw new TypeError("the module answers no visits: a worker needs refedge-edge.wasm");
    this.#lookAgain();
    const status = this.#view.getUint32(response, true);
    this.#at = this.#view.getUint32(response + 4, true);
    if (status !== 0) throw new RefedgeError(ERRORS[status] ?? "invalid_record", this.#text(this.#at, this.#view.getUint32(response + 8, true)));
    const [verdict, consent, isRepeat] = [this.#takeField(), this.#takeField(), this.#takeField() === "1"];
    const [idAt, idLength] = this.#skipField();
    const cookie = this.#takeField();
    // A cookie says its click's id: one text is decoded then, not two.
    const inCookie = cookie.indexOf(".", 2) + 1;
    const clickId = cookie === "" ? this.#text(idAt, idLength) : cookie.slice(inCookie, inCookie + idLength);
    return { verdict, consent, isRepeat, clickId, cookie, location: this.#takeField() };
  }

  #takeField(): string {
    return this.#text(...this.#skipField());
  }

  #skipField(): readonly [at: number, length: number] {
    const length = this.#view.getUint32(this.#at, true);
    const at = this.#at + LENGTH_BYTES;
    this.#at = at + length;
    return [at, length];
  }

  #text(at: number, length: number): string {
    for (const word of WORDS) {
      if (word.length === length && this.#stands(word, at)) return word;
    }
    return decodeText(this.#bytes.subarray(at, at + length));
  }

  #stands(word: string, at: number): boolean {
    for (let i = 0; i < word.length; i += 1) {
      if (this.#bytes[at + i] !== word.charCodeAt(i)) return false;
    }
    return true;
  }
}
