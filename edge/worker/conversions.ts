// Conversions that wait for the origin: in a queue, and from there to it. Spec: docs/protocol.md#track.
import type { Origin } from "./origin.js";

const PATIENCE_MS = 10_000;

/** An order as the queue holds it: the fields of docs/protocol.md#spool. */
export interface Conversion {
  readonly conversion: {
    /** A click id of its own. */
    readonly conversion_id: string;
    readonly market: string;
    readonly at_ms: number;
    readonly content_type: string;
    readonly attribution: string;
    readonly body: string;
  };
}

export const isConversion = (value: unknown): value is Conversion =>
  typeof value === "object" && value !== null && typeof (value as { conversion?: unknown }).conversion === "object";

/**
 * deliverConversion posts it to /track; rejects when the origin does not answer. An order that the origin refuses (4xx) was
 * answered for: the same again would be refused again. An order that it has is known by its number.
 */
export const deliverConversion = async (origin: Origin, { conversion }: Conversion): Promise<void> => {
  const { content_type: type, attribution, body } = conversion;
  const headers = { ...(type === "" ? {} : { "Content-Type": type }), ...(attribution === "" ? {} : { "Refedge-Attribution": attribution }) };
  const answer = await origin.post("/track", headers, body, PATIENCE_MS);
  if (answer.status >= 500) throw new Error(`the origin answered ${answer.status} to a conversion`);
  if (answer.status >= 400) console.error(`refedge: the origin refuses a conversion: ${answer.status} ${(await answer.text()).slice(0, 1000)}`);
};
