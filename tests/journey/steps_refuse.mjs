// What must not count: the same order again, and an order with another signature.
import assert from "node:assert/strict";
import { newPerson } from "./browser.mjs";
import { FRIEND } from "./people.mjs";
import { readHooks } from "./steps_confirm.mjs";
import { assertReport, fillCheckout, placeOrder, trackedBy } from "./steps_order.mjs";
import { curl, sql } from "./tools.mjs";

const countConversions = async (world) => (await sql(world, "SELECT count(*) AS n FROM conversions"))[0].n;

// The friend comes back to the confirmation page: it tracks the same order once more.
const orderAgain = async (world) => {
  const { page } = world.friend;
  const { status, body } = await trackedBy(world, page, () => page.reload());
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body, { ...world.tracked.body, duplicate: true });
  assert.equal(await countConversions(world), 1, "conversions in the store");
  await assertReport(world, "confirmed");
  assert.equal(readHooks(world).length, 1, "webhooks received");
  return `200 duplicate; 1 conversion, 1 row, 1 webhook`;
};

const track = (world, changes) => curl(world, `${world.marketUrl}/track`, {
  headers: { "content-type": "text/plain", origin: world.shopUrl },
  args: ["-X", "POST", "-d", JSON.stringify({ ...world.tracked.sent, ...changes })],
});

const assertMismatch = (answer) => {
  assert.equal(answer.status, 422, answer.body);
  assert.equal(JSON.parse(answer.body).errors[0].reason, "signature_mismatch");
};

const forge = async (world) => {
  const { signature } = world.tracked.sent;
  const changed = (signature[0] === "0" ? "1" : "0") + signature.slice(1);
  assertMismatch(await track(world, { order_number: `${world.orderNumber}-2` }));
  assertMismatch(await track(world, { order_number: `${world.orderNumber}-3`, signature: changed }));
  assertMismatch(await track(world, { customer_email: "somebody.else@example.com" }));
  assert.equal(await countConversions(world), 1, "conversions in the store");
  return "422 signature_mismatch, three ways; still 1 conversion";
};

// JSON leaves out what is undefined.
const UNSIGNED = { signed_keys: undefined, signature: undefined };

const forgetSignature = async (world) => {
  const answer = await track(world, { order_number: `${world.orderNumber}-4`, ...UNSIGNED });
  assert.equal(answer.status, 422, answer.body);
  assert.equal(await countConversions(world), 1, "conversions in the store");
  return `422 ${JSON.parse(answer.body).errors[0].reason}; still 1 conversion`;
};

const HOSTILE = `</script><img src=x onerror="document.title='taken'">"'\\`;

// Somebody whom nobody sent, in a profile of their own, with a name that tries to be markup.
const orderAsStranger = async (world) => {
  const { page, context, errors } = await newPerson(world.browser);
  await page.goto(`${world.shopUrl}/`);
  await fillCheckout(page, { ...FRIEND, firstName: HOSTILE, email: "pat.stranger@example.net" });
  const { status, body, sent } = await placeOrder(world, page);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body, { order_number: sent.order_number, referral: null, reason: "no_evidence" });
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), `Thank you, ${HOSTILE}.`);
  assert.equal(sent.customer_name, `${HOSTILE}, ${FRIEND.lastName}`);
  assert.match(await page.title(), /^Thank you/);
  assert.deepEqual(errors, [], "errors in the browser's console");
  await context.close();
  assert.equal(await countConversions(world), 2, "conversions in the store");
  await assertReport(world, "confirmed");
  return "200 no_evidence; the name stays text; the report has 1 row";
};

export const REFUSE = [
  ["The same order again makes no second referral", orderAgain],
  ["A changed signature is refused, nothing is stored", forge],
  ["An order without a signature is refused", forgetSignature],
  ["A stranger's order makes no referral", orderAsStranger],
];
