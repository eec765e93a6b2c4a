// One function for each thing the shop does: request in, answer out.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { findTea } from "./catalogue.mjs";
import { file, json, seeOther, showPage } from "./answers.mjs";
import { checkout, readCheckout } from "./pages/checkout.mjs";
import { confirmation } from "./pages/confirmation.mjs";
import { home } from "./pages/home.mjs";
import { problem } from "./pages/problem.mjs";
import { product } from "./pages/product.mjs";
import { refer } from "./pages/refer.mjs";
import { webhooks } from "./pages/webhooks.mjs";

const asset = (name, extension) => {
  const bytes = readFileSync(new URL(`./public/${name}`, import.meta.url));
  return () => file(bytes, extension);
};

const readQuantity = (text) => (/^[1-9]$/.test(text ?? "") ? Number(text) : 1);

const chosen = (fields) => ({ tea: findTea(fields.get("tea")), quantity: readQuantity(fields.get("quantity")) });

const showProduct = ({ path }) => {
  const tea = findTea(path.slice("/teas/".length));
  return tea ? showPage(product(tea)) : showPage(problem(404), 404);
};

const showCheckout = ({ query }) => {
  const { tea, quantity } = chosen(query);
  return tea ? showPage(checkout({ tea, quantity })) : showPage(problem(404), 404);
};

// The order number is told to people; the token is what opens the confirmation page, so that numbers cannot be tried.
const newOrder = (values, tea, quantity) => ({
  ...values,
  number: `TW-${randomBytes(5).toString("hex").toUpperCase()}`,
  token: randomBytes(16).toString("hex"),
  tea_name: tea.name,
  quantity,
  total: tea.price * quantity,
});

const placeOrder = ({ body, store }) => {
  const form = new URLSearchParams(body);
  const { tea, quantity } = chosen(form);
  if (!tea) return showPage(problem(400), 400);
  const { values, errors } = readCheckout(form);
  if (Object.keys(errors).length > 0) return showPage(checkout({ tea, quantity, values, errors }), 422);
  const order = newOrder(values, tea, quantity);
  store.addOrder(order);
  return seeOther(`/orders/${order.token}`);
};

const showConfirmation = ({ path, store, settings, nonce }) => {
  const order = store.findOrder(path.slice("/orders/".length));
  return order ? showPage(confirmation({ order, settings, nonce })) : showPage(problem(404), 404);
};

const parseObject = (text) => {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

// A webhook that came before is answered like a new one: the sender only wants to know that it arrived.
const receiveHook = ({ body, headers, store }) => {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return json({ error: "send application/json" }, 415);
  const parsed = parseObject(body);
  if (!parsed) return json({ error: "the body is no JSON object" }, 400);
  store.addHook({
    received_at: new Date().toISOString(),
    delivery: headers["refedge-delivery"] ?? "",
    content_type: headers["content-type"],
    body: parsed,
  });
  return json({ received: true });
};

// A path that ends in "/" stands for everything below it.
export const ROUTES = [
  ["GET", "/", (context) => showPage(home(context))],
  ["GET", "/teas/", showProduct],
  ["GET", "/checkout", showCheckout],
  ["POST", "/checkout", placeOrder],
  ["GET", "/orders/", showConfirmation],
  ["GET", "/refer-a-friend", (context) => showPage(refer(context))],
  ["GET", "/webhooks", ({ store }) => showPage(webhooks({ hooks: store.hooks() }))],
  ["POST", "/webhooks/referral-confirmed", receiveHook],
  ["GET", "/shop.css", asset("shop.css", "css")],
  ["GET", "/icon.svg", asset("icon.svg", "svg")],
];
