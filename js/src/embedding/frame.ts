// embedReferAFriend: the campaign's frame in the page. Spec: docs/protocol.md#embedded-pages.
import type { JsonObject } from "../record.js";
import type { Market } from "./market.js";
import { complain, queryParam } from "./page.js";

const READY_TIMEOUT_MS = 10_000;
const FIRST_HEIGHT_PX = 800;  // what the manual recommends until the frame says better
const MAX_HEIGHT_PX = 100_000;

/** Where the frame goes, and how the page's error element is shown or hidden. */
export interface Place {
  readonly container: Element;
  readonly showError: (isShown: boolean) => void;
}

type Message = { readonly refedge?: unknown; readonly type?: unknown; readonly px?: unknown };
type Handlers = ReadonlyMap<unknown, (message: Message) => void>;

const frameUrl = (market: Market, campaign: string, locale: string): string => {
  const query = new URLSearchParams({ market: market.market, locale, origin: location.origin });
  return `${market.url}/iaf/${encodeURIComponent(campaign)}/embed?${query}`;
};

const makeFrame = (src: string): HTMLIFrameElement => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src, title: "Refer a friend", allow: "clipboard-write; web-share", referrerPolicy: "origin" });
  Object.assign(frame.style, { width: "100%", height: `${FIRST_HEIGHT_PX}px`, border: "0", display: "block" });
  return frame;
};

// What only the frame may know: the page's parameters, and who comes by an e-mail's link.
const initParams = (params: JsonObject): JsonObject => {
  const { campaign: _, ...rest } = params;
  const given = ["bp_e", "bp_p"].map((name) => [name, queryParam(name)] as const).filter(([, value]) => value !== null);
  return { ...rest, ...Object.fromEntries(given) };
};

// Only the frame itself, still on the market's origin, is listened to.
const listen = (frame: HTMLIFrameElement, { origin }: Market, handlers: Handlers): void =>
  addEventListener("message", (event: MessageEvent<Message | null>) => {
    if (event.source !== frame.contentWindow || event.origin !== origin || event.data?.refedge !== 1) return;
    handlers.get(event.data.type)?.(event.data);
  });

const setHeight = (frame: HTMLIFrameElement, px: unknown): void => {
  if (typeof px === "number" && px > 0 && px <= MAX_HEIGHT_PX) frame.style.height = `${Math.ceil(px)}px`;
};

/** embed puts the campaign's frame into its place; when it does not get ready, or says that it failed, the error element shows. */
export const embed = (market: Market, params: JsonObject, { container, showError }: Place): void => {
  const { campaign, locale } = params;
  if (typeof campaign !== "string" || campaign === "") {
    complain("embedReferAFriend: campaign: missing field");
    return showError(true);
  }
  const frame = makeFrame(frameUrl(market, campaign, String(locale ?? "")));
  const show = (isWell: boolean): void => {
    frame.style.display = isWell ? "block" : "none";
    showError(!isWell);
  };
  const timer = setTimeout(show, READY_TIMEOUT_MS, false);
  const start = (): void => {
    clearTimeout(timer);
    show(true);
    frame.contentWindow?.postMessage({ refedge: 1, type: "init", params: initParams(params) }, market.origin);
  };
  listen(frame, market, new Map([
    ["ready", start],
    ["height", ({ px }: Message) => setHeight(frame, px)],
    ["failed", () => show(false)],
  ]));
  container.append(frame);
};
