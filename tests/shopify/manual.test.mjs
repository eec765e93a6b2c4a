// The manual's Shopify snippets as printed, their placeholders replaced, rendered by Liquid and run by a browser.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openPage, stage, until } from "../js/browser.mjs";
import { newLiquid } from "./extension.mjs";
import { customerNamed } from "./people.mjs";
import { startStorefront } from "./storefront.mjs";

const STEP_4 = `<script src="//cdn.co-buying.com/embedding.min.js"></script>
<meta property="og:url" content="https://{{market_domain}}/iaf/{{campaign_slug}}/og" />`;
const STEP_7 = `<div id="bp_div">
  <script type="text/javascript">
      var buyapowa = new Buyapowa({url: "https://{{market_domain}}", market: "{{market}}"}, "bp_div");
      buyapowa.embedReferAFriend({
          "campaign": "{{campaign_slug}}"
      });
  </script>
</div>`;
const STEP_9 = `{% assign voucher = checkout.discounts | first %}
<script src="//cdn.co-buying.com/embedding.min.js"></script>
<script type="text/javascript">
  window.onload = function() {
    var buyapowa = new Buyapowa({url: "https://{{market_domain}}", market: "{{market}}"});
    buyapowa.track({
      "customer_name": "{{ customer.first_name }}, {{ customer.last_name }}",
      "customer_email": "{{ customer.email }}",
      "order_value": "{{ total_price | money_without_currency }}",
      "campaign": "{{campaign_slug}}",
      "order_number": "{{ order_number }}",
      "voucher_code": "{{ voucher.code }}",
      "marketing_opt_in": "{{ customer.accepts_marketing }}"
    });
  };
</script>`;

const filledIn = (snippet, { marketUrl }) => snippet
  .replaceAll("{{market_domain}}", "MARKET_DOMAIN").replaceAll("{{market}}", "demo").replaceAll("{{campaign_slug}}", "refer-a-friend")
  .replaceAll("//cdn.co-buying.com", marketUrl).replaceAll("https://MARKET_DOMAIN", marketUrl);

// Shopify's objects on the order status page: `checkout` and, for scripts, its members by themselves.
const orderOf = (customer, more = {}) => {
  const checkout = { order_number: 1001, name: "#1001", total_price: 1289, discounts: [{ code: "BPCRAW1234", amount: 500 }], ...more };
  return { customer, checkout, ...checkout };
};
const layout = (head, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
const liquidPage = (head, body, scope) => ({
  headers: {}, body: (shop) => newLiquid().parseAndRenderSync(filledIn(layout(head, body), shop), scope),
});

const JANE = customerNamed(["Jane", "Smith"], { email: "jane@example.com" });
const PAGES = {
  "/pages/refer-a-friend": liquidPage(STEP_4, STEP_7, {}),
  "/order": liquidPage("", STEP_9, orderOf(JANE)),
  "/no-discount": liquidPage("", STEP_9, orderOf({ ...JANE, accepts_marketing: false }, { discounts: [], total_price: 100000 / 2 })),
  "/unicode": liquidPage("", STEP_9, orderOf(customerNamed(["李 😀", "O'Hara"], { email: "li@example.com" }))),
  "/quote": liquidPage("", STEP_9, orderOf(customerNamed(["Dwayne \"The Rock\"", "Johnson"]))),
  "/thousand": liquidPage("", STEP_9, orderOf(JANE, { total_price: 1234567 })),
};

const [browser, shop] = await stage(startStorefront, PAGES);
beforeEach(() => {
  shop.tracked.length = 0;
  shop.answers.track = () => ({ status: 201, body: "{}" });
});
const open = (context, path) => openPage(context, browser, `${shop.pageUrl}${path}`);
const trackedBy = async () => {
  await until("the order is posted", () => shop.tracked.length > 0);
  return JSON.parse(shop.tracked[0].body);
};

test("steps 4 and 7 show the campaign", async (context) => {
  const { page, thrown, complaints } = await open(context, "/pages/refer-a-friend");
  const url = new URL(await page.locator("#bp_div iframe").getAttribute("src"));
  assert.equal(url.origin + url.pathname, `${shop.marketUrl}/iaf/refer-a-friend/embed`);
  assert.equal(await page.locator('meta[property="og:url"]').getAttribute("content"), `${shop.marketUrl}/iaf/refer-a-friend/og`);
  assert.deepEqual([thrown, complaints], [[], []]);
});

test("step 9 tracks the order: money is in hundredths, the number has no #", async (context) => {
  const { thrown, complaints } = await open(context, "/order");
  assert.deepEqual(await trackedBy(), {
    market: "demo", campaign: "refer-a-friend", customer_name: "Jane, Smith", customer_email: "jane@example.com", marketing_opt_in: "true",
    order_number: "1001", order_value: "12.89", voucher_code: "BPCRAW1234",
  });
  assert.deepEqual([thrown, complaints], [[], []]);
});

test("step 9 works without a discount, and for a customer who wants no e-mails", async (context) => {
  await open(context, "/no-discount");
  const order = await trackedBy();
  assert.deepEqual([order.order_value, order.marketing_opt_in, "voucher_code" in order], ["500.00", "false", false]);
});

test("step 9 works for names of any script", async (context) => {
  await open(context, "/unicode");
  assert.equal((await trackedBy()).customer_name, "李 😀, O'Hara");
});

// What README.md tells merchants who still have the snippet: as printed, it loses these orders. The pixel does not.
test("step 9 as printed breaks on a name with a quotation mark", async (context) => {
  const { thrown } = await open(context, "/quote");
  assert.equal(thrown.length, 1);
  assert.equal(shop.tracked.length, 0);
});

test("step 9 as printed writes 12,345.67, which is no amount: the script says so", async (context) => {
  const { complaints } = await open(context, "/thousand");
  await until("the script complains", () => complaints.length > 0);
  assert.match(complaints[0], /order_value: invalid field/);
  assert.equal(shop.tracked.length, 0);
});
