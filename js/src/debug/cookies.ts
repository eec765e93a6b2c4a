// Which cookies there are, and how long they will live in this browser. Spec: docs/protocol.md#cookies.
import { element, facts, paragraph, type Content } from "./dom.js";

const DAY_MS = 86_400_000;
const SCRIPT_DAYS = 400;
const SAFARI_DAYS = 7;

// Safari, and every browser on iOS, which is Safari inside: https://webkit.org/tracking-prevention/.
const isWebKit = (): boolean => /^Apple/.test(navigator.vendor);

const dateOf = (ms: number): string => new Date(ms).toISOString().replace("T", " ").slice(0, 16);

const daysLeft = (ms: number): string => `${Math.max(0, Math.round((ms - Date.now()) / DAY_MS))} days from now`;

interface Kept {
  readonly name: string;
  readonly expires?: number | null;
}
type Store = { readonly cookieStore?: { get(name: string): Promise<Kept | null> } };

// What the browser itself says, where it tells scripts (not all do, and some keep the date to themselves).
const toldEnd = async (): Promise<number | undefined> =>
  (await (window as Store).cookieStore?.get("_refedge_js").catch(() => null))?.expires ?? undefined;

const lifeOf = async (writtenMs: number): Promise<string> => {
  if (isWebKit()) {
    return `${SAFARI_DAYS} days after your shop was last visited: Safari deletes what a script wrote by then`;
  }
  const end = (await toldEnd()) ?? writtenMs + SCRIPT_DAYS * DAY_MS;
  return `until ${dateOf(end)}, ${daysLeft(end)}`;
};

const parse = (): { code: string; seconds: number } | undefined => {
  try {
    const [, code, seconds] = /(?:^|; )_refedge_js=1\.([\w-]+)\.[\w-]*\.(\d+)/.exec(document.cookie) ?? [];
    return code === undefined ? undefined : { code, seconds: Number(seconds) };
  } catch {
    return undefined;
  }
};

const scriptCookie = async (): Promise<Content> => {
  const kept = parse();
  if (kept === undefined) return "_refedge_js: there is none";
  return facts([
    ["_refedge_js", `the referrer's code ${kept.code}, written by this script on ${dateOf(kept.seconds * 1000)}`],
    ["It lives", await lifeOf(kept.seconds * 1000)],
  ]);
};

/** What the section about cookies holds now. */
export const describeCookies = async (): Promise<Content[]> => [
  element("div", {}, await scriptCookie()),
  paragraph("_refedge, the signed cookie that your edge sets when a share link is followed, is not for scripts to see (HttpOnly). It counts for more "
    + "than the script's own, and lives up to 400 days, in Safari too where the edge is on your shop's own address. Your browser's developer tools show it."),
];
