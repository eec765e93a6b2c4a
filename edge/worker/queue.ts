// A queue's messages: clicks and conversions on their way to the origin.
import type { Click } from "./clicks.js";
import { deliverClicks } from "./click_delivery.js";
import { deliverConversion, isConversion, type Conversion } from "./conversions.js";
import type { Edge } from "./edge.js";
import type { QueueBatch, QueueMessage } from "./runtime.js";
import { SettingError } from "./setting_error.js";

const RETRY_SECONDS = 30;

const clicksOf = ({ body }: QueueMessage): readonly Click[] => {
  const { clicks } = body as { clicks?: unknown };
  return Array.isArray(clicks) ? (clicks as Click[]) : [];
};

// What was delivered is acknowledged, all else comes again: delivering twice is harmless.
const attempt = async (messages: readonly QueueMessage[], deliver: () => Promise<void>): Promise<void> => {
  try {
    await deliver();
    for (const message of messages) message.ack();
  } catch (error) {
    console.error(`refedge: the queue is delivered later: ${String(error)}`);
    for (const message of messages) message.retry({ delaySeconds: RETRY_SECONDS });
  }
};

/** takeBatch delivers a batch of messages. Clicks go together, conversions one after the other in their order. */
export const takeBatch = async (edge: Edge, { messages }: QueueBatch): Promise<void> => {
  const { origin } = edge;
  if (origin === undefined) throw new SettingError("refedge_origin", "is needed to deliver what the queue holds");
  const conversions = messages.filter(({ body }) => isConversion(body));
  const clicks = messages.filter((message) => !conversions.includes(message));
  await attempt(clicks, () => deliverClicks(origin, clicks.flatMap(clicksOf)));
  for (const message of conversions) await attempt([message], () => deliverConversion(origin, message.body as Conversion));
};
