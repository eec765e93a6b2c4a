// The referral cookie of a request, once its tag holds under a key of its link's market.
import { parseCookie, verifyCookie, type Cookie } from "../core_exports.js";
import type { Edge } from "./edge.js";

// A cookie of the same name can stand several times in a request: host-only, for a parent domain, or put there by somebody who
// controls a sibling domain. Each is looked at, up to a limit that bounds the work.
const MAX_CANDIDATES = 8;
const MAX_HEADER_LENGTH = 16_384;

export interface VerifiedCookie {
  readonly value: string;
  readonly cookie: Cookie;
}

const trimBlanks = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, "");

const candidates = (header: string, name: string): string[] => {
  if (header.length > MAX_HEADER_LENGTH) return [];
  const pairs = header.split(";").map((pair) => [pair.indexOf("="), pair] as const);
  return pairs.filter(([equals, pair]) => equals >= 0 && trimBlanks(pair.slice(0, equals)) === name)
    .map(([equals, pair]) => trimBlanks(pair.slice(equals + 1)).replace(/^"(.*)"$/, "$1")).slice(0, MAX_CANDIDATES);
};

const accepted = <T>(operation: () => T): T | undefined => {
  try {
    return operation();
  } catch {
    return undefined;
  }
};

/** verifiedCookie gives the first that holds. Rejects when links cannot be read. */
export const verifiedCookie = async (edge: Edge, headers: Headers): Promise<VerifiedCookie | undefined> => {
  for (const value of candidates(headers.get("cookie") ?? "", edge.settings.cookie.name)) {
    const code = accepted(() => parseCookie(edge.call, value).code);
    const link = code === undefined ? undefined : await edge.links.find(code);
    const keys = link === undefined ? [] : edge.settings.keys.ring(link.market_id);
    const cookie = accepted(() => verifyCookie(edge.call, { value, keys }));
    if (cookie !== undefined) return { value, cookie };
  }
  return undefined;
};
