// refedge: the orders of your checkout. Paste all of this into Settings > Customer events > Add custom pixel, and change the next two lines.
const settings = {
  market_domain: "bp.your-shop.com",
  market: "your-market",
  campaign: "",
  order_value: "total",
};

(() => {
  // extensions/refedge-pixel/src/order.js
  var MAX_NAME = 31;
  var MAX_CODES = 20;
  var MAX_CODE_BYTES = 64;
  var MAX_MONEY = 999999999999e-2;
  var byteLength = (text) => encodeURIComponent(text).replace(/%../g, "x").length;
  var line = (text) => String(text ?? "").replace(/[\p{Cc}\p{Cs}]/gu, " ").trim();
  var short = (text, length) => [...line(text)].slice(0, length).join("").trim();
  var nameOf = (checkout, customer) => {
    const people = [customer, checkout.billingAddress, checkout.shippingAddress];
    const named = people.find((person) => line(person?.firstName) !== "" || line(person?.lastName) !== "");
    return [named?.firstName, named?.lastName].map((name) => short(name, MAX_NAME)).filter((name) => name !== "").join(", ");
  };
  var orderNumberOf = ({ order, token }) => {
    const [, number] = /(\d+)(?:\?.*)?$/.exec(String(order?.id ?? "")) ?? [];
    return number ?? line(token);
  };
  var moneyOf = (price) => {
    const amount = Number(price?.amount ?? NaN);
    return amount >= 0 && amount <= MAX_MONEY ? amount.toFixed(2) : void 0;
  };
  var isCode = (code) => code !== "" && !/["\\]/.test(code) && byteLength(code) <= MAX_CODE_BYTES;
  var codesOf = ({ discountApplications }) => {
    const typed = (discountApplications ?? []).filter(({ type }) => type === "DISCOUNT_CODE");
    const codes = [...new Set(typed.map(({ title }) => line(title)).filter(isCode))].slice(0, MAX_CODES);
    return codes.length > 0 ? codes : void 0;
  };
  var localeOf = ({ localization }, { context }) => {
    const locale = localization?.language?.isoCode ?? context?.navigator?.language ?? "";
    return /^[\w-]{2,35}$/.test(locale) ? locale : void 0;
  };
  var readOrder = (checkout, init2, settings2) => {
    const customer = init2.data?.customer;
    const value = settings2.order_value === "subtotal" ? checkout.subtotalPrice : checkout.totalPrice;
    return {
      campaign: line(settings2.campaign) || void 0,
      customer_name: nameOf(checkout, customer) || void 0,
      customer_email: line(checkout.email) || line(customer?.email),
      marketing_opt_in: checkout.buyerAcceptsEmailMarketing === true ? "true" : "false",
      order_number: orderNumberOf(checkout),
      order_value: moneyOf(value),
      voucher_codes: codesOf(checkout),
      locale: localeOf(checkout, init2)
    };
  };

  // extensions/refedge-pixel/src/outbox.js
  var KEY = "refedge_pixel";
  var FIRST_DELAY_MS = 1e3;
  var MAX_DELAY_MS = 64e3;
  var KEEP_MS = 7 * 864e5;
  var MAX_DONE = 20;
  var REFUSALS = [413, 422];
  var isOrder = (order) => typeof order?.url === "string" && typeof order.body === "string" && typeof order.orderNumber === "string";
  var list = (value) => Array.isArray(value) ? value : [];
  var readState = async (browser2) => {
    try {
      const { kept, done } = JSON.parse(await browser2.localStorage.getItem(KEY));
      return { kept: list(kept).filter((order) => isOrder(order) && Date.now() - order.at < KEEP_MS), done: list(done) };
    } catch {
      return { kept: [], done: [] };
    }
  };
  var writeState = async (browser2, state) => {
    try {
      await browser2.localStorage.setItem(KEY, JSON.stringify({ ...state, done: state.done.slice(-MAX_DONE) }));
    } catch {
    }
  };
  var post = async ({ url, body }) => {
    const mode = self.origin === "null" ? "no-cors" : "cors";
    try {
      const answer = await fetch(url, { method: "POST", body, mode, keepalive: true, credentials: "include", headers: { "content-type": "text/plain" } });
      return answer.type === "opaque" ? 202 : answer.status;
    } catch {
      return 0;
    }
  };
  var isFinal = (status) => status >= 200 && status < 300 || REFUSALS.includes(status);
  var openOutbox = (browser2, complain2) => {
    const underway = /* @__PURE__ */ new Set();
    let last = Promise.resolve();
    const change = (act) => last = last.then(async () => writeState(browser2, act(await readState(browser2))));
    const finish = async (order, status) => {
      if (status >= 400) complain2(`the market refused the order ${order.orderNumber} with status ${status}`);
      await change(({ kept, done }) => ({
        kept: kept.filter(({ orderNumber }) => orderNumber !== order.orderNumber),
        done: [...done, order.orderNumber]
      }));
    };
    const attempt = async (order, delay) => {
      if (!underway.has(order.orderNumber)) return;
      const status = await post(order);
      if (!underway.has(order.orderNumber)) return;
      if (isFinal(status)) await finish(order, status);
      else setTimeout(attempt, delay * (1 + Math.random() / 2), order, Math.min(delay * 2, MAX_DELAY_MS));
    };
    const begin = async (order) => {
      if (underway.has(order.orderNumber)) return;
      underway.add(order.orderNumber);
      await attempt(order, FIRST_DELAY_MS);
    };
    const keep = async (order) => {
      let isNew = true;
      await change(({ kept, done }) => {
        isNew = !done.includes(order.orderNumber) && !kept.some(({ orderNumber }) => orderNumber === order.orderNumber);
        return { kept: isNew ? [...kept, { ...order, at: Date.now() }] : kept, done };
      });
      return isNew;
    };
    return {
      /** Sends the order, unless it was sent before; goes on in the background until there is an answer. */
      deliver: async (order) => {
        if (await keep(order)) await begin(order);
      },
      /** Sends what an earlier page could not. */
      deliverKept: async () => {
        const { kept } = await readState(browser2);
        await Promise.all(kept.map(begin));
      },
      /** The visitor takes their consent back: nothing is kept, nothing more is sent. */
      forget: async () => {
        underway.clear();
        try {
          await browser2.localStorage.removeItem(KEY);
        } catch {
        }
      }
    };
  };

  // extensions/refedge-pixel/src/pixel.js
  var COOKIE = /^1\.[\w-]{1,32}\.\.\d{1,12}$/;
  var DOMAIN = /^(https?:\/\/)?([^\s/?#@\\]+)(?:\/|$)/;
  var readMarketUrl = (domain) => {
    const [, scheme = "https://", host] = DOMAIN.exec(String(domain ?? "").trim()) ?? [];
    return host === void 0 ? void 0 : scheme + host;
  };
  var complain = (text) => console.error(`refedge: ${text}`);
  var readReferral = async (browser2) => {
    try {
      const cookie = await browser2.cookie.get("_refedge_js");
      return COOKIE.test(cookie) ? cookie : void 0;
    } catch {
      return void 0;
    }
  };
  var startPixel = ({ analytics: analytics2, browser: browser2, customerPrivacy: customerPrivacy2, init: init2, settings: settings2 }) => {
    const marketUrl = readMarketUrl(settings2.market_domain);
    const market = String(settings2.market ?? "").trim();
    if (marketUrl === void 0 || market === "") {
      return complain(`the pixel's setting ${marketUrl === void 0 ? "market_domain" : "market"} is missing or wrong`);
    }
    const outbox = openOutbox(browser2, complain);
    let isAllowed = init2.customerPrivacy?.marketingAllowed === true;
    let waiting = [];
    const send = async (event) => {
      const fields = readOrder(event.data.checkout, init2, settings2);
      if (fields.customer_email === "") return complain("the order was not sent: it has no e-mail address");
      const body = { market, ...fields, browser_cookie: await readReferral(browser2) };
      await outbox.deliver({ url: `${marketUrl}/track`, orderNumber: fields.order_number, body: JSON.stringify(body) });
    };
    const hearConsent = (event) => {
      isAllowed = event.customerPrivacy.marketingAllowed === true;
      if (!isAllowed) return outbox.forget();
      const events = waiting;
      waiting = [];
      return Promise.all(events.map(send));
    };
    analytics2.subscribe("checkout_completed", (event) => isAllowed ? send(event) : waiting.push(event));
    customerPrivacy2.subscribe("visitorConsentCollected", hearConsent);
    if (isAllowed) outbox.deliverKept();
  };

  // extensions/refedge-pixel/src/start.js
  startPixel({ analytics, browser, customerPrivacy, init, settings });
})();
