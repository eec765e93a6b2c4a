// The confirmation page: thanks, and the conversion, signed on the server so that nobody can make one up.
import { html, script } from "../html.mjs";
import { money } from "../catalogue.mjs";
import { page } from "../layout.mjs";
import { sign } from "../referral.mjs";

// What the campaign is told about an order: the manual's parameters, in its order.
export const conversion = (order, settings) => ({
  customer_name: `${order.first_name}, ${order.last_name}`,
  customer_email: order.email,
  marketing_opt_in: order.marketing_opt_in,
  order_number: order.number,
  order_value: (order.total / 100).toFixed(2),
  ...(order.voucher_code && { voucher_code: order.voucher_code }),
  signed_keys: "order_number, customer_email",
  signature: sign({ order_number: order.number, customer_email: order.email }, settings.secretKey),
  locale: "en",
});

const tracking = (order, settings, nonce) => html`<script type="text/javascript" nonce="${nonce}">
  var buyapowa = new Buyapowa({url: ${script(settings.marketUrl)}, market: ${script(settings.market)}});
  buyapowa.track(${script(conversion(order, settings))});
</script>`;

export const confirmation = ({ order, settings, nonce }) => page({
  title: "Thank you",
  path: "/orders",
  head: html`<script src="${settings.marketUrl}/embedding.min.js"></script>`,
  body: html`<div class="narrow">
  <p class="kind">Order ${order.number}</p>
  <h1>Thank you, ${order.first_name}.</h1>
  <p class="lead">The kettle can go on soon: we are packing your tea.</p>
  <dl class="bill">
    <div><dt>${order.tea_name} × ${order.quantity}</dt><dd>${money(order.total)}</dd></div>
    <div class="total"><dt>Paid</dt><dd>${money(order.total)}</dd></div>
  </dl>
  <p>Know somebody who would like it too? <a href="/refer-a-friend">Send them a tin</a>, and get one yourself.</p>
</div>
${tracking(order, settings, nonce)}`,
});
