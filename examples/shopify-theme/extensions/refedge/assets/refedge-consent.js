// Tells the script what the visitor said to Shopify's cookie banner. Where the law asks for no banner, Shopify answers yes.
(() => {
  const tell = (isAllowed) => window.refedge?.consent?.(isAllowed);
  document.addEventListener("visitorConsentCollected", ({ detail }) => tell(detail.marketingAllowed === true));
  window.Shopify?.loadFeatures?.([{ name: "consent-tracking-api", version: "0.1" }], (error) => {
    if (!error) tell(window.Shopify.customerPrivacy.marketingAllowed() === true);
  });
})();
