// What the operator says: variables, secrets and bindings of the worker, named as the nginx module's directives are and with their
// arguments. edge/worker/README.md lists them.
import { readCookieForm, type CookieForm } from "./cookie_form.js";
import { CookieKeys } from "./cookie_keys.js";
import { readConsentRule, readQueryRule, type ConsentRule, type QueryRule } from "./rules.js";
import type { Env, KvNamespace, QueueSender } from "./runtime.js";
import { SettingError } from "./setting_error.js";
import { parseTime } from "./time.js";
import { readChoice } from "./words.js";

export type StatusFormat = "json" | "prometheus";

export interface Settings {
  /** The path that share links begin with; undefined: off. */
  readonly redirect: string | undefined;
  readonly redirectStatus: number;
  readonly referrerPolicy: string;
  /** Where a link that does not serve leads; empty: to a small page. */
  readonly fallback: string;
  readonly track: string | undefined;
  readonly forget: string | undefined;
  readonly handoff: string | undefined;
  readonly status: string | undefined;
  readonly statusFormat: StatusFormat | undefined;
  readonly capture: boolean;
  readonly preview: boolean;
  readonly cookie: CookieForm;
  readonly consent: Readonly<ConsentRule>;
  readonly query: Readonly<QueryRule>;
  readonly repeatWindowSeconds: number;
  readonly keys: CookieKeys;
  /** The origin service, without a slash at the end. */
  readonly origin: string | undefined;
  readonly edgeToken: string;
  /** The shop's own server; undefined: what the runtime's fetch finds there, as on a route of Cloudflare. */
  readonly upstream: string | undefined;
  readonly links: KvNamespace | undefined;
  readonly spool: QueueSender | undefined;
  readonly trackTimeoutMs: number;
  readonly batchWaitMs: number;
}

const REFERRER_POLICIES = Object.fromEntries(["no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin",
  "same-origin", "strict-origin", "strict-origin-when-cross-origin", "unsafe-url"].map((policy) => [policy, policy]));

const readText = (env: Env, name: string, fallback = ""): string => {
  const value = env[name] ?? fallback;
  if (typeof value !== "string") throw new SettingError(name, "is no text");
  return value.trim();
};

const readFlag = (env: Env, name: string): boolean => readChoice(name, readText(env, name, "off"), { on: true, off: false });

/** A path, and the word that may follow it. */
const readPath = (env: Env, name: string, fallback: string): { path: string | undefined; word: string } => {
  const [path = "", word = "", ...more] = readText(env, name, fallback).split(/\s+/);
  if (more.length > 0 || !/^(?:off|\/[\w./~-]*)$/.test(path)) throw new SettingError(name, "is a path that begins with a slash, or off");
  return { path: path === "off" ? undefined : path, word };
};

const readUrl = (env: Env, name: string): string | undefined => {
  const text = readText(env, name);
  if (text === "") return undefined;
  if (!/^https?:\/\/[^/?#\s]+\/?$/.test(text)) throw new SettingError(name, "is http:// or https:// and a host, without a path");
  return text.replace(/\/$/, "");
};

const readFallback = (env: Env): string => {
  const text = readText(env, "refedge_fallback", "off");
  if (text === "off") return "";
  if (!/^https?:\/\/[^/?#][!-~]*$/i.test(text)) throw new SettingError("refedge_fallback", "is an absolute http or https URL, or off");
  return text;
};

const readReferrerPolicy = (env: Env): string => {
  const text = readText(env, "refedge_referrer_policy", "strict-origin-when-cross-origin");
  return text === "off" ? "" : readChoice("refedge_referrer_policy", text, REFERRER_POLICIES);
};

const readTime = (env: Env, name: string, fallback: string, max: string): number => {
  const ms = parseTime(readText(env, name, fallback));
  if (ms === undefined || ms > (parseTime(max) ?? 0)) throw new SettingError(name, `is a time of at most ${max}`);
  return ms;
};

// A binding is an object of the runtime: what is asked of it is the function that is called.
const readBinding = <Binding>(env: Env, name: string, method: string): Binding | undefined => {
  const value = env[name];
  if (value === undefined) return undefined;
  const has = typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[method] === "function";
  if (!has) throw new SettingError(name, `is no binding with ${method}()`);
  return value as Binding;
};

/** readSettings reads all of them, or throws a SettingError that names the first that is wrong. */
export const readSettings = (env: Env): Settings => {
  const redirect = readPath(env, "refedge_redirect", "/r/");
  const status = readPath(env, "refedge_status", "off");
  return {
    redirect: redirect.path,
    redirectStatus: readChoice("refedge_redirect", redirect.word || "status=302", { "status=302": 302, "status=307": 307 }),
    referrerPolicy: readReferrerPolicy(env),
    fallback: readFallback(env),
    track: readPath(env, "refedge_track", "/track").path,
    forget: readPath(env, "refedge_forget", "/forget").path,
    handoff: readPath(env, "refedge_handoff", "/handoff").path,
    status: status.path,
    statusFormat: status.word === "" ? undefined : readChoice("refedge_status", status.word, { json: "json", prometheus: "prometheus" } as const),
    capture: readFlag(env, "refedge_capture"),
    preview: readFlag(env, "refedge_preview"),
    cookie: readCookieForm(readText(env, "refedge_cookie")),
    consent: readConsentRule(readText(env, "refedge_consent")),
    query: readQueryRule(readText(env, "refedge_query")),
    repeatWindowSeconds: Math.floor(readTime(env, "refedge_repeat_window", "30m", "1d") / 1000),
    keys: CookieKeys.parse(readText(env, "refedge_keys")),
    origin: readUrl(env, "refedge_origin"),
    edgeToken: readText(env, "REFEDGE_EDGE_TOKEN"),
    upstream: readUrl(env, "refedge_upstream"),
    links: readBinding<KvNamespace>(env, "refedge_links", "get"),
    spool: readBinding<QueueSender>(env, "refedge_spool", "send"),
    trackTimeoutMs: readTime(env, "refedge_track_timeout", "2s", "25s"),
    batchWaitMs: readTime(env, "refedge_batch_wait", "500ms", "10s"),
  };
};
