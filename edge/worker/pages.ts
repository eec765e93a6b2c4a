// The worker's own answers: the bytes are those of edge/nginx/answers.cc, and tests/conformance/redirects holds both to it.
import type { Settings } from "./settings.js";

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>` +
  "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em}</style>" +
  `<h1>${title}</h1><p>${text}</p></html>\n`;

const UNKNOWN_PAGE = page("This link does not work", "It may have ended, or a part of it was lost on the way. Ask your friend for a new one.");
const UNAVAILABLE_PAGE = page("This link does not work right now", "Please try again in a moment.");

export type HeaderFields = Record<string, string>;

/** The headers that all answers to share links have; made once for all of them. */
export const commonHeaders = ({ referrerPolicy }: Settings): Readonly<HeaderFields> => ({
  "Cache-Control": "no-store",
  ...(referrerPolicy === "" ? {} : { "Referrer-Policy": referrerPolicy }),
  "X-Robots-Tag": "noindex",
});

/** htmlAnswer sends a page of refedge's own; HEAD has its headers and no body. */
export const htmlAnswer = (method: string, status: number, html: string, headers: Readonly<HeaderFields>): Response => {
  const body = new TextEncoder().encode(html);
  const all = { ...headers, "Content-Type": "text/html; charset=utf-8", "Content-Length": String(body.length) };
  return new Response(method === "HEAD" ? null : body, { status, headers: all });
};

export const unknownLink = (method: string, headers: Readonly<HeaderFields>): Response => htmlAnswer(method, 404, UNKNOWN_PAGE, headers);

export const unavailable = (method: string, headers: Readonly<HeaderFields>): Response =>
  htmlAnswer(method, 503, UNAVAILABLE_PAGE, { ...headers, "Retry-After": "5" });

export const methodNotAllowed = (): Response => new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
