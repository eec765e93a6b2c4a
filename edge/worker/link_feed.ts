// Pulls changed links from the origin into a table. Spec: docs/protocol.md#link-feed.
import { isLink, wrongMember, type Link, type LinkTable } from "./links.js";
import type { Origin } from "./origin.js";

export interface PullOptions {
  /** Links asked for at a time, at most 1000. */
  readonly pageSize: number;
  /** Pages of one pull: it ends in a bounded time, and the next goes on where it ended. */
  readonly maxPages: number;
  /** Tells whether a text can be a link's location. */
  readonly isLocation: (text: string) => boolean;
}

interface Page {
  readonly links: readonly unknown[];
  readonly cursor: number;
  readonly more: boolean;
}

const isPage = (value: unknown): value is Page => {
  const page = value as Partial<Page> | null;
  return typeof page === "object" && Array.isArray(page?.links) && Number.isSafeInteger(page.cursor) && typeof page.more === "boolean";
};

const readPage = async (origin: Origin, after: number, pageSize: number): Promise<Page> => {
  const answer = await origin.send(`/edge/links?after=${after}&limit=${pageSize}&wait_seconds=0`);
  if (answer.status !== 200) throw new Error(`the origin answered ${answer.status} to the link feed`);
  const page: unknown = await answer.json();
  if (!isPage(page)) throw new Error("the origin's answer is no page of links");
  if (page.cursor < after) throw new Error("the origin's cursor went back; is it another store?");
  // A page that promises more without moving on would be asked for for ever.
  if (page.cursor === after && page.more) throw new Error("the origin's cursor does not move");
  return page;
};

const wrongUrl = ({ location, fallback = "" }: Link, isLocation: (text: string) => boolean): string | undefined => {
  if (!isLocation(location)) return "location";
  return fallback === "" || isLocation(fallback) ? undefined : "fallback";
};

const soundLinks = (page: Page, after: number, isLocation: (text: string) => boolean): Link[] =>
  page.links.filter((link, index): link is Link => {
    const wrong = isLink(link) ? wrongUrl(link, isLocation) : wrongMember(link);
    if (wrong !== undefined) console.error(`refedge: links after cursor ${after}: left out links[${index}].${wrong}`);
    return wrong === undefined;
  });

/**
 * pullLinks brings what has changed since the table's cursor and gives how many links it wrote. Links first, then the cursor:
 * a pull that is cut short is repeated, and repeating is harmless. Throws when the origin does not answer as documented.
 */
export const pullLinks = async (origin: Origin, table: LinkTable, options: PullOptions): Promise<number> => {
  let written = 0;
  let after = await table.cursor();
  for (let pages = 0; pages < options.maxPages; pages += 1) {
    const page = await readPage(origin, after, options.pageSize);
    const links = soundLinks(page, after, options.isLocation);
    await table.put(links);
    if (page.cursor !== after) await table.setCursor(page.cursor);
    written += links.length;
    after = page.cursor;
    if (!page.more) break;
  }
  return written;
};
