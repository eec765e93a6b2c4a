// A referral on its way to another registrable domain: the token that a page asks for, and what becomes of one in a page's address.
// As the origin's POST /handoff and edge/nginx/capture.cc. Spec: docs/protocol.md#handoff.
import { findQueryParam, parseCookie, signCookie, signHandoff, verifyHandoff, type Cookie } from "../core_exports.js";
import { accepted } from "./accepted.js";
import type { Edge } from "./edge.js";
import { jsonAnswer, preflightAnswer } from "./page_answers.js";
import { findLink, isPage, mayStore, serves, verdictOf } from "./page_visit.js";
import { verifiedCookie } from "./referral_cookie.js";
import type { RequestUrl } from "./request_url.js";

const NAME = "refedge_handoff";

/** A page of the shop's own may be called so: it is got, not posted to. */
export const asksForHandoff = ({ method }: Request): boolean => method === "POST" || method === "OPTIONS";

const tokenOf = async (edge: Edge, headers: Headers, issued: number): Promise<string | null> => {
  const held = await verifiedCookie(edge, headers).catch((error: unknown) => edge.linkGate.error(`links cannot be read: ${String(error)}`));
  const key = held ? edge.settings.keys.ring(held.link.market_id)[0] : undefined;
  return held && key ? signHandoff(edge.call, { keyId: key.id, key: key.key, issued, ...held.cookie }) : null;
};

/** answerHandoff answers 200 with a token of what the request's cookie says, null where no cookie's tag holds. */
export const answerHandoff = async (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  if (request.method === "OPTIONS") return preflightAnswer(edge, request, url);
  return jsonAnswer(edge, request, url, 200, { handoff: await tokenOf(edge, request.headers, Math.floor(Date.now() / 1000)) });
};

// Whose link a token speaks of, before its market's keys can say whether it holds. A cookie stands behind its second dot.
const codeOf = (edge: Edge, token: string): string => parseCookie(edge.call, token.split(".").slice(2).join(".")).code;

/** handedOver gives the Set-Cookie header of a page that another domain hands a referral to, with its click and its time; undefined: none. */
export const handedOver = async (edge: Edge, request: Request, url: RequestUrl, now: number): Promise<string | undefined> => {
  const { cookie, keys } = edge.settings;
  const token = accepted(() => findQueryParam(edge.call, { query: url.query, name: NAME }));
  const code = token === undefined ? undefined : accepted(() => codeOf(edge, token));
  if (token === undefined || code === undefined || verdictOf(edge, request) !== "human" || !isPage(request.headers)) return undefined;
  const link = await findLink(edge, code);
  if (!serves(link, now)) return undefined;
  const ring = keys.ring(link.market_id);
  const said: Cookie | undefined = accepted(() => verifyHandoff(edge.call, { token, now, keys: ring }));
  const key = ring[0];
  if (said === undefined || key === undefined) return undefined;
  if (!mayStore(edge, request.headers)) {
    edge.counters.add("consent.denied");
    return undefined;
  }
  edge.counters.add("captures.signed");
  return cookie.write(signCookie(edge.call, { keyId: key.id, key: key.key, ...said }), url.host, edge.registrableDomain);
};
