// The referral cookie of a request, once its tag holds under a key of its link's market.
import { parseCookie, signCookie, verifyCookie, type Cookie } from "../core_exports.js";
import { accepted } from "./accepted.js";
import type { Edge } from "./edge.js";
import type { Link } from "./links.js";
import { findLink } from "./page_visit.js";
import type { RequestUrl } from "./request_url.js";

// A cookie of the same name can stand several times in a request: host-only, for a parent domain, or put there by somebody who
// controls a sibling domain. Each is looked at, up to a limit that bounds the work.
const MAX_CANDIDATES = 8;
const MAX_HEADER_LENGTH = 16_384;

const trimBlanks = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, "");

const candidates = (header: string, name: string): string[] => {
  if (header.length > MAX_HEADER_LENGTH) return [];
  const pairs = header.split(";").map((pair) => [pair.indexOf("="), pair] as const);
  return pairs.filter(([equals, pair]) => equals >= 0 && trimBlanks(pair.slice(0, equals)) === name)
    .map(([equals, pair]) => trimBlanks(pair.slice(equals + 1)).replace(/^"(.*)"$/, "$1")).slice(0, MAX_CANDIDATES);
};

const parsed = (edge: Edge, value: string): Cookie | undefined => accepted(() => parseCookie(edge.call, value));

const holds = (edge: Edge, value: string, link: Link): boolean =>
  accepted(() => (verifyCookie(edge.call, { value, keys: edge.settings.keys.ring(link.market_id) }), true)) ?? false;

const candidatesOf = (edge: Edge, headers: Headers): string[] => candidates(headers.get("cookie") ?? "", edge.settings.cookie.name);

/** cookieOfLink gives the first that is of the link and holds. */
export const cookieOfLink = (edge: Edge, headers: Headers, link: Link): Cookie | undefined => {
  const value = candidatesOf(edge, headers).find((one) => parsed(edge, one)?.code === link.code && holds(edge, one, link));
  return value === undefined ? undefined : parsed(edge, value);
};

/** A cookie whose tag holds: as it stands in the request, what it says, and its link. */
export interface HeldCookie {
  readonly value: string;
  readonly cookie: Cookie;
  readonly link: Link;
}

/** verifiedCookie gives the first, of any link, that holds; undefined: none, or links cannot be read. */
export const verifiedCookie = async (edge: Edge, headers: Headers): Promise<HeldCookie | undefined> => {
  for (const value of candidatesOf(edge, headers)) {
    const cookie = parsed(edge, value);
    const link = cookie === undefined ? undefined : await findLink(edge, cookie.code);
    if (link === "unavailable") return undefined;
    if (cookie !== undefined && link !== undefined && holds(edge, value, link)) return { value, cookie, link };
  }
  return undefined;
};

/** setSigned gives the Set-Cookie header of a page that captures a referral; undefined where the link's market has no key. */
export const setSigned = (edge: Edge, url: RequestUrl, link: Link, said: Cookie): string | undefined => {
  const { cookie, keys } = edge.settings;
  const key = keys.ring(link.market_id)[0];
  if (key === undefined) return undefined;
  edge.counters.add("captures.signed");
  return cookie.write(signCookie(edge.call, { keyId: key.id, key: key.key, ...said }), url.host, edge.registrableDomain);
};
