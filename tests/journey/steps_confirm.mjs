// The shop confirms the referral; its webhook endpoint is told.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { until } from "../../script/lib/demo/wait.mjs";
import { FRIEND, REFERRER } from "./people.mjs";
import { merchantHeaders } from "./report.mjs";
import { assertReport } from "./steps_order.mjs";
import { curl } from "./tools.mjs";

// The manual's line, with this market's host:
// curl -X POST -H 'auth_id: …' -H 'auth_token: …' -H 'content-type: application/json' -d '{…}' '…/api/referrals/confirmations'
const confirm = async (world) => {
  const order = { order_number: world.orderNumber, status: "confirmed" };
  const answer = await curl(world, `${world.marketUrl}/api/referrals/confirmations`, {
    headers: { ...merchantHeaders(world), "content-type": "application/json" },
    args: ["-X", "POST", "-d", JSON.stringify({ order })],
  });
  assert.equal(answer.status, 200, answer.body);
  assert.deepEqual(JSON.parse(answer.body), order);
  return `200 ${answer.body.trim()}`;
};

// readHooks: what the shop kept of the webhooks that reached it.
export const readHooks = ({ state }) => {
  const file = `${state}/shop/webhooks.jsonl`;
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
};

const documentedBody = (world) => ({
  campaign: world.campaign,
  customer: { email: REFERRER.email, client_data: {}, custom_fields: [] },
  referral: {
    friend: { first_name: FRIEND.firstName, last_name: FRIEND.lastName, email: FRIEND.email, marketing_opt_in: "true" },
    order: {
      total_cents: FRIEND.total.replace(".", ""), currency: "gbp", voucher_code: "", reward_category: "",
      order_number: world.orderNumber,
    },
  },
  total_referrals: "1",
});

const receiveHook = async (world) => {
  const [hook] = await until("the shop receives the webhook", () => {
    const hooks = readHooks(world);
    return hooks.length > 0 && hooks;
  });
  assert.match(hook.content_type, /^application\/json\b/);
  assert.deepEqual(hook.body, documentedBody(world));
  assert.ok(hook.delivery, "a delivery id");
  return JSON.stringify(hook.body);
};

const seeConfirmed = async (world) => {
  await assertReport(world, "confirmed");
  return `one row: ${REFERRER.email} referred ${FRIEND.email}, confirmed`;
};

const seeHookPage = async (world) => {
  const { page } = world.referrer;
  await page.goto(`${world.shopUrl}/webhooks`);
  const title = await page.getByRole("heading", { level: 2 }).innerText();
  assert.equal(title, `${REFERRER.email} referred ${FRIEND.email}`);
  return `"${title}"`;
};

export const CONFIRM = [
  ["The shop confirms it with the manual's curl line", confirm],
  ["The shop's endpoint receives the webhook", receiveHook],
  ["The report shows who referred whom, confirmed", seeConfirmed],
  ["The shop's page shows the webhook", seeHookPage],
];
