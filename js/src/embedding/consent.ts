// Whether the referral may be kept in this browser: the edge's rule, read from the script's tag. Spec: docs/protocol.md#consent.

/** What the tag's attributes say: data-consent-cookie, data-consent-values, data-gpc, data-dnt. */
export type Rule = { readonly [name: string]: string | undefined };

/** What the browser says to every site. */
export type Signals = { readonly globalPrivacyControl?: boolean; readonly doNotTrack?: string | null };

const literal = (text: string): string => text.replace(/\W/g, "\\$&");

// A star at either end of a pattern stands for any text.
const matches = (pattern: string, value: string): boolean =>
  RegExp(`^${literal(pattern.trim())}$`.replace(/^\^\\\*|\\\*\$$/g, "")).test(value);

/**
 * mayKeep tells yes or no, or undefined when nobody has asked the visitor yet. `said` is what the page told by refedge.consent(); it
 * counts for more than the cookie of a consent tool. Without data-consent-cookie consent is implied; an empty one waits for the page.
 */
export const mayKeep = (rule: Rule, { globalPrivacyControl, doNotTrack }: Signals, cookies: string, said?: boolean): boolean | undefined => {
  const { consentCookie: name, consentValues = "*", gpc, dnt } = rule;
  if ((globalPrivacyControl && gpc !== "ignore") || (doNotTrack === "1" && dnt === "honour")) return false;
  if (said !== undefined || name === undefined) return said ?? true;
  const value = name && RegExp(`(?:^|;)\\s*${literal(name)}\\s*=\\s*"?([^;]*?)"?\\s*(?:;|$)`).exec(cookies)?.[1];
  return value ? consentValues.split(",").some((pattern) => matches(pattern, value)) : undefined;
};
