// On a schedule: what has changed in the origin goes into the link table.
import { buildDestination } from "../core_exports.js";
import type { Edge } from "./edge.js";
import { pullLinks } from "./link_feed.js";
import { SettingError } from "./setting_error.js";

// A run may make a thousand requests of the runtime: three for its cursor and pages, the others write links.
const PAGE_SIZE = 200;
const MAX_PAGES = 4;

const isLocation = (edge: Edge) => (location: string): boolean => {
  try {
    return buildDestination(edge.call, { location, query: "", passthrough: "none", precedence: "link" }) === location;
  } catch {
    return false;
  }
};

/** publishLinks pulls a bounded number of changed links; the next run goes on where it ended. */
export const publishLinks = async (edge: Edge): Promise<void> => {
  if (edge.origin === undefined) throw new SettingError("refedge_origin", "is needed to pull links");
  const written = await pullLinks(edge.origin, edge.links, { pageSize: PAGE_SIZE, maxPages: MAX_PAGES, isLocation: isLocation(edge) });
  if (written > 0) console.log(`refedge: ${written} links stored`);
};
