// The network between browsers and servers: TLS for every name under .localhost, and whatever can go wrong on the way.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";

const NAMES = "subjectAltName=DNS:*.shop.localhost,DNS:*.other.localhost,DNS:*.elsewhere.localhost";

const makeCertificate = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "refedge-tls-"));
  const [key, cert] = [path.join(folder, "key"), path.join(folder, "cert")];
  try {
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=shop.localhost", "-addext", NAMES, "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const readBody = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

// What the server behind answers, whole: a proxy that has it may still lose it.
const forward = (port, { method, url, headers }, body) =>
  new Promise((done, failed) => {
    const sent = http.request({ port, host: "127.0.0.1", method, path: url, headers, agent: false }, (answer) =>
      readBody(answer).then((text) => done({ status: answer.statusCode, headers: answer.rawHeaders, body: text }), failed));
    sent.once("error", failed);
    sent.end(body);
  });

const isOver = (response) => response.destroyed || response.writableEnded;

export class Network {
  /** `hosts`: a port, or a handler of node:http, by host name. */
  static async start(hosts) {
    const network = new Network();
    network.hosts = hosts;
    network.seen = [];
    network.sockets = new Set();
    network.server = https.createServer(makeCertificate(), (request, response) => network.take(request, response));
    network.server.on("connection", (socket) => network.connect(socket));
    network.server.on("tlsClientError", () => {});
    await new Promise((done) => network.server.listen(0, "127.0.0.1", done));
    network.port = network.server.address().port;
    return network;
  }

  url(host) { return `https://${host}:${this.port}`; }

  /**
   * What happens to each request from now on: `judge({method, host, path, body})` gives, or promises, undefined (it passes), "drop" (the
   * connection ends before the server has heard of it), "lose" (the server answers and the answer is lost), {delay: ms}, or
   * {status, body, headers}: somebody on the way answers.
   */
  set fault(judge) { this.judge = judge; }

  /** Nothing connects any more, and what is connected breaks. */
  cut() {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  restore() {
    this.isCut = false;
    this.judge = undefined;
  }

  connect(socket) {
    if (this.isCut) return socket.destroy();
    this.sockets.add(socket);
    socket.on("error", () => {});
    return socket.once("close", () => this.sockets.delete(socket));
  }

  async take(request, response) {
    const host = (request.headers.host ?? "").split(":")[0];
    const entry = { method: request.method, host, path: request.url.split("?")[0], url: request.url, headers: request.headers, at: Date.now(), outcome: "unread" };
    this.seen.push(entry);
    try {
      entry.body = (await readBody(request)).toString();
      await this.answer(entry, request, response);
    } catch (error) {
      entry.outcome = `broken: ${error.code ?? error.message}`;
      request.socket.destroy();
    }
  }

  async answer(entry, request, response) {
    const action = await this.judge?.(entry);
    if (action === "drop" || this.isCut) {
      entry.outcome = "dropped";
      return request.socket.destroy();
    }
    if (action?.delay) await new Promise((done) => setTimeout(done, action.delay));
    if (action?.status) return this.send(entry, response, { headers: [], body: "", ...action });
    const server = this.hosts[entry.host];
    if (typeof server === "function") {
      entry.outcome = "served";
      return server(request, response, entry);
    }
    const answer = await forward(server, request, entry.body);
    entry.status = answer.status;
    if (action === "lose" || this.isCut) {
      entry.outcome = "lost";
      return request.socket.destroy();
    }
    return this.send(entry, response, answer);
  }

  // An answer is acknowledged when the client is there to take it.
  send(entry, response, { status, headers, body }) {
    entry.answered = status;
    entry.outcome = isOver(response) ? "gone" : "answered";
    response.writeHead(status, headers);
    response.end(body);
  }

  async stop() {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }
}
