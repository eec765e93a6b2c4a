// What the worker itself answers to pages: the shapes and headers of the origin's. Spec: docs/protocol.md#track.
import type { RefedgeError } from "../errors.js";
import type { Edge } from "./edge.js";
import type { HeaderFields } from "./pages.js";
import type { RequestUrl } from "./request_url.js";

const isAddress = (host: string): boolean => /^[\d.]+$|^\[/.test(host);

// A page is of the site when its host is the registrable domain of this one, or below it.
const isOfSite = (page: string, site: string): boolean => {
  const host = /^https?:\/\/(\[[^\]]*\]|[^/@?# \t"'<>\\:]+)(?::\d*)?$/.exec(page)?.[1]?.toLowerCase();
  return host !== undefined && (host === site || (!isAddress(host) && host.endsWith(`.${site}`)));
};

const siteOf = (edge: Edge, url: RequestUrl): string => edge.settings.cookie.domainOf(url.host, edge.registrableDomain) || url.host;

/** Whether a page of the site itself asks, by `Origin`. */
export const isOwnPage = (edge: Edge, request: Request, url: RequestUrl): boolean =>
  isOfSite(request.headers.get("origin") ?? "", siteOf(edge, url));

/** The headers that let a page of the site read the answer, and other pages without their cookies. */
export const corsHeaders = (edge: Edge, request: Request, url: RequestUrl): HeaderFields => {
  const page = request.headers.get("origin");
  if (page === null) return { Vary: "Origin" };
  if (!isOwnPage(edge, request, url)) return { Vary: "Origin", "Access-Control-Allow-Origin": "*" };
  return { Vary: "Origin", "Access-Control-Allow-Origin": page, "Access-Control-Allow-Credentials": "true" };
};

export const jsonAnswer = (edge: Edge, request: Request, url: RequestUrl, status: number, body: unknown): Response => {
  const headers: HeaderFields = {
    "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", ...corsHeaders(edge, request, url),
  };
  if (status === 503) Object.assign(headers, { "Retry-After": "5", "Access-Control-Expose-Headers": "Retry-After" });
  return new Response(JSON.stringify(body), { status, headers });
};

export const errorAnswer = (edge: Edge, request: Request, url: RequestUrl, status: number, field: string, reason: string, message: string): Response =>
  jsonAnswer(edge, request, url, status, { errors: [{ field, reason, message }] });

const messageOf = ({ code, field }: RefedgeError): string =>
  (code === "missing_field" ? `${field || "the request"} is required` : `${field || "the request"}: ${code.replaceAll("_", " ")}`);

/** refusalAnswer says what is wrong with which field. */
export const refusalAnswer = (edge: Edge, request: Request, url: RequestUrl, error: RefedgeError): Response =>
  errorAnswer(edge, request, url, 422, error.field, error.code, messageOf(error));

/** Whether a page's script asks, at a path that a page of the shop may have too: that one is got, not posted to. */
export const isPostOrPreflight = ({ method }: Request): boolean => method === "POST" || method === "OPTIONS";

/** preflightAnswer lets the browser send its order, or ask to forget. */
export const preflightAnswer = (edge: Edge, request: Request, url: RequestUrl): Response => {
  const cors = corsHeaders(edge, request, url);
  const isAllowed = "Access-Control-Allow-Origin" in cors;
  const methods = { "Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type", "Access-Control-Max-Age": "600" };
  return new Response(null, { status: 204, headers: { ...cors, ...(isAllowed ? methods : {}) } });
};
