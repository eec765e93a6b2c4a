// Whom this visit is credited to, and from where that is known; what the visitor allows; what was loaded.
import type { LogEntry } from "../embedding/page.js";
import { queryParam, tag, visitor } from "../embedding/page.js";
import { facts, paragraph, type Content } from "./dom.js";

const sourceOf = (): string => {
  if (queryParam("ref") !== null) return "the ?ref= in this page's address";
  if (queryParam("refedge_handoff") !== null) return "the handoff in this page's address";
  return visitor.ref === undefined ? "the script's cookie, from an earlier page" : "an address that this page had before";
};

const cookieCode = (): string | undefined => {
  try {
    return /(?:^|; )_refedge_js=1\.([\w-]+)/.exec(document.cookie)?.[1];
  } catch {
    return undefined;
  }
};

/** What the section about the referral holds now. */
export const describeReferral = (): Content[] => {
  const found = visitor.ref ?? cookieCode();
  if (found === undefined) {
    return [paragraph("Nobody, as far as this page can tell: there is no ?ref= in its address and no cookie of the script. The edge's own cookie, which pages cannot "
      + "see, may say otherwise; the answer to an order tells.")];
  }
  return [facts([["Referrer's code", found], ["From", sourceOf()]])];
};

const rule = (): string => {
  const { consentCookie } = tag.dataset;
  if (consentCookie === undefined) return "not asked for: the tag names no consent cookie";
  return consentCookie === "" ? "waits for refedge.consent()" : `by the cookie ${consentCookie}`;
};

const signals = (): string => {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
  return `Global Privacy Control ${globalPrivacyControl ? "on" : "off"}, Do Not Track ${doNotTrack === "1" ? "on" : "off"}`;
};

/** What the section about consent holds now. */
export const describeConsent = (log: readonly LogEntry[]): Content[] => {
  const said = log.filter(({ what }) => what === "consent").at(-1);
  return [facts([["Consent", rule()], ["The browser says", signals()],
    ["The page said", said === undefined ? "nothing" : said["isGiven"] ? "yes" : "no"]])];
};

/** What of ours the page has loaded, and whether WebAssembly runs here. */
export const describeFiles = (): Content[] => {
  const names = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\/(embedding|refedge)[\w.-]*\.(js|wasm)/.test(name));
  const isScript = names.some((name) => /\.wasm\.js/.test(name));
  return [facts([["Files", names.map((name) => name.split("/").at(-1)!.split("?")[0]).join(", ")],
    ["Checks run in", isScript ? "JavaScript: this page's policy, or this browser, refuses WebAssembly" : "WebAssembly"]])];
};
