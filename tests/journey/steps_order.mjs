// The friend orders, and the confirmation page tracks it.
import assert from "node:assert/strict";
import { FRIEND, REFERRER } from "./people.mjs";
import { readReport } from "./report.mjs";

// fillCheckout: from the home page to a filled order form, by what the links and fields are called.
export const fillCheckout = async (page, person) => {
  await page.getByRole("link", { name: person.tea }).click();
  await page.getByLabel("Tins").selectOption(person.quantity);
  await page.getByRole("button", { name: `Buy ${person.tea}` }).click();
  await page.getByLabel("First name").fill(person.firstName);
  await page.getByLabel("Last name").fill(person.lastName);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Write to me").check();
};

const isTrack = ({ marketUrl }) => (response) =>
  response.url() === `${marketUrl}/track` && response.request().method() === "POST";

// trackedBy: what /track answered while `act` happened on the page, and what the page had sent.
export const trackedBy = async (world, page, act) => {
  const [response] = await Promise.all([page.waitForResponse(isTrack(world)), act()]);
  return { status: response.status(), body: await response.json(), sent: JSON.parse(response.request().postData()) };
};

export const placeOrder = (world, page) =>
  trackedBy(world, page, () => page.getByRole("button", { name: "Place the order" }).click());

const order = async (world) => {
  const { page, errors } = world.friend;
  await fillCheckout(page, FRIEND);
  world.tracked = await placeOrder(world, page);
  const { status, body, sent } = world.tracked;
  assert.equal(status, 201, JSON.stringify(body));
  assert.deepEqual(body, { order_number: sent.order_number, referral: { status: "pending", campaign: world.campaign } });
  assert.equal(sent.signed_keys, "order_number, customer_email");
  assert.equal(sent.order_value, FRIEND.total);
  assert.deepEqual(errors, [], "errors in the browser's console");
  world.orderNumber = sent.order_number;
  return `201 ${JSON.stringify(body)}`;
};

// referralRow: what the report must say about this referral.
export const referralRow = (world, status) => ({
  ReferrerEmail: REFERRER.email, ReferrerFirstName: REFERRER.firstName, ReferrerLastName: REFERRER.lastName,
  FriendEmail: FRIEND.email, FriendFirstName: FRIEND.firstName, FriendLastName: FRIEND.lastName,
  OrderNumber: world.orderNumber, OrderValue: FRIEND.total, Currency: "GBP", VoucherCode: "", RewardCategory: "",
  Status: status,
});

export const assertReport = async (world, status) => {
  const rows = await readReport(world);
  assert.equal(rows.length, 1, `one referral, not ${JSON.stringify(rows)}`);
  const { ReferredAt, ...row } = rows[0];
  assert.deepEqual(row, referralRow(world, status));
  assert.ok(Math.abs(Number(ReferredAt) - Date.now() / 1000) < 300, `referred now, not at ${ReferredAt}`);
};

const seePending = async (world) => {
  await assertReport(world, "pending");
  return `one row: ${REFERRER.email} referred ${FRIEND.email}, pending`;
};

export const ORDER = [
  ["The friend orders; the page tracks it, signed", order],
  ["The report shows the referral, pending", seePending],
];
