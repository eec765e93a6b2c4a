// An order in the fields of `track`, in the order in which the core writes them. What Shopify does not know, and what the
// market would refuse, is left out: no detail may cost a shop the order. Limits: docs/protocol.md#limits.

const MAX_NAME = 31; // code points of each name: both fit into 256 bytes in any script
const MAX_CODES = 20;
const MAX_CODE_BYTES = 64;
const MAX_MONEY = 9_999_999_999.99;

const byteLength = (text) => encodeURIComponent(text).replace(/%../g, "x").length;

// Controls and halves of characters end up as blanks.
const line = (text) => String(text ?? "").replace(/[\p{Cc}\p{Cs}]/gu, " ").trim();
const short = (text, length) => [...line(text)].slice(0, length).join("").trim();

// "Jane, Smith"; where one is missing, the other alone.
const nameOf = (checkout, customer) => {
  const people = [customer, checkout.billingAddress, checkout.shippingAddress];
  const named = people.find((person) => line(person?.firstName) !== "" || line(person?.lastName) !== "");
  return [named?.firstName, named?.lastName].map((name) => short(name, MAX_NAME)).filter((name) => name !== "").join(", ");
};

// The order's number in Shopify's API (5678901234567), which its webhooks and exports carry as `id`; not the "#1001" that
// customers see, which the checkout does not know yet.
const orderNumberOf = ({ order, token }) => {
  const [, number] = /(\d+)(?:\?.*)?$/.exec(String(order?.id ?? "")) ?? [];
  return number ?? line(token);
};

// Shopify gives amounts as numbers; the market takes a decimal text.
const moneyOf = (price) => {
  const amount = Number(price?.amount ?? NaN);
  return amount >= 0 && amount <= MAX_MONEY ? amount.toFixed(2) : undefined;
};

const isCode = (code) => code !== "" && !/["\\]/.test(code) && byteLength(code) <= MAX_CODE_BYTES;

// Discounts that apply by themselves have a title, but no code.
const codesOf = ({ discountApplications }) => {
  const typed = (discountApplications ?? []).filter(({ type }) => type === "DISCOUNT_CODE");
  const codes = [...new Set(typed.map(({ title }) => line(title)).filter(isCode))].slice(0, MAX_CODES);
  return codes.length > 0 ? codes : undefined;
};

const localeOf = ({ localization }, { context }) => {
  const locale = localization?.language?.isoCode ?? context?.navigator?.language ?? "";
  return /^[\w-]{2,35}$/.test(locale) ? locale : undefined;
};

/** readOrder gives the fields of a completed checkout; those without a value are undefined, the e-mail address is "" then. */
export const readOrder = (checkout, init, settings) => {
  const customer = init.data?.customer;
  const value = settings.order_value === "subtotal" ? checkout.subtotalPrice : checkout.totalPrice;
  return {
    campaign: line(settings.campaign) || undefined,
    customer_name: nameOf(checkout, customer) || undefined,
    customer_email: line(checkout.email) || line(customer?.email),
    marketing_opt_in: checkout.buyerAcceptsEmailMarketing === true ? "true" : "false",
    order_number: orderNumberOf(checkout),
    order_value: moneyOf(value),
    voucher_codes: codesOf(checkout),
    locale: localeOf(checkout, init),
  };
};
