// What the browser gets when the origin is away.
import { buildTrackPayload, makeClickId } from "../core_exports.js";
import { RefedgeError } from "../errors.js";
import type { JsonObject } from "../record.js";
import type { Conversion } from "./conversions.js";
import type { Edge } from "./edge.js";
import { errorAnswer, jsonAnswer, refusalAnswer } from "./page_answers.js";
import type { RequestUrl } from "./request_url.js";

const RANDOM_BYTES = 10;
const MAX_CONTENT_TYPE = 128;

const parse = (body: string): JsonObject => {
  let object: unknown;
  try {
    object = JSON.parse(body);
  } catch {
    throw new RefedgeError("invalid_json", "");
  }
  if (typeof object !== "object" || object === null || Array.isArray(object)) throw new RefedgeError("invalid_json", "");
  return object as JsonObject;
};

// The order's fields, once the core has found each of them right, as the origin would.
const readOrder = (edge: Edge, body: string): JsonObject => {
  const order = parse(body);
  buildTrackPayload(edge.call, order);
  return order;
};

const contentTypeOf = ({ headers }: Request): string => {
  const type = headers.get("content-type") ?? "";
  return type.length <= MAX_CONTENT_TYPE && /^[ -~]*$/.test(type) ? type : "";
};

const store = async (edge: Edge, conversion: Conversion): Promise<boolean> => {
  const failure = edge.settings.spool === undefined ? "there is no refedge_spool"
    : await edge.settings.spool.send(conversion).then(() => undefined, (error: unknown) => String(error));
  if (failure === undefined) return true;
  edge.counters.add("lost.conversions");
  console.error(`refedge: an order is not kept: ${failure}`);
  return false;
};

/** keepConversion answers 202 once the queue has the order; 422 for what is none; 503 when the queue does not take it. */
export const keepConversion = async (edge: Edge, request: Request, url: RequestUrl, attribution: string, body: string): Promise<Response> => {
  try {
    const order = readOrder(edge, body);
    const nowMs = Date.now();
    const id = makeClickId(edge.call, { unixMs: nowMs, random: edge.random.take(RANDOM_BYTES) });
    const kept = await store(edge, { conversion: {
      conversion_id: id, market: String(order["market"]), at_ms: nowMs, content_type: contentTypeOf(request), attribution, body,
    } });
    if (!kept) return errorAnswer(edge, request, url, 503, "", "unavailable", "the order cannot be taken right now; please send it again");
    edge.counters.add("conversions.spooled");
    return jsonAnswer(edge, request, url, 202, { order_number: String(order["order_number"]), referral: null, reason: "accepted" });
  } catch (error) {
    if (!(error instanceof RefedgeError)) throw error;
    return refusalAnswer(edge, request, url, error);
  }
};
