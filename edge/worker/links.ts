// Links: what a code leads to. Spec: docs/protocol.md#link-feed.

export interface Link {
  readonly code: string;
  readonly market_id: string;
  readonly location: string;
  /** Unix seconds; 0: never. */
  readonly expires_at: number;
  readonly active: boolean;
  /** Blacklisted: abused, or never to be served again. */
  readonly blocked?: boolean;
  /** Where the friend is sent when the link does not serve. */
  readonly fallback?: string;
  readonly preview?: LinkPreview;
}

/** What an unfurler is shown instead of a redirect. Without a title there is none. */
export interface LinkPreview {
  readonly title?: string;
  readonly description?: string;
  readonly image_url?: string;
  readonly site_name?: string;
  readonly locale?: string;
}

/** Where links are looked up. What is at hand is given at once; `undefined` is a code that nobody has. */
export interface LinkStore {
  find(code: string): Link | undefined | Promise<Link | undefined>;
}

/** A store that the link feed is pulled into. Writing a link twice is harmless; the cursor is written last. */
export interface LinkTable extends LinkStore {
  put(links: readonly Link[]): Promise<void> | void;
  cursor(): Promise<number> | number;
  setCursor(cursor: number): Promise<void> | void;
}

// The shapes that the core's own checks start from: a code is a key of the store before the core sees it.
const CODE = /^[\w-]{1,32}$/;
const MARKET_ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

export const isShareCode = (text: string): boolean => CODE.test(text);

export const isMarketId = (text: unknown): text is string => typeof text === "string" && MARKET_ID.test(text);

const PREVIEW_TEXTS: readonly (keyof LinkPreview)[] = ["title", "description", "image_url", "site_name", "locale"];

const isOptional = (value: unknown, type: "string" | "boolean"): boolean => value === undefined || typeof value === type;

const wrongOption = ({ blocked, fallback, preview }: Record<string, unknown>): string | undefined => {
  if (!isOptional(blocked, "boolean")) return "blocked";
  if (!isOptional(fallback, "string")) return "fallback";
  if (preview === undefined) return undefined;
  if (typeof preview !== "object" || preview === null) return "preview";
  return PREVIEW_TEXTS.find((name) => !isOptional((preview as LinkPreview)[name], "string"));
};

/** The first member of `value` that is not a link's, or undefined when it is a link. Its URLs are the core's to judge. */
export const wrongMember = (value: unknown): string | undefined => {
  if (typeof value !== "object" || value === null) return "link";
  const { code, market_id, location, expires_at, active } = value as Record<string, unknown>;
  if (typeof code !== "string" || !isShareCode(code)) return "code";
  if (!isMarketId(market_id)) return "market_id";
  if (typeof location !== "string") return "location";
  if (!Number.isSafeInteger(expires_at) || (expires_at as number) < 0) return "expires_at";
  return typeof active === "boolean" ? wrongOption(value as Record<string, unknown>) : "active";
};

export const isLink = (value: unknown): value is Link => wrongMember(value) === undefined;

/** Links in memory: for a runtime whose processes live long, and for tests. */
export class MemoryLinks implements LinkTable {
  readonly #links = new Map<string, Link>();
  #cursor = 0;

  constructor(links: Iterable<Link> = []) {
    for (const link of links) this.#links.set(link.code, link);
  }

  find(code: string): Link | undefined {
    return this.#links.get(code);
  }

  put(links: readonly Link[]): void {
    for (const link of links) this.#links.set(link.code, link);
  }

  cursor(): number {
    return this.#cursor;
  }

  setCursor(cursor: number): void {
    this.#cursor = cursor;
  }
}
