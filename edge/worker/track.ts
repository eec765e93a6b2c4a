// /track: takes a client's Refedge-Attribution out, puts the verified cookie in, and hands the order to the origin. An origin that
// does not answer in time, or with 5xx, is away: the order goes into the queue, and the browser gets 202. As edge/nginx/track.cc.
import { readBody } from "./body.js";
import { keepConversion } from "./conversion_answers.js";
import type { Edge } from "./edge.js";
import { errorAnswer, preflightAnswer } from "./page_answers.js";
import { verifiedCookie } from "./referral_cookie.js";
import type { RequestUrl } from "./request_url.js";
import type { Lifetime } from "./runtime.js";

const ATTRIBUTION = "Refedge-Attribution";
const MAX_BODY_BYTES = 64 * 1024;

const attributionOf = async (edge: Edge, headers: Headers): Promise<string> => {
  const held = await verifiedCookie(edge, headers);
  if (!held) return "";
  edge.counters.add("conversions.attributed");
  return held.value;
};

const headersFor = ({ headers }: Request, attribution: string): Headers => {
  const changed = new Headers(headers);
  changed.delete(ATTRIBUTION);
  if (attribution !== "") changed.set(ATTRIBUTION, attribution);
  return changed;
};

// The origin's answer; undefined when it is away.
const ask = async (edge: Edge, request: Request, url: RequestUrl, headers: Headers, body: BodyInit | null): Promise<Response | undefined> => {
  const target = edge.settings.origin === undefined ? url.text : edge.settings.origin + url.target;
  const signal = AbortSignal.timeout(edge.settings.trackTimeoutMs);
  const answer = await edge.fetch(target, { method: request.method, headers, body, redirect: "manual", signal }).catch(() => undefined);
  return answer === undefined || answer.status >= 500 ? undefined : answer;
};

const hasBody = ({ method }: Request): boolean => method !== "GET" && method !== "HEAD" && method !== "OPTIONS";

const pass = async (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  const body = hasBody(request) ? await readBody(request, MAX_BODY_BYTES) : null;
  if (body === undefined) {
    return errorAnswer(edge, request, url, 413, "", "too_large", "the request's body is larger than this resource takes");
  }
  const attribution = await attributionOf(edge, request.headers);
  const answer = await ask(edge, request, url, headersFor(request, attribution), body);
  if (answer !== undefined) return answer;
  if (request.method === "OPTIONS") return preflightAnswer(edge, request, url);
  if (request.method === "POST" && body !== null) return keepConversion(edge, request, url, attribution, new TextDecoder().decode(body));
  return errorAnswer(edge, request, url, 502, "", "unavailable", "the origin does not answer");
};

/** passTrack answers what the origin answers, or 202 when the queue has the order. A browser that goes away does not end it. */
export const passTrack = (edge: Edge, request: Request, url: RequestUrl, lifetime: Lifetime): Promise<Response> => {
  const answered = pass(edge, request, url);
  lifetime.waitUntil(answered.catch(() => undefined));
  return answered;
};
