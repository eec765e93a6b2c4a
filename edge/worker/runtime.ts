// What the worker asks of its runtime, no more than it uses: Cloudflare's bindings fit, and so does any object of these shapes.

/** A key-value namespace, as Cloudflare's KV. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
}

/** A queue's sending end, as Cloudflare's Queues. */
export interface QueueSender {
  send(body: unknown): Promise<unknown>;
}

/** A message of a queue, and a batch of them, as a consumer gets them. */
export interface QueueMessage {
  readonly body: unknown;
  ack(): void;
  retry(options?: { delaySeconds?: number }): void;
}
export interface QueueBatch {
  readonly messages: readonly QueueMessage[];
}

/** What outlives the answer to a request. */
export interface Lifetime {
  waitUntil(work: Promise<unknown>): void;
}

/** Settings and bindings by name. */
export type Env = Readonly<Record<string, unknown>>;

/** What the worker sends requests with: `fetch` of the runtime. */
export type Fetch = (request: Request | string, init?: RequestInit) => Promise<Response>;
