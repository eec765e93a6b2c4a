// The words by which user agents are told apart: those of policy.json, and of crawler-user-agents what these do not cover.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const readPolicy = () => JSON.parse(readFileSync(new URL("policy.json", import.meta.url), "utf8"));

/** readCrawlers gives the kept list: [{pattern, instances}]. */
export const readCrawlers = () => {
  try {
    return createRequire(import.meta.url)("crawler-user-agents");
  } catch {
    throw new Error("the package crawler-user-agents is missing: run npm ci");
  }
};

/** judge does what src/core/visit.cc does with a user agent, slowly: the generator's own reading of the words. */
export const judge = (agent, { browser, unfurler, app, bot, hides }) => {
  const text = agent.toLowerCase();
  const says = (words, where = text) => words.some((word) => where.includes(word));
  const isBrowser = says(browser);
  if (says(unfurler) || (!isBrowser && says(app))) return "unfurler";
  const seen = Object.keys(hides).reduce((rest, word) => rest.replaceAll(word, "\n"), text);
  return isBrowser && !says(bot, seen) ? "human" : "bot";
};

// The literal text of a pattern, in lower case, without what only anchors it.
const literalOf = (pattern) => {
  const text = pattern.replace(/^(\^|\(\^\| \))|\$$/g, "").replace(/\[(\w)\w\]/g, "$1").replace(/\\(.)/g, "$1").toLowerCase();
  if (text.length < 4 || /[^\x20-\x7e]|[*+?|[\]{}]/.test(text)) throw new Error(`no word can be made of the pattern ${pattern}`);
  return text;
};

/** allWords gives the policy with the words that the kept list needs besides among the bots. */
export const allWords = (policy, crawlers) => {
  const words = { ...policy, bot: [...policy.bot] };
  for (const { pattern, instances } of crawlers) {
    if (pattern in policy.people || instances.every((agent) => judge(agent, words) !== "human")) continue;
    words.bot.push(literalOf(pattern));
  }
  return words;
};
