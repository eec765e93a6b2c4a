// The other protocols' operations as a server calls them from JavaScript: objects in, objects out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importBuilt, readModule } from "./artefacts.mjs";

const { loadFull, flatten } = await importBuilt("full.js");
const full = await loadFull(readModule("refedge-full"));

// The request body that Friendbuy's manual prints for POST /purchases.
const PURCHASE = {
  referral_code: "z7x",
  coupon_code: "COUPON98765",
  order: { id: "777B221-X", amount: 177.11, email: "rory@example.za", new_customer: true },
  customer: {
    id: "C9911", first_name: "Jaylene", last_name: "Zheng", email: "jzheng@example.mil",
    stripe_customer_id: "cus_Agg4bCEhno7A1E", chargebee_customer_id: "4gkYnd21ouvW",
  },
  products: [{ sku: "99P88Q77R", quantity: 21, price: 319.99 }],
};

test("flatten names each place", () => {
  assert.deepEqual(flatten({ a: { b: { c: 1 }, d: [] }, e: [{ f: null }, "g"], h: undefined, i: {} }),
    { "a.b.c": 1, "e[0].f": null, "e[1]": "g" });
});

test("a purchase goes in nested and comes out in the manual's order, amounts as text", () => {
  const shuffled = Object.fromEntries(Object.entries(PURCHASE).reverse());
  const payload = full.buildFriendbuyPurchase({ source: "api", fields: flatten(shuffled) });
  assert.equal(payload, JSON.stringify({
    ...PURCHASE, order: { ...PURCHASE.order, amount: "177.11" }, products: [{ ...PURCHASE.products[0], price: "319.99" }],
  }));
});

test("an error names the product", () => {
  const fields = flatten({ order: { id: "A1" }, products: [{ sku: "a" }, { sku: "b", quantity: 1.5 }] });
  assert.throws(() => full.buildFriendbuyPurchase({ source: "event", fields }),
    { code: "invalid_field", field: "products[1].quantity" });
});

test("what attribute decides, explainDecision explains", () => {
  const evidence = [
    { kind: "payload_ref", referrerId: "r2", referrerEmail: "bo@shop.example" },
    { kind: "edge_cookie", referrerId: "r1", referrerEmail: "anna@shop.example", seenAt: 1699999990 },
  ];
  const rule = { clickRule: "last_click", windowSeconds: 2592000 };
  const decision = full.attribute({ customerEmail: "friend@shop.example", ...rule, now: 1700000000, evidence });
  const text = full.explainDecision({
    ...rule, decidedAt: 1700000000, ruleVersion: decision.ruleVersion,
    evidence: evidence.map((piece, index) => ({ ...piece, verdict: decision.verdicts[index] })),
  });
  const explanation = JSON.parse(text);
  assert.equal(explanation.referrer_id, "r1");
  assert.deepEqual(explanation.evidence.map(({ verdict }) => verdict), ["weaker_kind", "won"]);
  assert.ok(!text.includes("@"), "no e-mail address is explained");
});

test("fraud flags of two people", () => {
  const person = { email: "", ipAddress: "203.0.113.9", userAgent: "Agent/1", customerId: "", shopperId: "" };
  const report = JSON.parse(full.buildFraudReport({
    advocate: { ...person, email: "anna+shop@mail.example" }, friend: { ...person, userAgent: "Agent/2", email: "anna@mail.example" },
  }));
  assert.deepEqual(Object.entries(report.fraud).filter(([, isSet]) => isSet).map(([name]) => name),
    ["same_ip_address", "fuzzy_email", "high_sensitivity_fuzzy_email"]);
  assert.equal(report.possible_self_referral, true);
});

test("a sign-up link, from its parameter to its members", () => {
  const object = { email: "john@doe.example", name: "John Doe", auto: true };
  const text = full.decodePlainSignup(encodeURIComponent(JSON.stringify(object)));
  assert.deepEqual(full.validateAutoSignup(JSON.parse(text)),
    { mode: "auto", email: "john@doe.example", name: "John Doe", customField: "" });
});

test("a Refer Friends form, as URLSearchParams writes it", () => {
  const form = new URLSearchParams({
    FromEmail: "me@email.example", Message: "Ça vaut le coup & plus", "Recipients[0].Email": "a+b@friends.example",
  });
  const read = JSON.parse(full.parseReferFriendsForm(form.toString()));
  assert.deepEqual(read, {
    FromEmail: "me@email.example", Message: "Ça vaut le coup & plus", Recipients: [{ Email: "a+b@friends.example" }],
  });
});
