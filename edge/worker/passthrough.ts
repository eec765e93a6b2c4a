// Requests that are none of refedge's own go on to the shop.
import type { Edge } from "./edge.js";
import type { RequestUrl } from "./request_url.js";

/** passOn sends a request to `refedge_upstream`, or to where the runtime's fetch takes it. */
export const passOn = (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  const { upstream } = edge.settings;
  return edge.fetch(upstream === undefined ? request : new Request(upstream + url.target, request), { redirect: "manual" });
};
