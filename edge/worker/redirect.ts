// GET /r/<code>: from request to answer. The core decides; here is what it needs and what its answer looks like in HTTP.
import type { VisitAnswer } from "../link_visits.js";
import type { Edge } from "./edge.js";
import { isShareCode, type Link } from "./links.js";
import { COMMON_HEADERS, methodNotAllowed, unavailable, unknownLink } from "./pages.js";
import type { RequestUrl } from "./request_url.js";
import type { Lifetime } from "./runtime.js";
import { purposeOf } from "./visit_headers.js";

const RANDOM_BYTES = 10;
// The place of the random bytes among the operation's fields, after the request's.
const RANDOM_AT = 11;

const answerVisit = (edge: Edge, request: Request, url: RequestUrl, link: Link, nowMs: number): VisitAnswer => {
  const { headers } = request;
  const { consent } = edge.settings;
  const fields = [
    request.method, headers.get("user-agent") ?? "", headers.get("sec-purpose") ?? "", purposeOf(headers), headers.get("x-moz") ?? "",
    headers.get("cookie") ?? "", consent.source === "header" ? headers.get(consent.name) ?? "" : "",
    consent.gpc ? headers.get("sec-gpc") ?? "" : "", consent.dnt ? headers.get("dnt") ?? "" : "", url.query, String(nowMs),
    link.code, link.location, String(link.expires_at),
    link.active && link.blocked !== true ? "1" : "0", link.fallback ?? "",
  ];
  return edge.visits.answer(fields, edge.random.take(RANDOM_BYTES), RANDOM_AT, edge.settings.keys.ring(link.market_id));
};

const cookieHeader = (edge: Edge, url: RequestUrl, value: string): string =>
  edge.settings.cookie.write(value, url.host, edge.registrableDomain);

const sendOn = (edge: Edge, url: RequestUrl, link: Link, answer: VisitAnswer): Response => {
  const headers: Record<string, string> = { Location: answer.location || link.location, ...COMMON_HEADERS };
  if (answer.cookie !== "") headers["Set-Cookie"] = cookieHeader(edge, url, answer.cookie);
  return new Response(null, { status: 302, headers });
};

const follow = (edge: Edge, request: Request, url: RequestUrl, link: Link | undefined, lifetime: Lifetime): Response => {
  const nowMs = Date.now();
  const answer = link === undefined ? undefined : answerVisit(edge, request, url, link, nowMs);
  if (link === undefined || answer === undefined || answer.verdict === "") return unknownLink(request.method);
  edge.clicks.record({ click_id: answer.clickId, code: link.code, market_id: link.market_id, at_ms: nowMs, verdict: answer.verdict }, lifetime);
  return sendOn(edge, url, link, answer);
};

const cannotLookUp = (edge: Edge, method: string, error: unknown): Response => {
  edge.linkGate.error(`links cannot be read: ${String(error)}`);
  return unavailable(method);
};

/** answerRedirect answers a share link; at once where the link is at hand. */
export const answerRedirect = (edge: Edge, request: Request, url: RequestUrl, lifetime: Lifetime): Response | Promise<Response> => {
  const { method } = request;
  if (method !== "GET" && method !== "HEAD") return methodNotAllowed();
  const code = url.lastSegment;
  if (!isShareCode(code)) return unknownLink(method);
  const found = edge.links.find(code);
  if (!(found instanceof Promise)) return follow(edge, request, url, found, lifetime);
  return found.then((link) => follow(edge, request, url, link, lifetime), (error: unknown) => cannotLookUp(edge, method, error));
};
