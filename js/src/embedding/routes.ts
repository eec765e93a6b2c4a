// A referral that comes late, by a route of a single-page app, and one that may not be kept and goes along in the links instead.
import { attempt, isSameSite, visitor } from "./page.js";
import { mayStore } from "./privacy.js";

type Navigation = { readonly navigation?: EventTarget };

/** onRoute calls back when the page's address has changed. History is patched only where there is no Navigation API, and once: one copy of the script runs. */
export const onRoute = (act: () => void): void => {
  const { navigation } = window as Navigation;
  if (navigation) return navigation.addEventListener("currententrychange", act);
  for (const name of ["pushState", "replaceState"] as const) {
    const before = history[name];
    history[name] = function (...args) {
      before.apply(this, args);
      act();
    };
  }
  addEventListener("popstate", act);
};

/** withParam writes a parameter behind those that the address has, which stay as they are. */
export const withParam = (address: URL, name: string, value: string): string => {
  if (!address.searchParams.has(name)) address.search += `${address.search ? "&" : "?"}${name}=${value}`;
  return address.href;
};

// While nobody has asked the visitor, the referral lives in memory and in the address: consent can still be given on the next page.
const carry = ({ target }: Event): void => {
  attempt(() => {
    const link = (target as Element).closest<HTMLAnchorElement>('a[href]:not([href^="#"])');
    if (link && visitor.ref && /^http/.test(link.protocol) && isSameSite(link.hostname) && mayStore() === undefined) {
      link.href = withParam(new URL(link.href), "ref", visitor.ref);
    }
  });
};

export const carryReferral = (): void => {
  for (const name of ["click", "auxclick"]) addEventListener(name, carry, true);
};
