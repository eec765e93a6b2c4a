// Customers of a real-looking shop: names as people have and type them.
export const NAMES = [
  ["Jane", "Smith"],
  ["Renée-Zoé", "O'Hara"],
  ["Dwayne \"The Rock\"", "Johnson"],
  ["</script><script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">"],
  ["\\", "back\\slash\\u003c"],
  ["A/B", "& Sons &amp; Daughters"],
  ["李", "小龍 😀👩‍👩‍👧"],
  ["محمد", "بن سلمان"],
  ["{{ shop.name }}", "{% if %}"],
  ["Line\nbreak", "Tail "],
  ["", "Prince"],
  ["Separator\u2028", "Para\u2029graph"],
];

export const SECRET = "afd46269f68a4b63b6a926d8bad9f5b5";

/** Shopify's `customer` object in Liquid, signed in. */
export const customerNamed = ([firstName, lastName], more = {}) => ({
  id: 6_940_095_564_968, first_name: firstName, last_name: lastName, name: `${firstName} ${lastName}`.trim(),
  email: "jané+shop@example.com", accepts_marketing: true, has_account: true, orders_count: 3, tags: ["VIP"], ...more,
});

/** The app's own metafields, which Liquid reads and no page shows. */
export const appWithSecret = { metafields: { refedge: { secret_key: { value: SECRET, type: "single_line_text_field" } } } };
