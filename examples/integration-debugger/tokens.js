// Opening and making bp_e and bp_p. Spec: docs/protocol.md#bp_e, #auto-sign-ups.
import { show } from "./page.js";

const readUrl = (text) => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

// A value by itself, or the parameter of an address.
const findToken = (text) => {
  const query = readUrl(text)?.searchParams;
  if (query?.has("bp_e")) return { kind: "bp_e", value: query.get("bp_e") };
  if (query?.has("bp_p")) return { kind: "bp_p", value: query.get("bp_p") };
  const isPlain = /^(?:\{|%7b|e[wy])/i.test(text.replace(/\s/g, "")); // an object, percent-encoded, in Base64
  return { kind: isPlain ? "bp_p" : "bp_e", value: text };
};

const open = (core, { kind, value }, authToken) =>
  (kind === "bp_e" ? core.decryptMetadata({ authToken, bpE: value }) : core.decodePlainSignup(value));

const meaningOf = (core, json) => {
  try {
    const { mode, name, email } = core.validateAutoSignup(JSON.parse(json));
    if (mode === "auto") return `On a refer-a-friend page it signs up ${name} (${email}) at once.`;
    return "On a refer-a-friend page it fills the form in; the customer confirms.";
  } catch (error) {
    if (error.code === "unknown_field") return "It is what a share link carries about its referrer, and signs nobody up.";
    return `It signs nobody up: ${error.code === undefined ? "it is no JSON object" : `${error.field} is not right`}.`;
  }
};

const pretty = (json) => {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
};

/** openToken shows what a bp_e or bp_p holds and what it does. */
export const openToken = (core, form, { value, authToken }) => {
  const token = findToken(value.trim());
  const json = open(core, token, authToken);
  show(form, { verdict: "good", title: `This ${token.kind} holds`, lines: [meaningOf(core, json)], rows: [["Content", pretty(json)]] });
};

const addressOf = (page, name, value) => {
  const url = readUrl(page);
  if (url === undefined) return [];
  url.searchParams.set(name, value);
  return [["Address for the e-mail", url.href]];
};

/** makeToken makes a bp_e and a bp_p for a customer. */
export const makeToken = (core, form, { name, email, customField, page, auto, authToken }) => {
  const given = { email: email.trim(), name: name.trim(), auto: auto ? "true" : "false", custom_field: customField.trim() };
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  core.validateAutoSignup(fields);
  const json = core.writeJsonObject(fields);
  const plain = [["bp_p, for a URL: anybody can read and write one", encodeURIComponent(json)]];
  if (authToken === "") return show(form, { title: "Made, without an auth token the bp_p alone", rows: [...plain, ...addressOf(page, "bp_p", json)] });
  const sealed = core.encryptMetadata({ authToken, metadata: json });
  return show(form, { verdict: "good", title: "Made", rows: [["bp_e, for a URL", encodeURIComponent(sealed)], ...addressOf(page, "bp_e", sealed), ...plain] });
};
