// What the first part left, and how the script speaks of what it does.
import type { Api } from "./first.js";

export interface LogEntry {
  readonly at: number;
  readonly what: string;
  readonly [detail: string]: unknown;
}

/** The script's global, which the first part made; the rest is loaded by it alone, and adds the log. */
export const api = (window as unknown as { refedge: Api & { log: LogEntry[] } }).refedge;
export const [queue, capture, visitor, box, tag, setJudge] = api._;

/** For capture: the page has another address, the market is the same. */
export const SAME_MARKET = "a:";

const MAX_LOG = 100;

export const queryParam = (name: string): string | null => new URLSearchParams(location.search).get(name);

export const isDebug = queryParam("refedge_debug") !== null;

/** note writes a line for the overlay. No customer's data is in it, but where somebody asked for the overlay. */
export const note = (what: string, details?: object | false): void => {
  if (api.log.push({ at: Date.now(), what, ...details }) > MAX_LOG) api.log.shift();
  if (isDebug) console.info("refedge:", what, details);
};

/** complain tells the page's developer what is wrong. Values stay out of it: a console may be recorded. */
export const complain = (...what: readonly unknown[]): void => {
  note("refused", what);
  console.error("refedge:", ...what);
};

/** attempt does what a browser may refuse: without storage, without cookies, in a sandbox. */
export const attempt = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch (error) {
    note("failed", { why: String(error) });
    return;
  }
};

/** The domain that two hosts share, of two labels or more. */
export const sharedDomain = (page: string, market: string): string | undefined =>
  /(^|\.)(\S+\.\S+) (\S+\.)?\2$/.exec(`${page} ${market}`)?.[2];

/** Whether the page's cookies go along to the host, or would if there were any. */
export const isSameSite = (host: string): boolean => host === location.hostname || sharedDomain(location.hostname, host) !== undefined;
