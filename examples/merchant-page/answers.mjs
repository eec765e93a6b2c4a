// The answers a handler can give, and the headers that every page carries.
const TYPES = { css: "text/css; charset=utf-8", svg: "image/svg+xml" };

// The policy a merchant needs for the campaign: its script, its frame, its calls, and 'wasm-unsafe-eval' so that the
// browser may compile the script's WebAssembly. The manual's inline snippets run by nonce.
const policy = (marketUrl, nonce) => [
  "default-src 'self'",
  `script-src ${marketUrl} 'nonce-${nonce}' 'wasm-unsafe-eval'`,
  `connect-src ${marketUrl}`,
  `frame-src ${marketUrl}`,
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'", // the manual hides its error element by a style attribute
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

export const showPage = (markup, status = 200) => ({ status, page: markup.toString() });
export const seeOther = (location) => ({ status: 303, headers: { location } });
export const json = (body, status = 200) => ({
  status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n`,
});
export const file = (bytes, extension) => ({
  status: 200, headers: { "content-type": TYPES[extension], "cache-control": "public, max-age=300" }, body: bytes,
});

// Pages can name a customer and carry a nonce: no cache keeps them.
const pageHeaders = (settings, nonce) => ({
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": policy(settings.marketUrl, nonce),
  "cache-control": "no-store",
  "referrer-policy": "strict-origin-when-cross-origin",
});

export const send = (response, answer, settings, nonce) => {
  const headers = answer.page ? pageHeaders(settings, nonce) : answer.headers;
  response.writeHead(answer.status, { "x-content-type-options": "nosniff", ...headers });
  response.end(answer.page ?? answer.body);
};
