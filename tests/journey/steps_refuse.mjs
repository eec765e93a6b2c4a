// What must not count: the same order again, and an order with another signature.
import assert from "node:assert/strict";
import { readHooks } from "./steps_confirm.mjs";
import { assertReport, trackedBy } from "./steps_order.mjs";
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

const forgetSignature = async (world) => {
  const { signature, signed_keys, ...unsigned } = world.tracked.sent;
  world.tracked.unsigned = { ...unsigned, order_number: `${world.orderNumber}-4` };
  const answer = await curl(world, `${world.marketUrl}/track`, {
    headers: { "content-type": "text/plain" }, args: ["-X", "POST", "-d", JSON.stringify(world.tracked.unsigned)],
  });
  assert.equal(answer.status, 422, answer.body);
  assert.equal(await countConversions(world), 1, "conversions in the store");
  return `422 ${JSON.parse(answer.body).errors[0].reason}; still 1 conversion`;
};

export const REFUSE = [
  ["The same order again makes no second referral", orderAgain],
  ["A changed signature is refused, nothing is stored", forge],
  ["An order without a signature is refused", forgetSignature],
];
