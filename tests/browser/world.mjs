// Everything between a visitor and the record: a merchant's pages, the network, the real edge (nginx with the module, the agent) and the
// real origin.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { Stack } from "../faults/stack.mjs";
import { spooledConversions, until } from "../nginx/harness.mjs";
import { BUILD } from "../wasm/artefacts.mjs";
import { Network } from "./network.mjs";
import { servePages } from "./pages.mjs";

export const SHOP = "www.shop.localhost";
export const CHECKOUT = "pay.shop.localhost";
export const MARKET = "bp.shop.localhost";
export const OTHER_SITE = "www.other.localhost";

const locationsOf = (originPort) => `
    location /r/ { refedge_redirect on; }
    location = /track { refedge_track on timeout=2s; proxy_pass http://127.0.0.1:${originPort}; }
    location = /handoff { refedge_track on; proxy_pass http://127.0.0.1:${originPort}; }
    location = /forget { refedge_forget on; }
    location /iaf/ { proxy_pass http://127.0.0.1:${originPort}; }
    location /api/ { proxy_pass http://127.0.0.1:${originPort}; }
    location ~ ^/(embedding|refedge)[a-z.-]*\\.(js|wasm)$ {
      root ${BUILD}/js;
      add_header Access-Control-Allow-Origin "*";
      add_header X-Content-Type-Options nosniff;
    }`;

const HTTP = `types { text/javascript js; application/wasm wasm; }
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header Connection "";
  underscores_in_headers on;`;

class EdgeAndOrigin extends Stack {
  startNginx(options) {
    const http = `${HTTP} refedge_links ${this.edge.links}; refedge_keys ${this.edge.keys}; refedge_spool ${this.edge.spool};`;
    return super.startNginx({ nginx: { workers: 1, http, server: locationsOf(this.originPort), ...options.nginx } });
  }
}

// The manual's own, so that what it signed and encrypted holds as it is printed.
const SECRETS = { secret_key: "afd46269f68a4b63b6a926d8bad9f5b5", auth_token: "fd7cf959-8a3d-431e-975b-b5d3f36aa710" };

const ORDERS = `SELECT c.order_number, c.email, r.status, f.email AS referrer
  FROM conversions c LEFT JOIN referrals r USING (market_id, order_number)
  LEFT JOIN referrers f ON f.market_id = r.market_id AND f.referrer_id = r.referrer_id`;

export class World {
  /** `pages`: {path: shopPage(…)}, served on the shop's hosts and on those of other sites. */
  static async start(pages = {}) {
    const world = new World();
    world.pages = pages;
    const serve = servePages(world.pages, () => world.names);
    world.network = await Network.start({ [SHOP]: serve, [CHECKOUT]: serve, [OTHER_SITE]: serve });
    const shop = world.network.url(SHOP);
    world.shopUrl = shop;
    world.marketUrl = world.network.url(MARKET);
    world.stack = await EdgeAndOrigin.start({ markets: [
      { slug: "demo", domain: `${MARKET}:${world.network.port}`, destination: `${shop}/`, pageUrl: `${shop}/refer-a-friend`, secrets: SECRETS }] });
    world.network.hosts[MARKET] = world.stack.nginx.port;
    [world.market] = world.stack.markets;
    return world;
  }

  /** A share link of the market's first referrer, and the code in it. */
  get code() { return this.stack.codes[0]; }

  /** What pages write where the market's data belongs. */
  get names() { return { MARKET_URL: this.marketUrl, SHOP_URL: this.shopUrl, CODE: this.code }; }

  get shareLink() { return `${this.marketUrl}/r/${this.code}`; }

  url(path, host = SHOP) { return `${this.network.url(host)}${path}`; }

  /** The origin's orders whose number begins with `prefix`. */
  orders(prefix) {
    return this.stack.sql(ORDERS).filter(({ order_number: number }) => number.startsWith(prefix));
  }

  /** The requests for /track that brought this order to the network, in their order. */
  posts(number) {
    return this.network.seen.filter(({ method, path, body }) => method === "POST" && path === "/track" && JSON.parse(body || "{}").order_number === number);
  }

  /** Waits until the origin has these orders, and asserts that it has no other of this prefix; gives its rows. */
  async settled(prefix, numbers, patienceMs = 60_000) {
    const wanted = [...numbers].sort();
    const had = () => this.orders(prefix).map(({ order_number: number }) => number).sort();
    await until("the orders are at the origin", () => wanted.every((number) => had().includes(number)), patienceMs)
      .catch((error) => { throw new Error(`${error.message}: ${wanted.filter((number) => !had().includes(number))}`); });
    const rows = this.orders(prefix);
    assert.deepEqual(rows.map(({ order_number: number }) => number).sort(), wanted, "each order once, and no other");
    return rows;
  }

  /** Ends everything in order; the edge's spool must be empty once nginx has left it, and nothing may have been refused. */
  async stop() {
    await this.network.stop();
    const { stack } = this;
    await stack.nginx.stop();
    await until("the agent has delivered everything", () => stack.spoolFiles(".spool").length === 0, 30_000)
      .catch((error) => { throw new Error(`${error.message}: ${JSON.stringify(spooledConversions(stack.edge))}`); });
    assert.deepEqual(stack.spoolFiles(".bad"), [], "nothing was refused or damaged");
    stack.nginx.stop = () => {};
    await stack.stop();
    rmSync(stack.edge.dir, { recursive: true });
  }
}
