// refedge_status: what an operator's monitor asks.
import type { Edge } from "./edge.js";
import { methodNotAllowed } from "./pages.js";
import type { RequestUrl } from "./request_url.js";
import type { StatusFormat } from "./settings.js";

const isFormat = (text: string | null): text is StatusFormat => text === "json" || text === "prometheus";

// `?format=` rules; then what the setting says; then an Accept header that asks for text as Prometheus does.
const chooseFormat = (edge: Edge, request: Request, url: RequestUrl): StatusFormat => {
  const asked = new URLSearchParams(url.query).get("format");
  const accept = request.headers.get("accept") ?? "";
  return isFormat(asked) ? asked : edge.settings.statusFormat ?? (/text\/plain|openmetrics/.test(accept) ? "prometheus" : "json");
};

const gauge = (name: string, help: string, value: number): string =>
  `# HELP refedge_${name} ${help}\n# TYPE refedge_${name} gauge\nrefedge_${name} ${value}\n`;

const report = (edge: Edge, format: StatusFormat, cursor: number | undefined): string => {
  if (format === "json") {
    const links = cursor === undefined ? { open: false } : { open: true, cursor };
    return `${JSON.stringify({ ...edge.counters.json(), links })}\n`;
  }
  const isOpen = gauge("links_open", "Whether the link table can be read.", cursor === undefined ? 0 : 1);
  return edge.counters.prometheus() + isOpen + (cursor === undefined ? "" : gauge("links_cursor", "The feed's cursor.", cursor));
};

/** answerStatus answers JSON, or text for Prometheus. */
export const answerStatus = async (edge: Edge, request: Request, url: RequestUrl): Promise<Response> => {
  const { method } = request;
  if (method !== "GET" && method !== "HEAD") return methodNotAllowed();
  const format = chooseFormat(edge, request, url);
  const cursor = await Promise.resolve(edge.links.cursor()).catch(() => undefined);
  const type = format === "json" ? "application/json" : "text/plain; version=0.0.4; charset=utf-8";
  return new Response(method === "HEAD" ? null : report(edge, format, cursor), { headers: { "Content-Type": type, "Cache-Control": "no-store" } });
};
