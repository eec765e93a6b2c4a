// The page that unfurlers read instead of a redirect.
import { buildPreviewPage } from "../core_exports.js";
import type { Edge } from "./edge.js";
import type { Link } from "./links.js";
import { htmlAnswer } from "./pages.js";
import type { RequestUrl } from "./request_url.js";

/** previewPage gives the page of a link that has one; undefined otherwise, or when the preview is off or the core refuses its texts. */
export const previewPage = (edge: Edge, { method }: Request, url: RequestUrl, { preview }: Link): Response | undefined => {
  if (!edge.settings.preview || preview?.title === undefined || preview.title === "") return undefined;
  const { title, description = "", image_url: imageUrl = "", site_name: siteName = "", locale = "" } = preview;
  try {
    const html = buildPreviewPage(edge.call, { url: url.withoutQuery, title, description, imageUrl, siteName, locale });
    return htmlAnswer(method, 200, html, edge.commonHeaders);
  } catch {
    return undefined;
  }
};
