// GET /r/<code>: from request to answer. The core decides; here is what it needs and how its answer looks in HTTP.
import type { VisitAnswer } from "../link_visits.js";
import type { CounterName } from "./counters.js";
import type { Edge } from "./edge.js";
import { isShareCode, type Link } from "./links.js";
import { methodNotAllowed, unavailable, unknownLink } from "./pages.js";
import { previewPage } from "./preview.js";
import type { RequestUrl } from "./request_url.js";
import type { Lifetime } from "./runtime.js";
import { headerOf, purposeOf } from "./visit_headers.js";

const RANDOM_BYTES = 10;
// The place of the random bytes among the operation's fields: after the request's.
const RANDOM_AT = 11;

// By their names, so that none has to be put together for each click.
const CLICKS = {
  human: "clicks.human", bot: "clicks.bot", unfurler: "clicks.unfurler", prefetch: "clicks.prefetch", head: "clicks.head",
} as const;

/** A visit on its way through the functions below. */
interface Visit {
  readonly edge: Edge;
  readonly request: Request;
  readonly method: string;
  readonly url: RequestUrl;
  readonly lifetime: Lifetime;
}

const judge = ({ edge, request, method, url }: Visit, link: Link, nowMs: number): VisitAnswer => {
  const { headers } = request;
  const { consent, keys } = edge.settings;
  const fields = [
    method, headerOf(headers, "user-agent"), headerOf(headers, "sec-purpose"), purposeOf(headers), headerOf(headers, "x-moz"),
    headerOf(headers, "cookie"), consent.source === "header" ? headerOf(headers, consent.name) : "",
    consent.gpc ? headerOf(headers, "sec-gpc") : "", consent.dnt ? headerOf(headers, "dnt") : "", url.query, String(nowMs),
    link.code, link.location, String(link.expires_at), link.active && link.blocked !== true ? "1" : "0", link.fallback ?? "",
  ];
  return edge.visits.answer(fields, edge.random.take(RANDOM_BYTES), RANDOM_AT, keys.ring(link.market_id));
};

// From an answer that has what all of them have: a runtime copies its headers faster than it reads an object's.
const sendTo = ({ edge, method }: Visit, location: string, setCookie = ""): Response => {
  const answer = new Response(null, edge.redirect);
  const { headers } = answer;
  headers.set("Location", location);
  // The runtime says it itself, but to HEAD.
  if (method === "HEAD") headers.set("Content-Length", "0");
  if (setCookie !== "") headers.set("Set-Cookie", setCookie);
  return answer;
};

// Where a link that does not serve leads: the link's own fallback, the configured one, or a small page.
const miss = (visit: Visit, reason: CounterName, fallback = ""): Response => {
  const { edge, method } = visit;
  edge.counters.add(reason);
  const location = fallback || edge.settings.fallback;
  if (location !== "") {
    edge.counters.add("answers.fallback");
    return sendTo(visit, location);
  }
  return (reason === "misses.unavailable" ? unavailable : unknownLink)(method, edge.commonHeaders);
};

const reasonOf = (link: Link, nowMs: number): CounterName => {
  if (link.blocked === true) return "misses.blocked";
  if (!link.active) return "misses.withdrawn";
  return link.expires_at !== 0 && link.expires_at <= nowMs / 1000 ? "misses.expired" : "misses.damaged";
};

// A friend who comes again within the window is the click that their cookie remembers: it is not recorded twice.
const record = ({ edge, lifetime }: Visit, link: Link, nowMs: number, answer: VisitAnswer): void => {
  const { verdict, consent } = answer;
  if (answer.isRepeat) return edge.counters.add("clicks.repeat");
  edge.counters.add(CLICKS[verdict as keyof typeof CLICKS]);
  if (verdict === "human" && consent !== "implied" && consent !== "given") edge.counters.add("consent.denied");
  edge.clicks.record({ click_id: answer.clickId, code: link.code, market_id: link.market_id, at_ms: nowMs, verdict }, lifetime);
};

const cookieFor = ({ edge, url }: Visit, link: Link, { verdict, consent, isRepeat, cookie }: VisitAnswer): string => {
  if (cookie !== "") return edge.settings.cookie.write(cookie, url.host, edge.registrableDomain);
  const wasMeant = verdict === "human" && !isRepeat && (consent === "implied" || consent === "given");
  if (wasMeant) edge.keyGate.error(`no cookie key for market ${link.market_id}: nothing is signed`);
  return "";
};

const follow = (visit: Visit, link: Link | undefined): Response => {
  if (link === undefined) return miss(visit, "misses.unknown");
  const nowMs = Date.now();
  const answer = judge(visit, link, nowMs);
  if (answer.verdict === "") return miss(visit, reasonOf(link, nowMs), answer.location);
  record(visit, link, nowMs, answer);
  const preview = answer.verdict === "unfurler" ? previewPage(visit.edge, visit.request, visit.url, link) : undefined;
  visit.edge.counters.add(preview === undefined ? "answers.redirect" : "answers.preview");
  return preview ?? sendTo(visit, answer.location || link.location, cookieFor(visit, link, answer));
};

/** answerRedirect answers a share link; at once where the link is at hand. */
export const answerRedirect = (edge: Edge, request: Request, url: RequestUrl, lifetime: Lifetime): Response | Promise<Response> => {
  const { method } = request;
  if (method !== "GET" && method !== "HEAD") return methodNotAllowed();
  const visit = { edge, request, method, url, lifetime };
  const code = url.lastSegment;
  if (!isShareCode(code)) return follow(visit, undefined);
  const found = edge.links.find(code);
  if (!(found instanceof Promise)) return follow(visit, found);
  return found.then((link) => follow(visit, link), (error: unknown) => {
    edge.linkGate.error(`links cannot be read: ${String(error)}`);
    return miss(visit, "misses.unavailable");
  });
};
