// POST /forget: removes the edge's cookie, which no page sees, under the name and domain that the settings say. Spec: docs/protocol.md#forget.
import { RefedgeError } from "../errors.js";
import type { Edge } from "./edge.js";
import { isOwnPage, jsonAnswer, preflightAnswer, refusalAnswer } from "./page_answers.js";
import type { RequestUrl } from "./request_url.js";

/** answerForget answers 200 with the removals; 422 for the page of somebody else, who must not make a visitor's referral go. */
export const answerForget = (edge: Edge, request: Request, url: RequestUrl): Response => {
  if (request.method === "OPTIONS") return preflightAnswer(edge, request, url);
  if (!isOwnPage(edge, request, url)) return refusalAnswer(edge, request, url, new RefedgeError("invalid_field", "origin"));
  const answer = jsonAnswer(edge, request, url, 200, {});
  for (const removal of edge.settings.cookie.removals(url.host, edge.registrableDomain)) answer.headers.append("Set-Cookie", removal);
  return answer;
};
