// The market that a page talks to.
import { attempt, complain } from "./page.js";

export interface Market {
  /** Where the market's subdomain answers, without a slash at the end. */
  readonly url: string;
  readonly origin: string;
  /** The market's slug or id. */
  readonly market: string;
}

/** readUrl understands "//host" and a path too. */
export const readUrl = (text: unknown): URL | undefined =>
  attempt(() => (/^(https?:\/|\/)/.test(text as string) ? new URL(text as string, location.href) : undefined));

/** readMarket understands what `new Buyapowa({url, market})` was given, or complains and returns nothing. */
export const readMarket = (given: unknown, market: unknown): Market | undefined => {
  const url = readUrl(given);
  if (url !== undefined && typeof market === "string" && market !== "") {
    return { url: url.origin + url.pathname.replace(/\/+$/, ""), origin: url.origin, market };
  }
  complain(`new Buyapowa: ${url === undefined ? "url" : "market"}: invalid field`);
  return undefined;
};
