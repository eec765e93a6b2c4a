// A referral on its way to another registrable domain: the token that a page asks for, and what becomes of one in a page's address.
// As the origin's POST /handoff and edge/nginx/capture.cc. Spec: docs/protocol.md#handoff.
import { findQueryParam, parseCookie, signHandoff, verifyHandoff } from "../core_exports.js";
import { accepted } from "./accepted.js";
import type { Edge } from "./edge.js";
import { jsonAnswer, preflightAnswer } from "./page_answers.js";
import { findLink, isPage, mayStore, serves, verdictOf } from "./page_visit.js";
import { setSigned, verifiedCookie } from "./referral_cookie.js";
import type { RequestUrl } from "./request_url.js";

const NAME = "refedge_handoff";

const tokenOf = async (edge: Edge, headers: Headers, issued: number): Promise<string | null> => {
  const held = await verifiedCookie(edge, headers);
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
  const token = accepted(() => findQueryParam(edge.call, { query: url.query, name: NAME }));
  const code = token === undefined ? undefined : accepted(() => codeOf(edge, token));
  if (token === undefined || code === undefined || verdictOf(edge, request) !== "human" || !isPage(request.headers)) return undefined;
  const link = await findLink(edge, code);
  if (!serves(link, now)) return undefined;
  const said = accepted(() => verifyHandoff(edge.call, { token, now, keys: edge.settings.keys.ring(link.market_id) }));
  if (said === undefined) return undefined;
  if (!mayStore(edge, request.headers)) {
    edge.counters.add("consent.denied");
    return undefined;
  }
  return setSigned(edge, url, link, said);
};
