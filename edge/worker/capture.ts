// Pages of the shop that pass through: `?ref=` becomes a cookie of the edge, on cached answers too. As edge/nginx/capture.cc.
import { buildCookie, judgeCapture, type Capture, type JudgeCaptureInput } from "../core_exports.js";
import type { Edge } from "./edge.js";
import { handedOver } from "./handoff.js";
import { findLink, isPage, mayStore, serves, verdictOf, type Found } from "./page_visit.js";
import { passOn } from "./passthrough.js";
import { cookieOfLink, setSigned } from "./referral_cookie.js";
import type { RequestUrl } from "./request_url.js";

const NO_COOKIE = { code: "", clickId: "", capturedAt: 0 };

// Signs for a link that serves. Where nothing can be signed, because the table or the market's key is missing, the script's cookie
// is better than none; a code that the table does not have is nobody's.
const chooseCookie = (edge: Edge, url: RequestUrl, link: Found, code: string, now: number): string | undefined => {
  const isKnown = serves(link, now);
  if (!isKnown && link !== "unavailable") return undefined;
  const said = { code, clickId: "", capturedAt: now };
  const signed = isKnown ? setSigned(edge, url, link, said) : undefined;
  if (signed !== undefined) return signed;
  edge.counters.add("captures.unsigned");
  return edge.settings.cookie.writeUnsigned(buildCookie(edge.call, said), url.host, edge.registrableDomain);
};

const judge = (edge: Edge, url: RequestUrl, asked: Partial<JudgeCaptureInput>, now: number): Capture =>
  judgeCapture(edge.call, { query: url.query, verdict: "human", mayStore: true, now, windowSeconds: edge.settings.repeatWindowSeconds,
    previous: NO_COOKIE, ...asked });

/** The Set-Cookie header of a page's answer; undefined: none. */
const captured = async (edge: Edge, request: Request, url: RequestUrl): Promise<string | undefined> => {
  const now = Math.floor(Date.now() / 1000);
  const { code } = judge(edge, url, {}, now);
  if (code === "") return handedOver(edge, request, url, now);
  const { headers } = request;
  const link = await findLink(edge, code);
  const previous = typeof link === "object" ? cookieOfLink(edge, headers, link) : undefined;
  const { verdict } = judge(edge, url, {
    verdict: verdictOf(edge, request), mayStore: mayStore(edge, headers), previous: previous ?? NO_COOKIE,
  }, now);
  if (verdict === "no_consent") edge.counters.add("consent.denied");
  return verdict === "set" && isPage(headers) ? chooseCookie(edge, url, link, code, now) : undefined;
};

// A page is worth more than its cookie: what fails here is logged and the answer goes on.
const capturedOrNone = (edge: Edge, request: Request, url: RequestUrl): Promise<string | undefined> =>
  captured(edge, request, url).catch((error: unknown) => void console.error(`refedge: ref is not captured: ${String(error)}`));

// A page that is gone or a server that fails still had a friend's visit; a request that was refused had none.
const takesCookie = (status: number): boolean => status >= 200 && (status < 400 || status >= 500 || status === 404 || status === 410);

// `private` keeps a shared cache in front of this worker from giving one visitor's cookie to all.
const withCookie = (answer: Response, cookie: string): Response => {
  const copy = new Response(answer.body, answer);
  copy.headers.append("Set-Cookie", cookie);
  copy.headers.append("Cache-Control", "private");
  return copy;
};

/** passPage answers what the shop answers, with the cookie of a captured `?ref=`. */
export const passPage = async (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  if (!edge.settings.capture || request.method !== "GET" || url.query === "") return passOn(edge, request, url);
  const [answer, cookie] = await Promise.all([passOn(edge, request, url), capturedOrNone(edge, request, url)]);
  return cookie === undefined || !takesCookie(answer.status) ? answer : withCookie(answer, cookie);
};
