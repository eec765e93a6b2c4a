// A small shop and a small market for the browser script: two hosts of one domain, on loopback, and what they received.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { artefact } from "../wasm/artefacts.mjs";

const SCRIPTS = ["embedding.min.js", "refedge.min.js", "refedge-friendbuy.min.js", "refedge.wasm.js", "embedding.js"];
const FILES = {
  ...Object.fromEntries(SCRIPTS.map((name) => [`/${name}`, { type: "text/javascript", file: `js/${name}` }])),
  "/refedge.wasm": { type: "application/wasm", file: "js/refedge.wasm" },
};

const bodyOf = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const corsHeaders = ({ headers }) => ({
  "access-control-allow-origin": headers.origin ?? "*", "access-control-allow-credentials": "true",
});

const send = (request, response, { status = 200, type = "application/json", headers = {}, body = "" }) =>
  response.writeHead(status, { "content-type": type, ...corsHeaders(request), ...headers }).end(body);

/**
 * startShop serves the pages given by path ({body, headers}), the script, its module, and a market that answers /track by
 * `answers.track(body)` and frames by `answers.frame`. Returns {port, pageUrl, marketUrl, tracked, paths, answers, close}.
 */
export const startShop = async (pages) => {
  const shop = { tracked: [], paths: [], answers: { track: () => ({ status: 201, body: "{}" }), frame: "", handoff: () => ({ status: 404 }), wasm: undefined, script: undefined } };
  const track = async (request, response) => {
    const body = await bodyOf(request);
    const entry = { body, headers: request.headers };
    shop.tracked.push(entry);
    const answer = await shop.answers.track(entry);
    if (answer === "drop") request.socket.destroy();
    else send(request, response, answer);
  };
  const serveFile = async (request, response, path) => {
    const { type, file } = FILES[path];
    const told = path.startsWith("/refedge.wasm") ? shop.answers.wasm : path.startsWith("/refedge") ? shop.answers.script : undefined;
    const answer = (await told?.(path)) ?? {};
    send(request, response, { type, body: readFileSync(artefact(file)), ...answer });
  };
  const server = createServer((request, response) => {
    const asked = new URL(request.url, "http://shop.localhost").pathname;
    const pathname = shop.renamed?.[asked] ?? asked;
    shop.paths.push(asked);
    if (pathname === "/track") return track(request, response);
    if (pathname === "/forget") return send(request, response, { headers: { "access-control-allow-origin": request.headers.origin } , body: "{}" });
    if (pathname === "/handoff") return send(request, response, shop.answers.handoff());
    if (pathname in FILES) return serveFile(request, response, pathname);
    if (pathname.endsWith("/embed")) return send(request, response, { type: "text/html", body: shop.answers.frame });
    const page = pages[pathname];
    if (page === undefined) return send(request, response, { status: 404 });
    return send(request, response, { type: "text/html; charset=utf-8", ...page, body: page.body(shop) });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return Object.assign(shop, { port, pageUrl: `http://www.shop.localhost:${port}`, marketUrl: `http://bp.shop.localhost:${port}`, close });
};

/** scriptTag loads the script as a merchant's page does; `snippet` is what stands in the page's body. */
export const page = (snippet, options = {}) => ({
  headers: options.headers ?? {},
  body: (shop) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script src="${shop.marketUrl}/embedding.min.js"></script></head><body>${snippet.replaceAll("MARKET_URL", shop.marketUrl)}</body></html>`,
});
