// embedReferAFriend: the campaign's frame in the page. Spec: docs/protocol.md#embedded-pages.
import type { JsonObject } from "../record.js";
import type { Embed } from "./first.js";
import { readMarket, type Market } from "./market.js";
import { complain, note, queryParam } from "./page.js";
import { mayStore } from "./privacy.js";

const READY_TIMEOUT_MS = 10_000;
const FIRST_HEIGHT_PX = 800;  // what the manual recommends until the frame says better
const MAX_HEIGHT_PX = 100_000;

type Message = { readonly refedge?: unknown; readonly type?: unknown; readonly px?: unknown };
type Handlers = { readonly [type: string]: (message: Message) => void };

const frames: ((message: object) => void)[] = [];

/** tellFrames tells every frame that has got ready. */
export const tellFrames = (message: object): void => frames.forEach((tell) => tell(message));

const frameUrl = (market: Market, campaign: string, locale: string): string => {
  const query = new URLSearchParams({ market: market.market, locale, origin: location.origin });
  return `${market.url}/iaf/${encodeURIComponent(campaign)}/embed?${query}`;
};

const makeFrame = (src: string): HTMLIFrameElement => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src, title: "Refer a friend", allow: "clipboard-write; web-share", referrerPolicy: "origin" });
  frame.style.cssText = `width:100%;height:${FIRST_HEIGHT_PX}px;border:0;display:block`;
  return frame;
};

// What only the frame may know: the page's parameters, and who comes by an e-mail's or a friend's link.
const initParams = (params: JsonObject): JsonObject => {
  const { campaign: _, ...rest } = params;
  const given = ["bp_e", "bp_p", "bp_l"].map((name) => [name, queryParam(name)] as const).filter(([, value]) => value !== null);
  return { ...rest, ...Object.fromEntries(given) };
};

// Only the frame itself, still on the market's origin, is listened to; no longer than it is in the page.
const listen = (frame: HTMLIFrameElement, { origin }: Market, handlers: Handlers): void => {
  const hear = ({ source, origin: sender, data }: MessageEvent<Message | null>): void => {
    if (!frame.isConnected) return removeEventListener("message", hear);
    if (source !== frame.contentWindow || sender !== origin || data?.refedge !== 1) return;
    const type = String(data.type);
    if (Object.hasOwn(handlers, type)) handlers[type]!(data);
  };
  addEventListener("message", hear);
};

const setHeight = (frame: HTMLIFrameElement, px: unknown): void => {
  if (typeof px === "number" && px > 0 && px <= MAX_HEIGHT_PX) frame.style.height = `${Math.ceil(px)}px`;
};

const show = (market: Market, params: JsonObject, container: Element, showError: (isShown: boolean) => void): void => {
  const frame = makeFrame(frameUrl(market, String(params["campaign"]), String(params["locale"] ?? "")));
  const showFrame = (isWell: boolean): void => {
    note(isWell ? "shown" : "not shown");
    frame.style.display = isWell ? "block" : "none";
    showError(!isWell);
  };
  const tell = (message: object): void => frame.contentWindow?.postMessage({ refedge: 1, ...message }, market.origin);
  // A frame that the page has removed is not missed.
  const timer = setTimeout(() => frame.isConnected && showFrame(false), READY_TIMEOUT_MS);
  listen(frame, market, {
    ready: () => {
      clearTimeout(timer);
      showFrame(true);
      tell({ type: "init", params: initParams(params), consent: mayStore() });
      frames.push(tell);
    },
    height: ({ px }) => setHeight(frame, px),
    signed_up: () => note("signed up"),
    failed: () => {
      clearTimeout(timer);
      showFrame(false);
    },
  });
  container.append(frame);
};

// The container by its id; without one, where the snippet stands. While <head> is parsed there is no body yet.
const containerFor = (id: string | undefined, snippet: Element | null): Element | null => {
  if (id !== undefined) return document.getElementById(id);
  const body = document.body as HTMLElement | null;
  return body?.contains(snippet) ? snippet!.parentElement : body;
};

/** embed puts the campaign's frame into its place; when it does not get ready, or says that it failed, the error element shows. */
export const embed = ([url, name, containerId, errorId, given, snippet]: Embed): void => {
  const act = (): void => {
    const params = Object(given) as JsonObject;
    const container = containerFor(containerId, snippet);
    const showError = (isShown: boolean): void => {
      const error = document.getElementById(errorId!);
      if (error !== null) error.style.display = isShown ? "block" : "none";
    };
    const market = readMarket(url, name);
    const { campaign } = params;
    if (container === null) complain(`embedReferAFriend: there is no element with the id ${containerId}`);
    else if (!campaign || typeof campaign !== "string") complain("embedReferAFriend: campaign: missing field");
    else if (market) return show(market, params, container, showError);
    showError(true);
  };
  // A snippet may stand above the elements that it names.
  if (document.readyState === "loading" && containerFor(containerId, snippet) === null) addEventListener("DOMContentLoaded", act);
  else act();
};
