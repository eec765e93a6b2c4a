// What the operator says about consent and about the visitor's query: the arguments of `refedge_consent` and `refedge_query`.
import { SettingError } from "./setting_error.js";

export interface ConsentRule {
  readonly source: "implied" | "cookie" | "header";
  readonly name: string;
  readonly values: string;
  readonly gpc: boolean;
  readonly dnt: boolean;
}

export interface QueryRule {
  readonly passthrough: "none" | "utm" | "all";
  readonly precedence: "link" | "visitor";
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Readers<T> = Readonly<Record<string, (rule: Mutable<T>, value: string) => void>>;

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

const readWords = <T>(setting: string, text: string, rule: Mutable<T>, readers: Readers<T>): T => {
  for (const word of words(text)) {
    const [name = "", ...value] = word.split("=");
    const read = readers[name];
    if (read === undefined) throw new SettingError(setting, `has an unknown argument ${name}`);
    read(rule, value.join("="));
  }
  return rule;
};

const readSwitch = (name: string, value: string): boolean => {
  if (value !== "on" && value !== "off") throw new SettingError("refedge_consent", `${name} is on or off`);
  return value === "on";
};

const CONSENT: Readers<ConsentRule> = {
  implied: (rule) => { rule.source = "implied"; },
  cookie: (rule, name) => { rule.source = "cookie"; rule.name = name; },
  header: (rule, name) => { rule.source = "header"; rule.name = name; },
  values: (rule, values) => { rule.values = values; },
  gpc: (rule, value) => { rule.gpc = readSwitch("gpc", value); },
  dnt: (rule, value) => { rule.dnt = readSwitch("dnt", value); },
};

const QUERY: Readers<QueryRule> = {
  none: (rule) => { rule.passthrough = "none"; },
  utm: (rule) => { rule.passthrough = "utm"; },
  all: (rule) => { rule.passthrough = "all"; },
  link: (rule) => { rule.precedence = "link"; },
  visitor: (rule) => { rule.precedence = "visitor"; },
};

/** Without arguments consent is implied, and Global Privacy Control is honoured. The core checks name and values. */
export const readConsentRule = (text: string): ConsentRule =>
  readWords("refedge_consent", text, { source: "implied", name: "", values: "", gpc: true, dnt: false }, CONSENT);

export const readQueryRule = (text: string): QueryRule =>
  readWords("refedge_query", text, { passthrough: "utm", precedence: "link" }, QUERY);
