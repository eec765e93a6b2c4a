// What the campaign told the shop: every "referral confirmed" it received, newest first.
import { html } from "../html.mjs";
import { page } from "../layout.mjs";

// address: may break after its @, where a narrow screen leaves no room.
const address = (email) => {
  const parts = String(email ?? "somebody").split("@");
  return parts.map((part, index) => (index === 0 ? html`${part}` : html`@<wbr>${part}`));
};

const entry = ({ received_at, delivery, body }) => html`<li class="hook">
  <h2 class="small">${address(body.customer?.email)} referred ${address(body.referral?.friend?.email)}</h2>
  <p class="soft"><time datetime="${received_at}">${received_at.replace("T", " ").slice(0, 19)} UTC</time> · delivery <code>${delivery || "without an id"}</code></p>
  <pre tabindex="0" role="region" aria-label="Body of the delivery">${JSON.stringify(body, null, 2)}</pre>
</li>`;

export const webhooks = ({ hooks }) => page({
  title: "Received webhooks",
  path: "/webhooks",
  body: html`<div class="narrow">
  <h1>Received webhooks</h1>
  <p>The campaign calls <code>POST /webhooks/referral-confirmed</code> when a referral is confirmed. A real shop would send
  the reward now, and would not show this page to everybody.</p>
  ${hooks.length === 0
    ? html`<p class="empty">Nothing yet. Confirm a referral and it appears here.</p>`
    : html`<ul class="hooks">${hooks.toReversed().map(entry)}</ul>`}
</div>`,
});
