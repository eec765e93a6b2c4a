// The outbox: an order is kept in localStorage until the server has answered for it, so that neither a lost connection nor a
// closed page loses it. The server knows an order by its number: sending it twice is harmless.

const KEY = "refedge_outbox";
const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 64_000;
const KEEP_MS = 7 * 86_400_000;
// Of what is no success, the server says these of an order itself; any other status is a server's or a proxy's trouble.
const REFUSALS = [413, 422];

export interface Order {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly at: number;
}

/** The server's answer with its HTTP status; status 0: none yet, the order is kept and sent again. */
export type Answer = { readonly status: number; readonly [key: string]: unknown };

const isOrder = (value: unknown): value is Order => {
  const order = value as Partial<Order> | null;
  return typeof order?.id === "string" && typeof order.url === "string" && typeof order.body === "string" && typeof order.at === "number";
};

// The page shares its storage with others, and may have none: what is no list of orders is no order.
const read = (): Order[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isOrder) : [];
  } catch {
    return [];
  }
};

const write = (orders: readonly Order[]): void => {
  try {
    if (orders.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(orders));
  } catch {
    // Without storage the order lives as long as the page.
  }
};

const keep = (order: Order): void => write([...read().filter(({ id }) => id !== order.id), order]);
const forget = (order: Order): void => write(read().filter(({ id, body }) => id !== order.id || body !== order.body));

const isFinal = (status: number): boolean => (status >= 200 && status < 300) || REFUSALS.includes(status);

const bodyOf = async (response: Response): Promise<object> => {
  try {
    return Object(await response.json());
  } catch {
    return {};
  }
};

// text/plain spares the preflight, keepalive outlives the page.
const post = async ({ url, body }: Order): Promise<Answer> => {
  try {
    const response = await fetch(url, {
      method: "POST", body, keepalive: true, credentials: "include", headers: { "content-type": "text/plain" },
    });
    return { ...(await bodyOf(response)), status: response.status };
  } catch {
    return { status: 0 };
  }
};

const attempt = async (order: Order, delay: number): Promise<Answer> => {
  const answer = await post(order);
  if (isFinal(answer.status)) {
    forget(order);
  } else {
    setTimeout(attempt, delay * (1 + Math.random() / 2), order, Math.min(delay * 2, MAX_DELAY_MS));
  }
  return answer;
};

/** deliver keeps the order, posts it, and goes on in the background until there is an answer. It never rejects. */
export const deliver = (order: Order): Promise<Answer> => {
  keep(order);
  return attempt(order, FIRST_DELAY_MS);
};

/** deliverKept sends what an earlier page could not deliver. */
export const deliverKept = (): void => {
  const fresh = read().filter(({ at }) => Date.now() - at < KEEP_MS);
  write(fresh);
  for (const order of fresh) void attempt(order, FIRST_DELAY_MS);
};
