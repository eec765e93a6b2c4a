// "refedge/embedding": the browser script as an ES module. On a server importing it does nothing.

/** The server's answer with its HTTP status: 0, there is none yet and the order is sent again; 208, another tab has had it. */
export interface Answer {
  readonly status: number;
  readonly [member: string]: unknown;
}

/** What happened, and when (Unix milliseconds). No customer's data is in it. */
export interface LogEntry {
  readonly at: number;
  readonly what: string;
  readonly [detail: string]: unknown;
}

export interface MarketOptions {
  /** Where the market's subdomain answers: "https://bp.your-shop.com". */
  readonly url: string;
  /** The market's slug or id. */
  readonly market: string;
}

/** What the manual's embedding takes; all but `campaign` reaches the frame by a message. */
export interface EmbedParams {
  readonly campaign: string;
  readonly locale?: string;
  readonly auto?: boolean | "true" | "false";
  readonly name?: string;
  readonly email?: string;
  readonly custom_field?: string;
  readonly marketing_opt_in?: boolean | "true" | "false";
  readonly signed_keys?: string;
  readonly signature?: string;
}

/** What the manual's tracking takes. Amounts are best given as text. */
export interface TrackParams {
  readonly customer_email: string;
  readonly order_number: string | number;
  readonly campaign?: string;
  readonly customer_name?: string;
  readonly marketing_opt_in?: boolean | "true" | "false";
  readonly order_value?: string | number;
  readonly reward_category?: string;
  readonly voucher_code?: string;
  readonly voucher_codes?: readonly string[];
  readonly locale?: string;
  readonly signed_keys?: string;
  readonly signature?: string;
}

export interface Campaign {
  /** Puts the campaign into the container; without one, into the page's body. */
  embedReferAFriend(params: EmbedParams): void;
  /** Sends an order. Gives the server's answer, with status 0 when there is none yet; never rejects. */
  track(params: TrackParams): Promise<Answer>;
}

export interface Refedge {
  /** What has happened, at most 100 entries: what the debugging overlay shows. */
  readonly log: readonly LogEntry[];
  /** What the visitor told the page. */
  consent(isGiven: boolean): Promise<unknown>;
  /** Removes all that the script keeps of the visitor, and keeps nothing more. */
  forget(): Promise<unknown>;
  /** The address with the referral in it, for a page on another registrable domain. */
  handoff(url: string): Promise<string>;
  /** The queue form: `push(["track", {...}])`. */
  push(call: readonly [string, ...unknown[]]): unknown;
}

/** The constructor of the published snippets; undefined on a server. */
export declare const Buyapowa: new (options: MarketOptions, containerId?: string, errorId?: string) => Campaign;
/** The script's own global; undefined on a server. */
export declare const refedge: Refedge;
