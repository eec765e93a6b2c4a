// What the operator says: variables, secrets and bindings of the worker, named as the nginx module's directives are and with the
// same arguments. edge/worker/README.md lists them.
import { readConsentRule, readQueryRule } from "./rules.js";
import { readCookieForm, type CookieForm } from "./cookie_form.js";
import { CookieKeys } from "./cookie_keys.js";
import type { Env, KvNamespace, QueueSender } from "./runtime.js";
import type { ConsentRule, QueryRule } from "./rules.js";
import { SettingError } from "./setting_error.js";
import { parseTime } from "./time.js";

export interface Settings {
  /** The path that share links begin with, or undefined: off. */
  readonly redirect: string | undefined;
  readonly track: string | undefined;
  readonly status: string | undefined;
  readonly capture: boolean;
  readonly preview: boolean;
  readonly cookie: CookieForm;
  readonly consent: ConsentRule;
  readonly query: QueryRule;
  readonly repeatWindow: number;
  readonly keys: CookieKeys;
  /** The origin service, without a slash at the end; undefined: none, as behind a queue that another worker empties. */
  readonly origin: string | undefined;
  readonly edgeToken: string;
  /** The shop's own server; undefined: what the runtime's fetch finds there, as on a route of Cloudflare. */
  readonly upstream: string | undefined;
  readonly links: KvNamespace | undefined;
  readonly spool: QueueSender | undefined;
  /** Milliseconds. */
  readonly trackTimeout: number;
  readonly batchWait: number;
}

const readText = (env: Env, name: string, fallback: string): string => {
  const value = env[name] ?? fallback;
  if (typeof value !== "string") throw new SettingError(name, "is no text");
  return value.trim();
};

const readFlag = (env: Env, name: string): boolean => {
  const text = readText(env, name, "off");
  if (text !== "on" && text !== "off") throw new SettingError(name, "is on or off");
  return text === "on";
};

const readPath = (env: Env, name: string, fallback: string): string | undefined => {
  const text = readText(env, name, fallback);
  if (text === "off") return undefined;
  if (!/^\/[\w./~-]*$/.test(text)) throw new SettingError(name, "is a path that begins with a slash, or off");
  return text;
};

const readUrl = (env: Env, name: string): string | undefined => {
  const text = readText(env, name, "");
  if (text === "") return undefined;
  if (!/^https?:\/\/[^/?#\s]+\/?$/.test(text)) throw new SettingError(name, "is http:// or https:// and a host, without a path");
  return text.replace(/\/$/, "");
};

const readTime = (env: Env, name: string, fallback: string, maxMs: number): number => {
  const ms = parseTime(readText(env, name, fallback));
  if (ms === undefined || ms > maxMs) throw new SettingError(name, `is a time of at most ${maxMs} ms`);
  return ms;
};

// Bindings are objects of the runtime: what is asked of them is that they have the function that is called.
const readBinding = <Binding>(env: Env, name: string, method: string): Binding | undefined => {
  const value = env[name];
  if (value === undefined) return undefined;
  const has = typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[method] === "function";
  if (!has) throw new SettingError(name, `is no binding with ${method}()`);
  return value as Binding;
};

/** readSettings reads all of them, or throws a SettingError that names the first that is wrong. */
export const readSettings = (env: Env): Settings => ({
  redirect: readPath(env, "refedge_redirect", "/r/"),
  track: readPath(env, "refedge_track", "/track"),
  status: readPath(env, "refedge_status", "off"),
  capture: readFlag(env, "refedge_capture"),
  preview: readFlag(env, "refedge_preview"),
  cookie: readCookieForm(readText(env, "refedge_cookie", "")),
  consent: readConsentRule(readText(env, "refedge_consent", "")),
  query: readQueryRule(readText(env, "refedge_query", "")),
  repeatWindow: Math.floor(readTime(env, "refedge_repeat_window", "30m", 400 * 86_400_000) / 1000),
  keys: CookieKeys.parse(readText(env, "refedge_keys", "")),
  origin: readUrl(env, "refedge_origin"),
  edgeToken: readText(env, "REFEDGE_EDGE_TOKEN", ""),
  upstream: readUrl(env, "refedge_upstream"),
  links: readBinding<KvNamespace>(env, "refedge_links", "get"),
  spool: readBinding<QueueSender>(env, "refedge_spool", "send"),
  trackTimeout: readTime(env, "refedge_track_timeout", "2s", 25_000),
  batchWait: readTime(env, "refedge_batch_wait", "500ms", 10_000),
});
