// Orders of the checkout for the market's /track. Runs in Shopify's sandbox: a worker without DOM, whose page is reached
// through `browser`. Spec of what is sent: docs/protocol.md#track.
import { readOrder } from "./order.js";
import { openOutbox } from "./outbox.js";

const COOKIE = /^1\.[\w-]{1,32}\.\.\d{1,12}$/; // what the browser script writes; anything else is no evidence

// "bp.your-shop.com", as people type it: with a scheme, a port, something behind it.
const DOMAIN = /^(https?:\/\/)?([^\s/?#@\\]+)(?:\/|$)/;

const readMarketUrl = (domain) => {
  const [, scheme = "https://", host] = DOMAIN.exec(String(domain ?? "").trim()) ?? [];
  return host === undefined ? undefined : scheme + host;
};

const complain = (text) => console.error(`refedge: ${text}`);

const readReferral = async (browser) => {
  try {
    const cookie = await browser.cookie.get("_refedge_js");
    return COOKIE.test(cookie) ? cookie : undefined;
  } catch {
    return undefined;
  }
};

/** startPixel is what Shopify calls with its API, once on every page. */
export const startPixel = ({ analytics, browser, customerPrivacy, init, settings }) => {
  const marketUrl = readMarketUrl(settings.market_domain);
  const market = String(settings.market ?? "").trim();
  if (marketUrl === undefined || market === "") {
    return complain(`the pixel's setting ${marketUrl === undefined ? "market_domain" : "market"} is missing or wrong`);
  }
  const outbox = openOutbox(browser, complain);
  let isAllowed = init.customerPrivacy?.marketingAllowed === true;
  let waiting = []; // orders of visitors who were not asked yet; they live as long as the page

  const send = async (event) => {
    const fields = readOrder(event.data.checkout, init, settings);
    if (fields.customer_email === "") return complain("the order was not sent: it has no e-mail address");
    const body = { market, ...fields, browser_cookie: await readReferral(browser) };
    await outbox.deliver({ url: `${marketUrl}/track`, orderNumber: fields.order_number, body: JSON.stringify(body) });
  };

  const hearConsent = (event) => {
    isAllowed = event.customerPrivacy.marketingAllowed === true;
    if (!isAllowed) return outbox.forget();
    const events = waiting;
    waiting = [];
    return Promise.all(events.map(send));
  };

  analytics.subscribe("checkout_completed", (event) => (isAllowed ? send(event) : waiting.push(event)));
  customerPrivacy.subscribe("visitorConsentCollected", hearConsent);
  if (isAllowed) outbox.deliverKept();
};
