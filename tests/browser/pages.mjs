// The merchant's own pages, as text: what a shop's templates would give. A page notes what is thrown and what is said in its console.
const NOTES = `window.said = []; window.thrown = [];
addEventListener("error", (event) => window.thrown.push(String(event.message)));
addEventListener("unhandledrejection", (event) => window.thrown.push(String(event.reason)));
for (const level of ["error", "warn", "info", "log", "debug"]) {
  const say = console[level].bind(console);
  console[level] = (...what) => {
    if (String(what[0]).startsWith("refedge:")) window.said.push([level, what.map((part) => part instanceof Error ? part.message : typeof part === "string" ? part : JSON.stringify(part)).join(" ")]);
    say(...what);
  };
}`;

const NONCE = "bm9uY2U";

/** The policies of pages, MARKET_URL standing for the market's address. */
export const POLICIES = {
  // Everything that a shop can refuse, and WebAssembly besides.
  strict: `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; connect-src MARKET_URL; frame-src MARKET_URL; img-src data:; style-src 'nonce-${NONCE}'; base-uri 'none'`,
  // The same with hosts instead of 'strict-dynamic', which WebAssembly is allowed in.
  wasm: `default-src 'none'; script-src 'nonce-${NONCE}' 'wasm-unsafe-eval' MARKET_URL; connect-src MARKET_URL; frame-src MARKET_URL; img-src data:; style-src 'nonce-${NONCE}'; base-uri 'none'`,
};

const withNonce = (text) => text.replaceAll("<script", `<script nonce="${NONCE}"`);

/** A shop's page: the script in its head, `body` in its body. `options`: policy, head (instead of the script). */
export const shopPage = (body, { policy, head = `<script src="MARKET_URL/embedding.min.js"></script>` } = {}) => {
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script>${NOTES}</script>${head}</head><body>${body}</body></html>`;
  return { policy, text: policy === undefined ? text : withNonce(text) };
};

export const BUYAPOWA = `<script>var buyapowa = new Buyapowa({url: "MARKET_URL", market: "demo"});</script>`;

/** The snippet that waits for nothing: calls are queued until the script is there, and wait for ever where it never comes. */
export const ASYNC_HEAD = `<script async src="MARKET_URL/embedding.min.js"></script>`;
export const ASYNC = `<script>window.refedge = window.refedge || []; refedge.push(["Buyapowa", {url: "MARKET_URL", market: "demo"}]);</script>`;

/** A handler of node:http that serves `pages`, {path: shopPage(…)}; `names()` gives what stands in place of MARKET_URL and the like. */
export const servePages = (pages, names) => (request, response) => {
  const page = pages[request.url.split("?")[0]];
  if (page === undefined) {
    response.writeHead(404);
    return response.end();
  }
  const filled = (text) => Object.entries(names()).reduce((made, [name, value]) => made.replaceAll(name, value), text);
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  if (page.policy !== undefined) headers["content-security-policy"] = filled(page.policy);
  response.writeHead(200, headers);
  return response.end(filled(page.text));
};
