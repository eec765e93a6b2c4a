// Requests to the origin's edge API. Spec: docs/protocol.md#edge-api.
import type { Fetch } from "./runtime.js";

const PATIENCE_MS = 10_000;

export class Origin {
  readonly url: string;
  readonly #token: string;
  readonly #fetch: Fetch;

  /** `url` has no slash at its end. */
  constructor(url: string, token: string, fetch: Fetch) {
    this.url = url;
    this.#token = token;
    this.#fetch = fetch;
  }

  /** post sends a body that the origin takes from anybody. */
  post(target: string, headers: Record<string, string>, body: string, patienceMs: number): Promise<Response> {
    return this.#fetch(this.url + target, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
  }

  /** send gets `target`, or posts `body` to it, as the edge that the token names. It follows no redirect: one would take the token along. */
  send(target: string, body?: string): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.#token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method: body === undefined ? "GET" : "POST", headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) };
    return this.#fetch(this.url + target, body === undefined ? init : { ...init, body });
  }
}
