// The worker's own answers: the bytes are those of edge/nginx/answers.cc, and tests/conformance/redirects holds both to it.

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>` +
  "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em}</style>" +
  `<h1>${title}</h1><p>${text}</p></html>\n`;

const UNKNOWN_PAGE = page("This link does not work", "It may have ended, or a part of it was lost on the way. Ask your friend for a new one.");
const UNAVAILABLE_PAGE = page("This link does not work right now", "Please try again in a moment.");

export type HeaderFields = Record<string, string>;

export const COMMON_HEADERS: Readonly<HeaderFields> = {
  "Cache-Control": "no-store",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Robots-Tag": "noindex",
};

/** htmlAnswer sends a page of refedge's own. HEAD has its headers and no body. */
export const htmlAnswer = (method: string, status: number, html: string, more: HeaderFields = {}): Response => {
  const length = String(new TextEncoder().encode(html).length);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Length": length, ...more, ...COMMON_HEADERS };
  return new Response(method === "HEAD" ? null : html, { status, headers });
};

export const unknownLink = (method: string): Response => htmlAnswer(method, 404, UNKNOWN_PAGE);

export const unavailable = (method: string): Response => htmlAnswer(method, 503, UNAVAILABLE_PAGE, { "Retry-After": "5" });

export const methodNotAllowed = (): Response => new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
