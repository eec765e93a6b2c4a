// What one set of settings makes: the stores, sinks and core that the handlers work with.
import { judgeConsent } from "../core_exports.js";
import { LinkVisits } from "../link_visits.js";
import { loadCompiled, type Call, type CompiledModule } from "../loader.js";
import { BatchedClicks, type ClickSink, type Deliver } from "./clicks.js";
import { deliverClicks } from "./click_delivery.js";
import type { RegistrableDomain } from "./cookie_form.js";
import { Counters } from "./counters.js";
import { KvLinks } from "./kv_links.js";
import { MemoryLinks, type LinkTable } from "./links.js";
import { LogGate } from "./log_gate.js";
import { Origin } from "./origin.js";
import { commonHeaders, type HeaderFields } from "./pages.js";
import { RandomPool } from "./random.js";
import { remembering } from "./remembering.js";
import type { Env, Fetch } from "./runtime.js";
import { SettingError } from "./setting_error.js";
import { readSettings, type Settings } from "./settings.js";

/** What a program gives besides settings. */
export interface WorkerOptions {
  /** Registrable domains by the public suffix list; needed for `domain=auto` of `refedge_cookie`. */
  readonly registrableDomain?: RegistrableDomain;
  /** Where links are looked up; otherwise the binding `refedge_links`. */
  readonly links?: LinkTable;
  /** Where clicks go; otherwise the binding `refedge_spool`, or the origin. */
  readonly clicks?: ClickSink;
  /** What requests are sent with; otherwise the runtime's fetch. */
  readonly fetch?: Fetch;
}

export interface Edge {
  readonly settings: Settings;
  readonly links: LinkTable;
  readonly clicks: ClickSink;
  readonly origin: Origin | undefined;
  readonly fetch: Fetch;
  readonly visits: LinkVisits;
  /** The core's other operations. */
  readonly call: Call;
  readonly random: RandomPool;
  readonly registrableDomain: RegistrableDomain;
  readonly commonHeaders: Readonly<HeaderFields>;
  /** What all redirects have: the status and the common headers. */
  readonly redirect: Response;
  readonly counters: Counters;
  readonly linkGate: LogGate;
  readonly keyGate: LogGate;
}

// Hosts come again and again, and a look at the list of suffixes is dear.
const domainsOf = (settings: Settings, { registrableDomain }: WorkerOptions): RegistrableDomain => {
  if (registrableDomain !== undefined) return remembering(registrableDomain);
  if (settings.cookie.needsSuffixes) throw new SettingError("refedge_cookie", "domain=auto needs registrableDomain; or name a domain=, or off");
  return () => undefined;
};

const deliverBy = (settings: Settings, origin: Origin | undefined): Deliver => {
  const { spool } = settings;
  if (spool !== undefined) return async (clicks) => void (await spool.send({ clicks }));
  if (origin === undefined) throw new SettingError("refedge_origin", "or refedge_spool is needed: clicks would go nowhere");
  return (clicks) => deliverClicks(origin, clicks);
};

const clicksOf = (settings: Settings, origin: Origin | undefined, counters: Counters, options: WorkerOptions): ClickSink =>
  options.clicks ?? new BatchedClicks(deliverBy(settings, origin), settings.batchWaitMs, (count) => counters.add("lost.clicks", count));

const linksOf = (settings: Settings, options: WorkerOptions): LinkTable =>
  options.links ?? (settings.links === undefined ? new MemoryLinks() : new KvLinks(settings.links));

// The core knows which rules there are: it judges a request without headers by this one.
const checkConsent = (call: Call, { source, name, values, gpc, dnt }: Settings["consent"]): void => {
  try {
    judgeConsent(call, { source, name, values, honourGpc: gpc, honourDnt: dnt, cookie: "", header: "", secGpc: "", dnt: "" });
  } catch (error) {
    throw new SettingError("refedge_consent", error instanceof Error ? error.message : String(error));
  }
};

const visitsOf = (module: CompiledModule, { cookie, consent, query, repeatWindowSeconds }: Settings): LinkVisits => new LinkVisits(module, {
  cookieName: cookie.name, consentSource: consent.source, consentName: consent.name, consentValues: consent.values,
  honourGpc: consent.gpc, honourDnt: consent.dnt, passthrough: query.passthrough, precedence: query.precedence,
  repeatWindowSeconds,
});

/** makeEdge reads the settings and makes what they ask for. Throws a SettingError. */
export const makeEdge = (module: CompiledModule, env: Env, options: WorkerOptions): Edge => {
  const settings = readSettings(env);
  const fetch: Fetch = options.fetch ?? ((request, init) => globalThis.fetch(request, init));
  const origin = settings.origin === undefined ? undefined : new Origin(settings.origin, settings.edgeToken, fetch);
  const counters = new Counters();
  const headers = commonHeaders(settings);
  const { call } = loadCompiled(module);
  checkConsent(call, settings.consent);
  return {
    settings, origin, fetch,
    links: linksOf(settings, options),
    clicks: clicksOf(settings, origin, counters, options),
    visits: visitsOf(module, settings),
    call,
    random: new RandomPool(),
    registrableDomain: domainsOf(settings, options),
    commonHeaders: headers,
    redirect: new Response(null, { status: settings.redirectStatus, headers }),
    counters,
    linkGate: new LogGate(), keyGate: new LogGate(),
  };
};
