// Serves the runner's page, the suite and the package on loopback, and waits for what the page posts.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const PAGE = '<!doctype html><title>Conformance</title><link rel="icon" href="data:,"><script type="module" src="/page.mjs"></script>';
const TYPES = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm", json: "application/json" };
const RESULT_MS = 60_000;

// Where WebAssembly is refused is where its JavaScript is for: its page has the strictest policy that lets a script run.
const policyFor = (artefact) =>
  `default-src 'none'; img-src data:; connect-src 'self'; script-src 'self'${artefact.endsWith(".wasm") ? " 'wasm-unsafe-eval'" : ""}`;

const readScript = (path) => readFileSync(new URL(`..${path}`, import.meta.url));

const bodyOf = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const withDeadline = (promise, what) => {
  let timer;
  const deadline = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${what}: no result within ${RESULT_MS} ms`)), RESULT_MS);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
};

/** startPages gives {urlOf(artefact), resultOf(artefact), close}. */
export const startPages = async (suite, artefacts) => {
  const waiting = new Map();
  const suiteText = JSON.stringify(suite);
  const fileAt = (path) => {
    if (path === "/suite.json") return suiteText;
    if (path.startsWith("/package/")) return artefacts[path.slice("/package/".length)];
    if (/^\/(page|shared\/\w+)\.mjs$/.test(path)) return readScript(path);
    return undefined;
  };
  const take = async (request, path) => waiting.get(path.slice("/result/".length))?.(JSON.parse(await bodyOf(request)));
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
    if (pathname.startsWith("/result/")) {
      await take(request, pathname);
      return response.writeHead(204).end();
    }
    const page = searchParams.get("artefact");
    if (pathname === "/" && page !== null) {
      return response.writeHead(200, { "content-type": "text/html", "content-security-policy": policyFor(page) }).end(PAGE);
    }
    const body = fileAt(pathname);
    if (body === undefined) return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": TYPES[pathname.split(".").at(-1)] }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return {
    urlOf: (artefact) => `http://127.0.0.1:${server.address().port}/?artefact=${artefact}`,
    resultOf: (artefact) => withDeadline(new Promise((done) => waiting.set(artefact, done)), artefact),
    close,
  };
};
