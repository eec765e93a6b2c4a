// A queue's messages: clicks and conversions on their way to the origin.
import type { Click } from "./clicks.js";
import { deliverClicks } from "./click_delivery.js";
import { deliverConversion, isConversion, type Conversion } from "./conversions.js";
import type { Edge } from "./edge.js";
import type { Origin } from "./origin.js";
import type { QueueBatch, QueueMessage } from "./runtime.js";
import { SettingError } from "./setting_error.js";

const RETRY_SECONDS = 10;

const clicksOf = ({ body }: QueueMessage): readonly Click[] => {
  const { clicks } = body as { clicks?: unknown };
  return Array.isArray(clicks) ? (clicks as Click[]) : [];
};

const retry = (messages: readonly QueueMessage[]): void => {
  for (const message of messages) message.retry({ delaySeconds: RETRY_SECONDS });
};

// What was delivered is acknowledged, all else comes again: delivering twice is harmless.
const isDelivered = async (messages: readonly QueueMessage[], work: Promise<void>): Promise<boolean> => {
  const failure = await work.then(() => undefined, (error: unknown) => error);
  if (failure === undefined) for (const message of messages) message.ack();
  else console.error(`refedge: what the queue holds is delivered later: ${String(failure)}`);
  return failure === undefined;
};

// One after the other: what stands behind an order that cannot be delivered waits for it.
const deliverConversions = async (origin: Origin, messages: readonly QueueMessage[]): Promise<void> => {
  for (const [index, message] of messages.entries()) {
    if (!(await isDelivered([message], deliverConversion(origin, message.body as Conversion)))) return retry(messages.slice(index));
  }
};

/** takeBatch delivers a batch of messages to the origin: clicks together, conversions in their order. */
export const takeBatch = async ({ origin }: Edge, { messages }: QueueBatch): Promise<void> => {
  if (origin === undefined) throw new SettingError("refedge_origin", "is needed to deliver what the queue holds");
  const conversions = messages.filter(({ body }) => isConversion(body));
  const clicks = messages.filter((message) => !conversions.includes(message));
  if (!(await isDelivered(clicks, deliverClicks(origin, clicks.flatMap(clicksOf))))) retry(clicks);
  await deliverConversions(origin, conversions);
};
