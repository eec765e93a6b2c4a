// Checkouts as Shopify's checkout_completed event has them.
const address = (firstName, lastName) => ({
  address1: "1 High Street", address2: null, city: "Leeds", country: "United Kingdom", countryCode: "GB", firstName, lastName,
  phone: null, province: null, provinceCode: null, zip: "LS1 1AA",
});
const money = (amount, currencyCode = "GBP") => ({ amount, currencyCode });

export const discountCode = (title) => ({
  allocationMethod: "ACROSS", targetSelection: "ALL", targetType: "LINE_ITEM", title, type: "DISCOUNT_CODE", value: { percentage: 10 },
});

export const CHECKOUT = {
  attributes: [], billingAddress: address("Jane", "Smith"), shippingAddress: address("Jo", "Neighbour"),
  buyerAcceptsEmailMarketing: true, buyerAcceptsSmsMarketing: false, currencyCode: "GBP",
  discountApplications: [discountCode("BPCRAW1234")], email: "jané@example.com",
  localization: { country: { isoCode: "GB" }, language: { isoCode: "en-GB" }, market: { id: "gid://shopify/Market/1", handle: "gb" } },
  order: { id: "5678901234567", customer: { id: "6940095564968", isFirstOrder: true } },
  phone: null, subtotalPrice: money(10.9), totalPrice: money(12.9), totalTax: money(2.15), token: "2a1b3c4d5e6f", lineItems: [], transactions: [],
};

/** completed is the event of the checkout with the changes given. */
export const completed = (changes = {}) => ({
  id: "sh-0d2e", clientId: "c1", name: "checkout_completed", seq: 9, timestamp: "2026-01-02T03:04:05.000Z", type: "standard",
  context: { document: { title: "Thank you" } }, data: { checkout: { ...CHECKOUT, ...changes } },
});

export const privacy = (marketingAllowed) => ({
  customerPrivacy: { analyticsProcessingAllowed: true, marketingAllowed, preferencesProcessingAllowed: true, saleOfDataAllowed: true },
});

export const initOf = (marketingAllowed = true, customer = null) => ({
  ...privacy(marketingAllowed), context: { navigator: { language: "en-US" } }, data: { customer, cart: null, shop: { name: "Shop" }, purchasingCompany: null },
});
export { address, money };
