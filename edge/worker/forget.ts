// POST /forget: removes the edge's cookie, which no page sees, under the name and domain that the settings say. Spec: docs/protocol.md#forget.
import { preflightAnswer } from "./conversion_answers.js";
import type { Edge } from "./edge.js";
import type { RequestUrl } from "./request_url.js";
import { errorAnswer, isOwnPage, jsonAnswer } from "./track_answer.js";

/** A page of the shop's own may be called so: it is got, not posted to. */
export const asksToForget = ({ method }: Request): boolean => method === "POST" || method === "OPTIONS";

/** answerForget answers 200 with the removals; 422 for the page of somebody else, who must not make a visitor's referral go. */
export const answerForget = (edge: Edge, request: Request, url: RequestUrl): Response => {
  if (request.method === "OPTIONS") return preflightAnswer(edge, request, url);
  if (!isOwnPage(edge, request, url)) return errorAnswer(edge, request, url, 422, "origin", "invalid_field", "origin: invalid field");
  const answer = jsonAnswer(edge, request, url, 200, {});
  for (const removal of edge.settings.cookie.removals(url.host, edge.registrableDomain)) answer.headers.append("Set-Cookie", removal);
  return answer;
};
