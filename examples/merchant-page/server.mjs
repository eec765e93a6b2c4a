// The shop: Node's own HTTP server, on loopback, behind the merchant's nginx. Settings: settings.mjs.
import { createServer } from "node:http";
import { randomBytes } from "node:crypto";
import { ROUTES } from "./handlers.mjs";
import { send, showPage } from "./answers.mjs";
import { openStore } from "./store.mjs";
import { problem } from "./pages/problem.mjs";
import { readSettings } from "./settings.mjs";

const MAX_BODY_BYTES = 64 * 1024;

const serves = (route, path) => (route.length > 1 && route.endsWith("/") ? path.startsWith(route) : path === route);

const findHandler = (method, path) => {
  const here = ROUTES.filter(([, route]) => serves(route, path));
  if (here.length === 0) return { status: 404 };
  const match = here.find(([allowed]) => allowed === (method === "HEAD" ? "GET" : method));
  return match ? { handler: match[2] } : { status: 405 };
};

// readBody: the text of a request; null when it is over the limit, and then the rest is not kept.
const readBody = async (request) => {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString("utf8");
};

const answer = async (request, nonce, settings, store) => {
  const url = new URL(request.url, "http://shop.invalid");
  const { handler, status } = findHandler(request.method, url.pathname);
  if (!handler) return showPage(problem(status), status);
  const body = await readBody(request);
  if (body === null) return showPage(problem(413), 413);
  return handler({ path: url.pathname, query: url.searchParams, headers: request.headers, body, nonce, settings, store });
};

const serve = (settings, store) => async (request, response) => {
  const nonce = randomBytes(16).toString("base64");
  try {
    send(response, await answer(request, nonce, settings, store), settings, nonce);
  } catch (error) {
    console.error(`${request.method}: ${error.stack}`); // without the URL: a bp_e holds a person
    if (response.headersSent) return response.destroy();
    send(response, showPage(problem(500), 500), settings, nonce);
  }
};

const settings = readSettings();
const server = createServer(serve(settings, openStore(settings.dataDir)));
server.listen(settings.port, "127.0.0.1", () => console.log(`shop: listening on 127.0.0.1:${settings.port}`));
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
