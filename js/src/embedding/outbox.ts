// The outbox: an order is kept until the server has answered for it, so that neither a lost connection nor a closed page loses it. Each has a
// key of its own in localStorage, which says all of it: tabs cannot overwrite what another one keeps. Spec: docs/protocol.md#outbox.
import type { Answer } from "./first.js";
import { attempt, box, isDebug, isSameSite, note } from "./page.js";
import { mayStore } from "./privacy.js";

const PREFIX = "refedge_outbox\n";
const MAX_ORDERS = 64;
const MAX_LENGTH = 8192;
const KEEP_MS = 7 * 86_400_000;
const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 64_000;
const MAX_PAUSE_MS = 3_600_000;

export interface Order {
  readonly key: string;
  readonly url: string;
  readonly body: string;
}

const keys = (): string[] => Object.keys(box).filter((key) => key.startsWith(PREFIX));

/** keep keeps an order as far as visitor, storage and limits allow. Its value: from when on the server may be asked, in milliseconds. */
export const keep = (key: string): void => {
  const others = keys().filter((other) => other !== key).length;
  if (mayStore() && key.length <= MAX_LENGTH && others < MAX_ORDERS) attempt(() => (box[key] ??= Date.now()));
  else drop(key);
};

export const drop = (key: string): void => {
  delete box[key];
};

/** dropAll empties the outbox. */
export const dropAll = (): void => keys().forEach(drop);

/** Calls back for each order that is kept, when the server may be asked again; those that are too old go. */
export const forEachKept = (act: (key: string) => void): void => {
  for (const key of keys()) {
    const wait = Number(box[key]) - Date.now();
    if (wait > -KEEP_MS) setTimeout(act, wait, key);
    else drop(key);
  }
};

let isLeaving = false;
addEventListener("pagehide", () => (isLeaving = true));
addEventListener("pageshow", () => (isLeaving = false));

// No two tabs send the same order at the same time. Where there are no locks, or no time for one, the order's number makes it count once.
const alone = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
  let done: Promise<T> | undefined;
  if (isLeaving) return act();
  try {
    return await navigator.locks.request(name, () => (done = act()));
  } catch {
    return done ?? act();
  }
};

// text/plain, which a text is, spares the preflight. keepalive outlives the page, and is refused where too much of it is under way.
const post = ({ url, body }: Order): Promise<Response> => {
  const isOurs = isSameSite(new URL(url, location.href).hostname) && origin !== "null";
  const request: RequestInit = { method: "POST", body, credentials: isOurs ? "include" : "same-origin" };
  return fetch(url, { ...request, keepalive: true }).catch(() => fetch(url, request));
};

// Of what is no success, the server says 413 and 422 of an order itself; any other status is a server's or a proxy's trouble.
const isFinal = (status: number): boolean => /^2|413|422/.test(String(status));

const pauseOf = (header = ""): number => Math.min(Number(header) * 1000 || Date.parse(header) - Date.now() || 0, MAX_PAUSE_MS);

/** deliver posts an order and goes on in the background until there is an answer, or until `isWanted` says no. It never rejects. */
export const deliver = async (order: Order, isWanted: () => boolean, delay = FIRST_DELAY_MS): Promise<Answer> => {
  const { key } = order;
  const wasKept = key in box;
  const isOver = (): boolean => !isWanted() || (wasKept && !(key in box));
  // Another tab may have had the answer while this one waited for its turn.
  return alone(key, async () => {
    if (isOver()) return { status: 208 };
    note("sent", isDebug && order);
    const response = await post(order).catch(() => undefined);
    const status = response?.status ?? 0;
    if (isFinal(status)) drop(key);
    else {
      const pause = pauseOf(response?.headers.get("retry-after") ?? "");
      if (pause && wasKept) attempt(() => (box[key] = Date.now() + pause));
      setTimeout(() => isOver() || deliver(order, isWanted, Math.min(delay * 2, MAX_DELAY_MS)), Math.max(pause, delay * (1 + Math.random() / 2)));
    }
    const answer = { ...(await response?.json().catch(() => null)), status };
    note("answered", isDebug ? answer : { status });
    return answer;
  });
};
