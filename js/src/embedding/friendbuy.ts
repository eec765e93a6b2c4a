// Friendbuy's queue: friendbuy.push(["track", "order", {...}]). Spec: docs/protocol.md#friendbuys-queue.
import { api, complain, tag } from "./page.js";

type Fields = { readonly [name: string]: unknown };
type Track = (params: object) => unknown;

let site: unknown;
let customer: Fields = {};

const track = (order: Fields): void => {
  // Of the last market that the page named; else of the site that the queue named, where the script came from.
  if (!api["track"]) api.Buyapowa({ url: new URL(tag.src).origin, market: site });
  const { first_name: first, last_name: last, email } = { ...customer, ...(order["customer"] as Fields | undefined) };
  (api["track"] as Track)({
    customer_name: [first, last].filter(Boolean).join(", "), customer_email: order["email"] ?? email,
    order_number: order["id"], order_value: order["amount"], voucher_code: order["coupon_code"],
  });
};

const hear = ([verb, what, given]: readonly unknown[]): void => {
  if (verb === "site") site = what;
  else if (verb === "track" && what === "customer") customer = Object(given) as Fields;
  else if (verb === "track" && what === "order") track(Object(given) as Fields);
  else if (what !== "products") complain("friendbuy: unknown event");
};

/** Takes what was pushed, and what will be. It stays in the array: a script of Friendbuy's own may want it too. */
export const hearFriendbuy = (pushed: unknown[][]): void => {
  const guarded = (call: unknown[]): void => {
    try {
      hear(call);
    } catch (error) {
      complain("friendbuy:", error);
    }
  };
  pushed.forEach(guarded);
  pushed.push = (...calls) => {
    calls.forEach(guarded);
    return Array.prototype.push.apply(pushed, calls);
  };
};
