// The first part of the browser script: at most 1,024 bytes, run while the page is parsed. It keeps `?ref=`, takes calls, and does without the
// rest where that does not come. It is written to be small under Brotli: what it leaves open (rules of consent, back-off, limits) the rest
// does. Nothing here throws into the page. Spec: docs/protocol.md#the-browser-script.

/** The script's own tag, or what stands for it in a module. */
export interface Tag {
  readonly src: string;
  readonly nonce?: string;
  readonly dataset: { readonly [name: string]: string | undefined };
}

/** What an order says of the visitor. */
export interface Visitor {
  ref?: string | undefined;
  browser_cookie?: string | undefined;
}

export type Answer = { readonly status: number; readonly [key: string]: unknown };

/** What embedReferAFriend was given, and where it was called from. */
export type Embed = readonly [
  url: unknown, market: unknown, container: string | undefined, error: string | undefined, params: unknown, snippet: Element | null,
];

export interface Rest {
  readonly embed: (what: Embed) => void;
  readonly track: (key: string) => Promise<Answer>;
  readonly consent: (isGiven: unknown) => void;
  readonly forget: () => Promise<unknown>;
  readonly handoff: (url: unknown) => Promise<unknown>;
}

export type Job = (rest?: Rest) => void;
export type Box = Record<string, unknown>;
type Judge = () => boolean | undefined;

/** What the first part hands to the rest. */
export type Inner = readonly [
  queue: Job[], capture: (url: string) => void, visitor: Visitor, box: Box, tag: Tag, setJudge: (judge: Judge) => void,
];

export interface Api {
  readonly _: Inner;
  readonly Buyapowa: (options: unknown, container?: string, error?: string) => object;
  readonly push: (call: [string, ...unknown[]]) => unknown;
  [name: string]: unknown;
}

interface Page extends Window {
  refedge?: Api;
  Buyapowa?: unknown;
  friendbuy?: unknown;
  readonly chrome?: unknown;
}

// What the rest's hash is: no other file is run, and no older one that a cache still has is asked for. Empty where the rest is here already.
declare const REST_INTEGRITY: string;
declare const REST_VERSION: string;

/** start defines the globals, unless another copy of the script has, and brings the rest from beside the script. */
export const start = (tag: Tag): void => {
  const page = window as unknown as Page;
  const early = page.refedge;
  if (early?._) return;
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {}
    return;
  };
  const dataset = tag.dataset;
  let domain = "";
  const queue: Job[] = [];
  const box: Box = attempt(() => localStorage) || {};
  // Where it takes more than a look, the rest judges.
  let may: Judge = () => !("consentCookie" in dataset || "dnt" in dataset || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl);
  const visitor: Visitor = {};
  // When a ref was first seen, and what was answered to an order: each is the same however often this page asks. No key is a name that
  // every object has.
  const once: Record<string, unknown> = {};
  const capture = (url: string): void =>
    attempt(() => {
      const ref = new URL(location as never).searchParams.get("ref");
      if (ref && /^[\w-]{1,32}$/.test(ref)) visitor.ref = ref;
      // The labels that both hosts end in, two at least.
      domain = /(^|\.)(\S+\.\S+) (\S+\.)?\2$/.exec(location.hostname + " " + new URL(url, location as never).hostname)?.[2] ?? domain;
      if (visitor.ref && may()) {
        // Seconds: what is left of milliseconds without their last three digits.
        const value = `1.${visitor.ref}..${(once[visitor.ref + 1] ??= Date.now())}`.slice(0, -3);
        const write = (scope: string): string =>
          (document.cookie = `_refedge_js=${value}; max-age=34560000; path=/; domain=${scope}; secure; samesite=lax`);
        write(domain);
        // The browser refuses a public suffix.
        document.cookie.includes(value) || write("");
      }
    });
  const ask = (name: keyof Rest, arg: unknown, otherwise: () => unknown): Promise<unknown> =>
    new Promise((done) => queue.push((rest) => done(rest ? rest[name](arg as never) : otherwise())));
  const flush = (): unknown => queue.splice(0).map(attempt);
  const send = (key: string): unknown => (once[key] ??= (async () => {
    const [, url, body] = key.split("\n");
    const { status = 0 } = await fetch(url!, {
      method: "POST", body: body!, keepalive: true, credentials: domain ? "include" : "same-origin",
    }).catch(Object);
    if (/^2|22/.test(status)) delete box[key];
    return { status };
  })());
  const api: Api = (page.refedge = {
    _: [queue, capture, visitor, box, tag, (judge) => (may = judge)],
    Buyapowa: (page.Buyapowa = function (options: unknown, container?: string, error?: string) {
      const { url, market } = Object(options);
      capture(url);
      const handle = {
        embedReferAFriend(params: unknown) {
          ask("embed", [url, market, container, error, params, document.currentScript],
            () => (document.getElementById(error!)!.style.display = "block"));
        },
        track(params: object) {
          // Cookies are looked at for an order alone: browsers keep them in another process.
          attempt(() => (visitor.browser_cookie = /_refedge_js=([^;]+)/.exec(document.cookie)?.[1]));
          let key = ("refedge_outbox\n" + url).replace(/\/*$/, "/track\n");
          attempt(() => {
            key += JSON.stringify({ ...params, market, ...visitor });
            may() && (box[key] = Date.now());
            // Safari waits for the process that stores only where it must ask it something: a page that is killed now leaves the order behind.
            page.chrome || new Blob([key]).size;
          });
          return ask("track", key, () => send(key));
        },
      };
      Object.assign(api, handle);
      return handle;
    }),
    push: ([name, ...args]) => attempt(() => (api[name] as (...given: unknown[]) => unknown)(...args)),
  });
  (["handoff", "consent", "forget"] as const).map((name) => (api[name] = (arg: unknown) => ask(name, arg, () => arg)));
  page.friendbuy ||= [];
  capture(tag.src);
  (early as unknown as Parameters<Api["push"]>[0][] | undefined)?.map(api.push);
  if (REST_INTEGRITY) {
    attempt(() => document.head.append(Object.assign(document.createElement("script"), {
      src: new URL((dataset["files"] ?? "refedge") + ".min.js?" + REST_VERSION, tag.src || (location as never)) as never,
      nonce: tag.nonce, crossOrigin: "", integrity: REST_INTEGRITY,
      onerror() {
        queue.push = attempt as never;
        flush();
        for (const key in box) /refedge/.test(key) && send(key);
      },
    })));
  }
  addEventListener("pagehide", flush);
};
