// The script's cookie `_refedge_js`. Spec: docs/protocol.md#cookies.
import { pageRef } from "./page.js";

const NAME = "_refedge_js";
const MAX_AGE_SECONDS = 400 * 86400;
const COOKIE = /(?:^|; )_refedge_js=(1\.[\w-]{1,32}\.\.(\d{1,12}))(?=;|$)/g;

/** The domain that two hosts share, of two labels or more; "" where there is none, and for addresses. */
export const sharedDomain = (page: string, market: string): string => {
  if (/^[\d.]+$|:/.test(page)) return "";
  const [own, other] = [page.split(".").reverse(), market.split(".").reverse()];
  const differs = own.findIndex((label, index) => label !== other[index]);
  const shared = differs < 0 ? own : own.slice(0, differs);
  return shared.length < 2 ? "" : shared.reverse().join(".");
};

// Writes the cookie and tells whether the browser took it: it refuses a domain that is a public suffix.
const write = (value: string, maxAge: number, domain: string): boolean => {
  const scope = domain === "" ? "" : `; Domain=${domain}`;
  document.cookie = `${NAME}=${value}; Max-Age=${maxAge}; Path=/${scope}; Secure; SameSite=Lax`;
  return document.cookie.includes(`${NAME}=${value}`);
};

/** The latest value that the page has: cookies of the same name can stand on several domains. */
export const readBrowserCookie = (): string | undefined => {
  const found = [...document.cookie.matchAll(COOKIE)].sort((a, b) => Number(b[2]) - Number(a[2]));
  return found[0]?.[1];
};

const capturedAt = Math.floor(Date.now() / 1000);
let isOnDomain = false;

/** captureRef keeps the page's `?ref=` in the cookie, for all hosts of the domain that page and market share. */
export const captureRef = (marketHost: string): void => {
  const ref = pageRef();
  if (ref === undefined || isOnDomain) return;
  const value = `1.${ref}..${capturedAt}`;
  const domain = sharedDomain(location.hostname, marketHost);
  if (domain !== "") {
    write("", 0, "");
    isOnDomain = write(value, MAX_AGE_SECONDS, domain);
  }
  if (!isOnDomain) write(value, MAX_AGE_SECONDS, "");
};
