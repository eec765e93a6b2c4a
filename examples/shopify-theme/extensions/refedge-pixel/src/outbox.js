// Keeps an order in the shop's storage until the market has answered for it, and remembers which orders are done: a
// thank-you page that is loaded again sends nothing. The market knows an order by its number, so that a repeat does no harm.

const KEY = "refedge_pixel";
const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 64_000;
const KEEP_MS = 7 * 86_400_000;
const MAX_DONE = 20;
const REFUSALS = [413, 422]; // the market says these of the order itself

const isOrder = (order) => typeof order?.url === "string" && typeof order.body === "string" && typeof order.orderNumber === "string";
const list = (value) => (Array.isArray(value) ? value : []);

const readState = async (browser) => {
  try {
    const { kept, done } = JSON.parse(await browser.localStorage.getItem(KEY));
    return { kept: list(kept).filter((order) => isOrder(order) && Date.now() - order.at < KEEP_MS), done: list(done) };
  } catch {
    return { kept: [], done: [] };
  }
};

const writeState = async (browser, state) => {
  try {
    await browser.localStorage.setItem(KEY, JSON.stringify({ ...state, done: state.done.slice(-MAX_DONE) }));
  } catch {
    // Without storage an order lives as long as the page.
  }
};

// A sandbox of no origin may send, but not read what comes back.
const post = async ({ url, body }) => {
  const mode = self.origin === "null" ? "no-cors" : "cors";
  try {
    const answer = await fetch(url, { method: "POST", body, mode, keepalive: true, credentials: "include", headers: { "content-type": "text/plain" } });
    return answer.type === "opaque" ? 202 : answer.status;
  } catch {
    return 0;
  }
};

const isFinal = (status) => (status >= 200 && status < 300) || REFUSALS.includes(status);

/** openOutbox gives the outbox of a page; `complain` hears of refusals. Nothing of it throws or rejects. */
export const openOutbox = (browser, complain) => {
  const underway = new Set();
  let last = Promise.resolve();
  // One change after the other: each reads what the one before wrote.
  const change = (act) => (last = last.then(async () => writeState(browser, act(await readState(browser)))));

  const finish = async (order, status) => {
    if (status >= 400) complain(`the market refused the order ${order.orderNumber} with status ${status}`);
    await change(({ kept, done }) => ({
      kept: kept.filter(({ orderNumber }) => orderNumber !== order.orderNumber), done: [...done, order.orderNumber],
    }));
  };

  const attempt = async (order, delay) => {
    if (!underway.has(order.orderNumber)) return;
    const status = await post(order);
    if (!underway.has(order.orderNumber)) return; // forgotten meanwhile
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
      const { kept } = await readState(browser);
      await Promise.all(kept.map(begin));
    },
    /** The visitor takes their consent back: nothing is kept, nothing more is sent. */
    forget: async () => {
      underway.clear();
      try {
        await browser.localStorage.removeItem(KEY);
      } catch {
        // Without storage there is nothing to forget.
      }
    },
  };
};
