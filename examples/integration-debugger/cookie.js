// Reading a referral cookie. Spec: docs/protocol.md#cookies.
import { describe, show } from "./page.js";

const NAMES = ["_refedge", "_refedge_js"];

const findIn = (core, text) => {
  for (const name of NAMES) {
    try {
      return core.findCookie({ header: text.replace(/^\s*cookie\s*:/i, "").trim(), name });
    } catch {
      // The next name, or the value by itself.
    }
  }
  return text.trim();
};

const dateOf = (seconds) => new Date(seconds * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");

// The first 48 bits of a click id are its time.
const clickTime = (id) => `${id}\n(${dateOf(Math.floor(parseInt(id.replace("-", "").slice(0, 12), 16) / 1000))})`;

const readKeys = (text) => {
  const [, id, base64] = /^\S+\s+(\S)\s+(\S+)$/.exec(text.trim()) ?? [];
  if (id === undefined) throw new SyntaxError("The line of the keys file has three parts: market id, key id, key in Base64.");
  const binary = atob(base64.replace(/-/g, "+").replace(/_/g, "/"));
  return [{ id, key: Uint8Array.from(binary, (character) => character.charCodeAt(0)) }];
};

const judge = (core, value, keys) => {
  if (value.split(".").length < 5) return { verdict: "", line: "It has no tag: the browser script wrote it, or somebody else. It ranks below the edge’s." };
  if (keys.trim() === "") return { verdict: "", line: "It has a tag, which was not checked: that needs the market’s cookie key." };
  const ring = readKeys(keys);
  try {
    core.verifyCookie({ value, keys: ring });
    return { verdict: "good", line: "Its tag holds: your edge wrote it." };
  } catch (error) {
    return { verdict: "wrong", line: `Its tag does not hold: ${describe(error)}` };
  } finally {
    for (const { key } of ring) key.fill(0);
  }
};

/** readCookie shows what a cookie says, and with a key whether its tag holds. */
export const readCookie = (core, form, { value, keys }) => {
  const text = findIn(core, value);
  const { code, clickId, capturedAt } = core.parseCookie(text);
  const { verdict, line } = judge(core, text, keys);
  show(form, {
    verdict, title: "The cookie remembers", lines: [line], rows: [
      ["Code of the share link", code], ["Since", dateOf(capturedAt), false], ["Click id", clickId === "" ? "none: the code came as ?ref=" : clickTime(clickId), false],
    ],
  });
};
