// The market that a page talks to.
import { complain } from "./page.js";

export interface Market {
  /** Where the market's subdomain answers, without a slash at the end. */
  readonly url: string;
  readonly origin: string;
  readonly host: string;
  /** The market's slug or id. */
  readonly market: string;
}

export interface MarketOptions {
  readonly url: string;
  readonly market: string;
}

// "//host" and a path are understood too.
const readUrl = (text: unknown): URL | undefined => {
  try {
    const url = new URL(text as string, location.href);
    return typeof text === "string" && /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
};

const isFilled = (text: unknown): text is string => typeof text === "string" && text !== "";

/** readMarket understands what `new Buyapowa({url, market})` was given, or complains and returns nothing. */
export const readMarket = (options: Partial<MarketOptions> | undefined): Market | undefined => {
  const url = readUrl(options?.url);
  const market = options?.market;
  if (url !== undefined && isFilled(market)) {
    return { url: url.origin + url.pathname.replace(/\/+$/, ""), origin: url.origin, host: url.hostname, market };
  }
  complain(`new Buyapowa: ${url === undefined ? "url" : "market"}: invalid field`);
  return undefined;
};
