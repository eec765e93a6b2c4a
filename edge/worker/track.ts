// /track: takes a client's Refedge-Attribution out, puts the verified cookie in, and hands the order to the origin. When that does
// not answer in time the order goes to the queue and the browser gets 202.
import type { Conversion } from "./conversions.js";
import type { Edge } from "./edge.js";
import { verifiedCookie } from "./referral_cookie.js";
import type { RequestUrl } from "./request_url.js";
import type { QueueSender } from "./runtime.js";

const ATTRIBUTION = "Refedge-Attribution";
const MAX_BODY_BYTES = 64 * 1024;

const attributionOf = async (edge: Edge, headers: Headers): Promise<string> => {
  try {
    return (await verifiedCookie(edge, headers)) ?? "";
  } catch (error) {
    edge.linkGate.error(`links cannot be read: ${String(error)}`);
    return "";
  }
};

const headersFor = (request: Request, attribution: string): Headers => {
  const headers = new Headers(request.headers);
  headers.delete(ATTRIBUTION);
  if (attribution !== "") headers.set(ATTRIBUTION, attribution);
  return headers;
};

const targetOf = (edge: Edge, url: RequestUrl): string => (edge.settings.origin === undefined ? url.text : edge.settings.origin + url.target);

const send = (edge: Edge, request: Request, url: RequestUrl, headers: Headers, body: ArrayBuffer | null): Promise<Response> =>
  edge.fetch(targetOf(edge, url), {
    method: request.method, headers, body, redirect: "manual", signal: AbortSignal.timeout(edge.settings.trackTimeoutMs),
  });

interface Order {
  readonly market: string;
  readonly order_number: string;
}

// What the 202 names, and what an order without which it is none: the origin checks the rest when it is delivered.
const readOrder = (body: string): Order | undefined => {
  try {
    const { market, order_number: number } = JSON.parse(body) as Record<string, unknown>;
    const isOrder = typeof market === "string" && market !== "" && (typeof number === "number" || (typeof number === "string" && number !== ""));
    return isOrder ? { market, order_number: String(number) } : undefined;
  } catch {
    return undefined;
  }
};

const cors = (request: Request): Record<string, string> => {
  const origin = request.headers.get("origin");
  return origin === null ? {} : { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", Vary: "Origin" };
};

const jsonAnswer = (request: Request, status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...cors(request) } });

const refusal = (request: Request, status: number, field: string, reason: string, message: string): Response =>
  jsonAnswer(request, status, { errors: [{ field, reason, message }] });

// The 202 promises that the order is kept: it waits for the queue's answer.
const keep = async (request: Request, url: RequestUrl, spool: QueueSender, attribution: string, body: string): Promise<Response> => {
  const order = readOrder(body);
  if (order === undefined) return refusal(request, 422, "order_number", "missing_field", "order_number and market are required");
  const { host } = url;
  const type = request.headers.get("content-type") ?? "";
  const conversion: Conversion = { conversion: { at_ms: Date.now(), host, content_type: type, attribution, body } };
  await spool.send(conversion);
  return jsonAnswer(request, 202, { order_number: order.order_number, referral: null, reason: "queued" });
};

const isAway = (answer: Response | undefined): boolean => answer === undefined || answer.status >= 500;

/** passTrack answers what the origin answers, or 202 when the queue has the order. */
export const passTrack = async (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  const attribution = await attributionOf(edge, request.headers);
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  const body = hasBody ? await request.arrayBuffer() : null;
  if (body !== null && body.byteLength > MAX_BODY_BYTES) return refusal(request, 413, "body", "too_large", "the body is over 64 KiB");
  const answer = await send(edge, request, url, headersFor(request, attribution), body).catch(() => undefined);
  const { spool } = edge.settings;
  if (answer !== undefined && !isAway(answer)) return answer;
  if (request.method !== "POST" || body === null || spool === undefined) return answer ?? refusal(request, 502, "origin", "no_answer", "the origin does not answer");
  return keep(request, url, spool, attribution, new TextDecoder().decode(body));
};
