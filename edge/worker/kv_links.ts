// Links in a key-value namespace, with a cache in the isolate: clicks go to few links, and a look into KV is a request.
import { isLink, type Link, type LinkTable } from "./links.js";
import type { KvNamespace } from "./runtime.js";

const LINK = "link:";
const CURSOR = "cursor";
// KV itself gives what is up to 60 seconds old: the cache adds half of that at most.
const KEEP_MS = 30_000;
const MAX_CACHED = 10_000;
// Writes at a time: a Worker may have six connections open.
const WRITES_AT_ONCE = 6;

interface Cached {
  readonly link: Link | undefined;
  readonly until: number;
}

const parse = (text: string | null): Link | undefined => {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isLink(value)) return value;
  } catch {
    // Named below, as what is JSON and no link.
  }
  console.error("refedge: a link in KV is damaged");
  return undefined;
};

export class KvLinks implements LinkTable {
  readonly #kv: KvNamespace;
  readonly #cache = new Map<string, Cached>();

  constructor(kv: KvNamespace) {
    this.#kv = kv;
  }

  find(code: string): Link | undefined | Promise<Link | undefined> {
    const cached = this.#cache.get(code);
    return cached !== undefined && Date.now() < cached.until ? cached.link : this.#fetch(code);
  }

  async put(links: readonly Link[]): Promise<void> {
    for (let at = 0; at < links.length; at += WRITES_AT_ONCE) {
      await Promise.all(links.slice(at, at + WRITES_AT_ONCE).map((link) => this.#kv.put(LINK + link.code, JSON.stringify(link))));
    }
  }

  async cursor(): Promise<number> {
    const cursor = Number((await this.#kv.get(CURSOR)) ?? 0);
    return Number.isSafeInteger(cursor) ? cursor : 0;
  }

  setCursor(cursor: number): Promise<void> {
    return this.#kv.put(CURSOR, String(cursor));
  }

  // Unknown codes are kept too: else a guesser's every guess would be a request.
  async #fetch(code: string): Promise<Link | undefined> {
    const link = parse(await this.#kv.get(LINK + code));
    if (this.#cache.size >= MAX_CACHED) this.#cache.delete(this.#cache.keys().next().value as string);
    this.#cache.set(code, { link, until: Date.now() + KEEP_MS });
    return link;
  }
}
