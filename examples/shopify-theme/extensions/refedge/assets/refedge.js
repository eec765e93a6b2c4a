// Puts the campaign into each refer-a-friend section. The app embed has the market's domain, its name and the campaign.
(() => {
  const ready = new Set();
  const script = () => document.getElementById("refedge-script");

  const paramsOf = ({ campaign, locale, name, email, optIn, signature }) => {
    const params = { campaign: campaign || script().dataset.campaign, locale };
    if (email) Object.assign(params, { name, email, marketing_opt_in: optIn });
    // Unsigned values fill the form in; only signed ones sign the customer up.
    if (signature) Object.assign(params, { auto: true, signed_keys: "name, email", signature });
    return params;
  };

  const showTrouble = (section) => {
    section.querySelector(".refedge__error").style.display = "block";
    const hint = section.querySelector(".refedge__hint");
    if (hint) hint.hidden = script() !== null;
  };

  const show = (section) => {
    if (ready.has(section)) return;
    ready.add(section);
    if (typeof window.Buyapowa !== "function" || !script()) return showTrouble(section);
    const [frame, error] = [".refedge__frame", ".refedge__error"].map((name) => section.querySelector(name).id);
    const market = { url: new URL(script().src).origin, market: script().dataset.market };
    new window.Buyapowa(market, frame, error).embedReferAFriend(paramsOf(section.dataset));
  };

  const showAll = () => document.querySelectorAll("[data-refedge]").forEach(show);

  // This file may come before the script or after it, or the script may not come at all.
  const start = () => {
    if (typeof window.Buyapowa === "function" || document.readyState === "complete") return showAll();
    script()?.addEventListener("load", showAll);
    window.addEventListener("load", showAll);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("shopify:section:load", showAll); // the theme editor draws sections anew
})();
