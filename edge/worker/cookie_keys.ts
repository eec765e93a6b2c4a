// The cookie keys file, given as a secret: what `refedge market keys` prints. Spec: docs/protocol.md#cookies.
import { isMarketId } from "./links.js";
import { remembering } from "./remembering.js";
import { SettingError } from "./setting_error.js";

export interface CookieKey {
  /** One character. */
  readonly id: string;
  readonly key: Uint8Array;
}

const MIN_KEY_BYTES = 32;
const MAX_KEY_BYTES = 64;
const MAX_KEYS = 16;
const NO_KEYS: readonly CookieKey[] = [];

const decodeKey = (text: string): Uint8Array | undefined => {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
};

/** CookieKeys holds the markets' rings, the signing key of each first. */
export class CookieKeys {
  readonly #rings = new Map<string, CookieKey[]>();
  /** ring gives a market's keys. Most links are of one market: to compare two texts costs less than to look one up. */
  readonly ring = remembering((marketId): readonly CookieKey[] => this.#rings.get(marketId) ?? NO_KEYS);

  /** parse reads the file's text. Throws a SettingError that names the line, and holds no part of a key. */
  static parse(text: string): CookieKeys {
    const keys = new CookieKeys();
    text.split("\n").forEach((line, index) => {
      const wrong = keys.#addLine(line.trim());
      if (wrong !== undefined) throw new SettingError("refedge_keys", `line ${index + 1}: ${wrong}`);
    });
    return keys;
  }

  get isEmpty(): boolean {
    return this.#rings.size === 0;
  }

  #addLine(line: string): string | undefined {
    if (line === "" || line.startsWith("#")) return undefined;
    const [market = "", id = "", encoded = "", ...more] = line.split(/[ \t]+/);
    if (encoded === "" || more.length > 0) return "expected <market_id> <key id> <base64 key>";
    if (!isMarketId(market.toLowerCase())) return "the market id is no UUID";
    if (!/^[\w-]$/.test(id)) return "the key id must be one character of A-Z a-z 0-9 _ -";
    const key = decodeKey(encoded);
    if (key === undefined) return "the key is no base64";
    if (key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) return "the key must be 32 to 64 bytes";
    return this.#add(market.toLowerCase(), { id, key });
  }

  #add(market: string, key: CookieKey): string | undefined {
    const ring = this.#rings.get(market) ?? [];
    if (ring.some(({ id }) => id === key.id)) return "the market has a key of this id already";
    if (ring.length === MAX_KEYS) return "the market has 16 keys already";
    ring.push(key);
    this.#rings.set(market, ring);
    return undefined;
  }
}
