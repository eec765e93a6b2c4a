// Pages of the shop that pass through: `?ref=` becomes a cookie of the edge, on cached answers too.
import { judgeCapture, judgeConsent, signCookie, visitVerdict } from "../core_exports.js";
import type { Edge } from "./edge.js";
import { passOn } from "./passthrough.js";
import { verifiedCookie } from "./referral_cookie.js";
import type { RequestUrl } from "./request_url.js";
import { purposeOf } from "./visit_headers.js";

const header = (headers: Headers, name: string): string => headers.get(name) ?? "";

const verdictOf = (edge: Edge, { method, headers }: Request): ReturnType<typeof visitVerdict> => visitVerdict(edge.call, {
  method, userAgent: header(headers, "user-agent"), secPurpose: header(headers, "sec-purpose"), purpose: purposeOf(headers),
  xMoz: header(headers, "x-moz"),
});

const mayStore = (edge: Edge, headers: Headers): boolean => {
  const { source, name, values, gpc, dnt } = edge.settings.consent;
  const consent = judgeConsent(edge.call, {
    source, name, values, honourGpc: gpc, honourDnt: dnt, cookie: header(headers, "cookie"),
    header: source === "header" ? header(headers, name) : "", secGpc: header(headers, "sec-gpc"), dnt: header(headers, "dnt"),
  });
  return consent === "implied" || consent === "given";
};

/** The Set-Cookie header of a page's answer; undefined: none. */
const captured = async (edge: Edge, request: Request, url: RequestUrl): Promise<string | undefined> => {
  const now = Math.floor(Date.now() / 1000);
  const known = await verifiedCookie(edge, request.headers);
  const { verdict, code } = judgeCapture(edge.call, {
    query: url.query, verdict: verdictOf(edge, request), mayStore: mayStore(edge, request.headers), now,
    windowSeconds: edge.settings.repeatWindow, previous: known?.cookie ?? { code: "", clickId: "", capturedAt: 0 },
  });
  const link = verdict === "set" ? await edge.links.find(code) : undefined;
  const key = link === undefined ? undefined : edge.settings.keys.ring(link.market_id)[0];
  if (key === undefined) return undefined;
  const value = signCookie(edge.call, { keyId: key.id, key: key.key, code, clickId: "", capturedAt: now });
  return edge.settings.cookie.write(value, url.host, edge.registrableDomain);
};

// A page that cannot be attributed is still a page.
const capturedOrNone = (edge: Edge, request: Request, url: RequestUrl): Promise<string | undefined> =>
  captured(edge, request, url).catch((error: unknown) => void edge.linkGate.error(`ref is not captured: ${String(error)}`));

const withCookie = (answer: Response, cookie: string): Response => {
  const copy = new Response(answer.body, answer);
  copy.headers.append("Set-Cookie", cookie);
  return copy;
};

/** passPage answers what the shop answers, with the cookie of a captured `?ref=`. */
export const passPage = async (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  if (!edge.settings.capture || !url.query.includes("ref")) return passOn(edge, request, url);
  const [answer, cookie] = await Promise.all([passOn(edge, request, url), capturedOrNone(edge, request, url)]);
  return cookie === undefined ? answer : withCookie(answer, cookie);
};
