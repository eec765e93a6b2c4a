// The browser script: the global `Buyapowa` of the published snippets. Nothing here throws into the page.
import { captureRef } from "./embedding/cookie.js";
import { embed } from "./embedding/frame.js";
import { readMarket, type Market, type MarketOptions } from "./embedding/market.js";
import { deliverKept, type Answer } from "./embedding/outbox.js";
import { complain } from "./embedding/page.js";
import { scriptHost } from "./embedding/ready_core.js";
import { track } from "./embedding/track.js";
import type { JsonObject } from "./record.js";

const guard = (what: string, act: () => void): void => {
  try {
    act();
  } catch (error) {
    complain(`${what}:`, error);
  }
};

// A snippet may stand above the elements that it names.
const whenParsed = (act: () => void): void => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", act, { once: true });
  else act();
};

const elementOf = (id: string | undefined): HTMLElement | null => (id === undefined ? null : document.getElementById(id));

class Buyapowa {
  private readonly market: Market | undefined;

  constructor(options: MarketOptions, private readonly containerId?: string, private readonly errorId?: string) {
    this.market = readMarket(options);
    guard("ref", () => captureRef(this.market?.host ?? ""));
  }

  /** Puts the campaign into the container; without one, where the snippet stands. */
  embedReferAFriend(params: JsonObject): void {
    const snippet = document.currentScript?.parentElement ?? null;
    const act = (): void => guard("embedReferAFriend", () => this.embed(Object(params), this.containerFor(snippet)));
    if (this.containerFor(snippet) !== null) act();
    else whenParsed(act);
  }

  /** Sends an order; the promise gives the server's answer, with status 0 when there is none yet, and never rejects. */
  track(params: JsonObject): Promise<Answer> {
    return this.market === undefined ? Promise.resolve({ status: 0 }) : track(this.market, params);
  }

  private containerFor(snippet: Element | null): Element | null {
    if (this.containerId !== undefined) return elementOf(this.containerId);
    // While <head> is parsed there is no body yet.
    const body = document.body as HTMLElement | null;
    return body?.contains(snippet) ? snippet : body;
  }

  private embed(params: JsonObject, container: Element | null): void {
    const showError = (isShown: boolean): void => {
      const error = elementOf(this.errorId);
      if (error !== null) error.style.display = isShown ? "block" : "none";
    };
    if (container === null) complain(`embedReferAFriend: there is no element with the id ${this.containerId}`);
    if (this.market === undefined || container === null) return showError(true);
    embed(this.market, params, { container, showError });
  }
}

Object.assign(window, { Buyapowa });
guard("ref", () => captureRef(scriptHost));
guard("outbox", deliverKept);
