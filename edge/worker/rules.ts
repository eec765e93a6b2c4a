// What the operator says about consent and about the visitor's query: the arguments of `refedge_consent` and `refedge_query`.
import { SettingError } from "./setting_error.js";
import { readChoice, readWords, type Readers } from "./words.js";

export interface ConsentRule {
  source: "implied" | "cookie" | "header";
  name: string;
  values: string;
  gpc: boolean;
  dnt: boolean;
}

export interface QueryRule {
  passthrough: "none" | "utm" | "all";
  precedence: "link" | "visitor";
}

const HONOURS = { honour: true, ignore: false };

const setSource = (rule: ConsentRule, source: ConsentRule["source"], text: string): void => {
  if (rule.source !== "implied") throw new SettingError("refedge_consent", "has a cookie or header already");
  const colon = text.indexOf(":");
  rule.source = source;
  rule.name = colon < 0 ? text : text.slice(0, colon);
  rule.values = colon < 0 ? "*" : text.slice(colon + 1);
};

const CONSENT: Readers<ConsentRule> = {
  cookie: (rule, text) => setSource(rule, "cookie", text),
  header: (rule, text) => setSource(rule, "header", text),
  gpc: (rule, word) => { rule.gpc = readChoice("refedge_consent", word, HONOURS); },
  dnt: (rule, word) => { rule.dnt = readChoice("refedge_consent", word, HONOURS); },
};

const QUERY: Readers<QueryRule> = {
  none: (rule) => { rule.passthrough = "none"; },
  utm: (rule) => { rule.passthrough = "utm"; },
  all: (rule) => { rule.passthrough = "all"; },
  prefer: (rule, word) => { rule.precedence = readChoice("refedge_query", word, { link: "link", visitor: "visitor" } as const); },
};

/** `off`, or `[cookie=<name>[:<values>] | header=<name>[:<values>]] [gpc=honour|ignore] [dnt=honour|ignore]`. The core checks the rule. */
export const readConsentRule = (text: string): Readonly<ConsentRule> => {
  const rule: ConsentRule = { source: "implied", name: "", values: "", gpc: true, dnt: false };
  return text === "off" ? { ...rule, gpc: false } : readWords("refedge_consent", text, rule, CONSENT);
};

/** `none|utm|all [prefer=link|visitor]` */
export const readQueryRule = (text: string): Readonly<QueryRule> =>
  readWords<QueryRule>("refedge_query", text, { passthrough: "utm", precedence: "link" }, QUERY);
