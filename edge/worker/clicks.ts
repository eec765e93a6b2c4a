// Clicks: from the visit to a queue or to the origin. Spec: docs/protocol.md#click-intake.
import type { Lifetime } from "./runtime.js";

export interface Click {
  readonly click_id: string;
  readonly code: string;
  readonly market_id: string;
  readonly at_ms: number;
  readonly verdict: string;
}

/** Where clicks go. `record` never throws and never waits: a redirect does not depend on it. */
export interface ClickSink {
  record(click: Click, lifetime: Lifetime): void;
}

/** What takes a batch; rejects when it could not. */
export type Deliver = (clicks: readonly Click[]) => Promise<void>;

// A message of a queue holds 128 KB, the origin takes 256 KB: a click has 200 bytes.
const MAX_BATCH = 500;
const RETRY_AFTER_MS = [250, 1000, 4000];

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** BatchedClicks collects for a moment what all requests of the isolate bring and delivers it together. */
export class BatchedClicks implements ClickSink {
  readonly #deliver: Deliver;
  readonly #waitMs: number;
  readonly #onLost: (count: number) => void;
  #waiting: Click[] = [];

  /** `waitMs` is how long a click waits for company at most; 0: it is delivered at once. `onLost` hears of those that nobody took. */
  constructor(deliver: Deliver, waitMs: number, onLost: (count: number) => void = () => undefined) {
    this.#deliver = deliver;
    this.#waitMs = waitMs;
    this.#onLost = onLost;
  }

  record(click: Click, lifetime: Lifetime): void {
    this.#waiting.push(click);
    if (this.#waiting.length >= MAX_BATCH || this.#waitMs === 0) lifetime.waitUntil(this.#flush());
    else if (this.#waiting.length === 1) lifetime.waitUntil(pause(this.#waitMs).then(() => this.#flush()));
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    for (const delay of [...RETRY_AFTER_MS, undefined]) {
      const failure = await this.#deliver(batch).then(() => undefined, (error: unknown) => error);
      if (failure === undefined) return;
      if (delay === undefined) this.#giveUp(batch, failure);
      else await pause(delay);
    }
  }

  #giveUp(batch: readonly Click[], failure: unknown): void {
    this.#onLost(batch.length);
    console.error(`refedge: ${batch.length} clicks are lost: ${String(failure)}`);
  }
}
