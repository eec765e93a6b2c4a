// A storefront that Shopify would render: pages made of the extension's blocks, its assets, and the market beside it.
import { page as shopPage, startShop } from "../js/shop.mjs";
import { headAssets, readAsset, renderBlock } from "./extension.mjs";

export const DOMAIN = "bp.shop.localhost";
export const MARKET = { market_domain: DOMAIN, market: "demo", campaign: "refer-a-friend", consent: "implied" };
const ASSETS = { "refedge.js": "text/javascript", "refedge-consent.js": "text/javascript", "refedge.css": "text/css" };

// The frame's side of the handshake: it keeps what it is told.
const FRAME = `<!doctype html><title>Frame</title><script>
  const shop = new URL(location.href).searchParams.get("origin");
  var heard = [];
  addEventListener("message", (event) => event.source === parent && event.origin === shop && heard.push(event.data));
  parent.postMessage({ refedge: 1, type: "ready" }, shop);
</script>`;

/** storefrontPage is a page with the blocks given: head is the app embed's settings (undefined: it is off), body the sections'. */
export const storefrontPage = ({ head, sections = [], scope = {}, extraHead = "", body = "" }) => ({
  headers: {},
  body: ({ marketUrl }) => {
    const embed = head === undefined ? "" : renderBlock("script", head, scope);
    const blocks = sections.map((settings) => renderBlock("refer-a-friend", settings, scope)).join("");
    const used = [...(head === undefined ? [] : ["script"]), ...(sections.length > 0 ? ["refer-a-friend"] : [])];
    // The market of the test has a port and no TLS.
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${headAssets(used)}${extraHead}${embed}</head>
<body>${blocks}${body}</body></html>`.replaceAll(`https://${DOMAIN}`, marketUrl);
  },
});

export { shopPage };

/** startStorefront serves the pages given and the extension's assets. */
export const startStorefront = async (pages) => {
  const assets = Object.entries(ASSETS).map(([name, type]) => [`/cdn/${name}`, { headers: { "content-type": type }, body: () => readAsset(name) }]);
  const shop = await startShop({ ...Object.fromEntries(assets), ...pages });
  shop.answers.frame = FRAME;
  return shop;
};
