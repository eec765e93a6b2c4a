// The checkout: a form, its checks, and the same form again with what is wrong said at each field.
import { html } from "../html.mjs";
import { money } from "../catalogue.mjs";
import { page } from "../layout.mjs";

const FIELDS = [
  { name: "first_name", label: "First name", type: "text", autocomplete: "given-name", most: 100 },
  { name: "last_name", label: "Last name", type: "text", autocomplete: "family-name", most: 100 },
  { name: "email", label: "E-mail", type: "email", autocomplete: "email", most: 254, hint: "For the receipt." },
  { name: "voucher_code", label: "Voucher code", type: "text", autocomplete: "off", most: 64, optional: true },
];

const EMAIL = /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>]+$/;

const check = (field, value) => {
  if (!value) return field.optional ? null : `${field.label} is missing.`;
  if (Buffer.byteLength(value) > field.most) return `${field.label} is too long.`;
  if (field.type === "email" && !EMAIL.test(value)) return `${field.label} does not look like an address: name@example.com.`;
  return null;
};

// readCheckout: the customer's values, and {field: message} for those that cannot stand.
export const readCheckout = (form) => {
  const values = Object.fromEntries(FIELDS.map(({ name }) => [name, (form.get(name) ?? "").trim()]));
  values.marketing_opt_in = form.get("marketing_opt_in") === "true" ? "true" : "false";
  const problems = FIELDS.map((field) => [field.name, check(field, values[field.name])]);
  return { values, errors: Object.fromEntries(problems.filter(([, message]) => message)) };
};

// describe: what assistive technology reads with a field.
const describe = (field, error) => {
  const ids = [field.hint && `${field.name}-hint`, error && `${field.name}-error`].filter(Boolean).join(" ");
  return [
    field.optional ? "" : html` required`,
    error ? html` aria-invalid="true"` : "",
    ids ? html` aria-describedby="${ids}"` : "",
  ];
};

const input = (field, value = "", error) => html`<div class="field">
  <label for="${field.name}">${field.label}${field.optional ? html` <span class="soft">(optional)</span>` : ""}</label>
  ${field.hint ? html`<p class="hint" id="${field.name}-hint">${field.hint}</p>` : ""}
  ${error ? html`<p class="wrong" id="${field.name}-error">${error}</p>` : ""}
  <input id="${field.name}" name="${field.name}" type="${field.type}" autocomplete="${field.autocomplete}" value="${value}"${describe(field, error)}>
</div>`;

const summary = (errors) => Object.keys(errors).length === 0 ? "" : html`<div class="summary" role="alert">
  <h2 class="small">Something needs another look</h2>
  <ul>${Object.entries(errors).map(([name, message]) => html`<li><a href="#${name}">${message}</a></li>`)}</ul>
</div>`;

export const checkout = ({ tea, quantity, values = {}, errors = {} }) => page({
  title: Object.keys(errors).length > 0 ? "Error: checkout" : "Checkout",
  path: "/checkout",
  body: html`<div class="narrow">
  <h1>Checkout</h1>
  ${summary(errors)}
  <dl class="bill">
    <div><dt>${tea.name}, ${tea.grams} g × ${quantity}</dt><dd>${money(tea.price * quantity)}</dd></div>
    <div><dt>Post</dt><dd>free</dd></div>
    <div class="total"><dt>To pay</dt><dd>${money(tea.price * quantity)}</dd></div>
  </dl>
  <form class="form" method="post" action="/checkout" novalidate>
    <input type="hidden" name="tea" value="${tea.slug}">
    <input type="hidden" name="quantity" value="${quantity}">
    ${FIELDS.map((field) => input(field, values[field.name], errors[field.name]))}
    <label class="tick"><input type="checkbox" name="marketing_opt_in" value="true"${values.marketing_opt_in === "true" ? html` checked` : ""}>
      <span>Write to me when a new tea is in</span></label>
    <button class="button" type="submit">Place the order</button>
    <p class="hint">This is a demonstration: no payment is taken and nothing is posted.</p>
  </form>
</div>`,
});
