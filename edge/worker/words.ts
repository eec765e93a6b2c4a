// Arguments of a setting, as a directive of nginx has them: words with blanks between, some of them `name=value`.
import { SettingError } from "./setting_error.js";

export type Readers<Rule> = Readonly<Record<string, (rule: Rule, value: string) => void>>;

/** readWords has each word's reader change `rule`. Throws a SettingError for a word that has none. */
export const readWords = <Rule>(setting: string, text: string, rule: Rule, readers: Readers<Rule>): Rule => {
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const equals = word.indexOf("=");
    const read = readers[equals < 0 ? word : word.slice(0, equals)];
    if (read === undefined) throw new SettingError(setting, `has an unknown argument ${word}`);
    read(rule, equals < 0 ? "" : word.slice(equals + 1));
  }
  return rule;
};

/** readChoice gives what `choices` has for a word. Throws a SettingError that names them. */
export const readChoice = <Value>(setting: string, word: string, choices: Readonly<Record<string, Value>>): Value => {
  const value = Object.hasOwn(choices, word) ? choices[word] : undefined;
  if (value === undefined) throw new SettingError(setting, `expects ${Object.keys(choices).join(" or ")}`);
  return value;
};
