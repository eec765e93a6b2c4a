// The demo's shop with refedge around it, and an order in it: its confirmation page is measured, and a page that has the script and nothing else.
import http from "node:http";
import { chooseSettings } from "../../../script/lib/demo/settings.mjs";
import { startStack } from "../../../script/lib/demo/stack.mjs";

const ORDER = { tea: "green-tide", quantity: "2", first_name: "Sam", last_name: "Reed", email: "sam.reed@example.org", marketing_opt_in: "true" };

// The names under .localhost are for browsers: Node asks the shop behind nginx.
const placeOrder = async ({ ports }) => {
  const answer = await fetch(`http://127.0.0.1:${ports.shop}/checkout`, {
    method: "POST", redirect: "manual", body: new URLSearchParams(ORDER), headers: { origin: `http://127.0.0.1:${ports.shop}` },
  });
  if (answer.status !== 303) throw new Error(`the shop answered the order with ${answer.status}: ${await answer.text()}`);
  return answer.headers.get("location");
};

const servePlain = async (marketUrl) => {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tea</title><link rel="icon" href="data:,">
<script src="${marketUrl}/embedding.min.js"></script></head><body><h1>Tea</h1><p>Green, black and white.</p></body></html>`;
  const server = http.createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(page);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
};

/** {orderUrl, plainUrl, marketUrl, stop()}: the addresses of a confirmation page and of a page without an order, of one site. */
export const startShop = async () => {
  const settings = await chooseSettings(true, "build/bench-page");
  const stack = await startStack(settings, { isFresh: true });
  try {
    const { shopUrl, marketUrl } = settings;
    const orderUrl = `${shopUrl}${await placeOrder(settings)}`;
    const plain = await servePlain(marketUrl);
    const plainUrl = `http://${new URL(shopUrl).hostname}:${plain.address().port}/`;
    return { orderUrl, plainUrl, marketUrl, stop: () => (plain.close(), stack.stop()) };
  } catch (error) {
    await stack.stop();
    throw error;
  }
};
