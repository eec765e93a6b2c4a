// What all contenders are given: 496 bytes, letters beyond ASCII among them.
export const INPUT_BYTES = 496;
export const SECRET_KEY = "afd46269f68a4b63b6a926d8bad9f5b5";
export const AUTH_TOKEN = "fd7cf959-8a3d-431e-975b-b5d3f36aa710";

// Lengthens one member until the text that `write` makes of the object has INPUT_BYTES.
const fill = (object, key, write) => {
  const missing = INPUT_BYTES - Buffer.byteLength(write(object));
  if (missing < 0) throw new Error(`the input is ${-missing} bytes too long`);
  return { ...object, [key]: object[key] + "x".repeat(missing) };
};

// A flat string, as one that came over the network: a rope would be flattened in the first contender's time.
const flat = (text) => Buffer.from(text).toString();
const flatten = (object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, flat(value)]));

export const METADATA = flat(JSON.stringify(fill({ email: "zo\u00eb@shop.example", name: "Zo\u00eb Doe", note: "" }, "note", JSON.stringify)));

// The canonical JSON that is hashed has INPUT_BYTES.
const withSecret = (object) => JSON.stringify({ ...object, secret: SECRET_KEY });


const ORDER = {
  customer_email: "zoe@shop.example", customer_name: "Zo\u00eb, Doe", locale: "en-GB", market: "your-market",
  order_number: "ORDER123", order_value: "12.89", reward_category: "", voucher_code: "WELCOME10",
};

/** An order whose canonical JSON has INPUT_BYTES, its keys not in the order in which they are signed. */
const sorted = fill(ORDER, "reward_category", withSecret);
export const SIGNED_ORDER = flatten(Object.fromEntries(Object.entries(sorted).reverse()));
export const SIGNED_KEYS = "order_number, customer_email, customer_name, market, locale, order_value, reward_category, voucher_code";

// An order as a page tracks it: what JavaScript and the core write has INPUT_BYTES.
const tracked = fill({
  market: "your-market", campaign: "refer-a-friend", customer_name: "", customer_email: "zoe@shop.example",
  order_number: "ORDER123", order_value: "12.89", voucher_code: "WELCOME10", locale: "en-GB",
  signed_keys: "order_number, customer_email", signature: "e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22",
  ref: "k7m2x9q4t8wd", browser_cookie: "1.k7m2x9q4t8wd..1700000000",
}, "customer_name", JSON.stringify);
export const TRACKED_ORDER = flatten(Object.fromEntries(Object.entries(tracked).reverse()));
