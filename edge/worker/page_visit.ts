// A visit of a page of the shop, and the link that it speaks of: what decides whether a referral is kept.
import { judgeConsent, visitVerdict, type JudgeCaptureInput } from "../core_exports.js";
import type { Edge } from "./edge.js";
import type { Link } from "./links.js";
import { headerOf, purposeOf } from "./visit_headers.js";

export type Found = Link | undefined | "unavailable";

export const verdictOf = (edge: Edge, { method, headers }: Request): JudgeCaptureInput["verdict"] => visitVerdict(edge.call, {
  method, userAgent: headerOf(headers, "user-agent"), secPurpose: headerOf(headers, "sec-purpose"), purpose: purposeOf(headers),
  xMoz: headerOf(headers, "x-moz"),
});

export const mayStore = (edge: Edge, headers: Headers): boolean => {
  const { source, name, values, gpc, dnt } = edge.settings.consent;
  const consent = judgeConsent(edge.call, {
    source, name, values, honourGpc: gpc, honourDnt: dnt, cookie: headerOf(headers, "cookie"),
    header: source === "header" ? headerOf(headers, name) : "", secGpc: headerOf(headers, "sec-gpc"), dnt: headerOf(headers, "dnt"),
  });
  return consent === "implied" || consent === "given";
};

/** Only a page that a person looks at captures: an image or a frame with ?ref= in its address would be how a stranger's page plants a cookie. */
export const isPage = (headers: Headers): boolean => ["", "document"].includes(headerOf(headers, "sec-fetch-dest"));

export const findLink = async (edge: Edge, code: string): Promise<Found> => {
  try {
    return await edge.links.find(code);
  } catch (error) {
    edge.linkGate.error(`links cannot be read: ${String(error)}`);
    return "unavailable";
  }
};

export const serves = (link: Found, now: number): link is Link =>
  typeof link === "object" && link.active && link.blocked !== true && (link.expires_at === 0 || now < link.expires_at);
