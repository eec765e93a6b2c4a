// refedge_status: what an operator's monitor asks. A worker has no memory that its isolates share: the numbers are this isolate's.
import type { Edge } from "./edge.js";

export const answerStatus = async (edge: Edge, request: Request): Promise<Response> => {
  const report = { link_cursor: await edge.links.cursor() };
  return new Response(request.method === "HEAD" ? null : JSON.stringify(report), { headers: { "Content-Type": "application/json", "Cache-Control": "no-store" } });
};
