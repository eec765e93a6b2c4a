// The overlay: a panel at the page's corner, in a shadow of its own, that follows the script's log.
import { api, tag, type LogEntry } from "../embedding/page.js";
import { describeConsent, describeFiles, describeReferral } from "./capture.js";
import { describeCookies } from "./cookies.js";
import { element, type Content } from "./dom.js";
import { describeOrders } from "./orders.js";
import { STYLE } from "./style.js";

type Describe = (log: readonly LogEntry[]) => Content[] | Promise<Content[]>;

// An order and its answer have a section of their own.
const detailsOf = ({ at: _, what, status, ...details }: LogEntry): string =>
  (what === "sent" || what === "answered" ? String(status ?? "") : Object.values(details).map(String).join(" "));

const lineOf = (entry: LogEntry): HTMLElement =>
  element("li", {}, `${new Date(entry.at).toISOString().slice(11, 23)} ${entry.what} ${detailsOf(entry)}`);

const SECTIONS: readonly (readonly [string, Describe, boolean])[] = [
  ["Who sent this visitor", describeReferral, true],
  ["Cookies in this browser", describeCookies, true],
  ["Orders", describeOrders, true],
  ["Consent", describeConsent, false],
  ["Files", describeFiles, false],
  ["All that happened", (log) => [element("ol", {}, ...log.map(lineOf))], false],
];

// A policy that refuses styles does not refuse those that a script makes as objects; browsers without these get an element with the page's nonce.
const addStyle = (root: ShadowRoot): void => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(element("style", tag.nonce === undefined ? {} : { nonce: tag.nonce }, STYLE));
  }
};

const makeSection = ([title, describe, isOpen]: (typeof SECTIONS)[number]): { node: HTMLElement; show: () => Promise<void> } => {
  const body = element("div", {});
  const node = element("details", isOpen ? { open: "" } : {}, element("summary", {}, title), body);
  const show = async (): Promise<void> => body.replaceChildren(...(await describe(api.log)).filter((one): one is Node | string => one !== undefined));
  return { node, show };
};

// Many lines at once are shown once.
const onceATurn = (act: () => void): (() => void) => {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      act();
    });
  };
};

const follow = (act: () => void): void => {
  const { push } = api.log;
  api.log.push = (...lines) => {
    act();
    return push.apply(api.log, lines);
  };
};

/** openOverlay puts the overlay into the page, once. Escape and its button close it. */
export const openOverlay = (): void => {
  if (document.querySelector("refedge-debug") !== null) return;
  const host = element("refedge-debug", {});
  const root = host.attachShadow({ mode: "open" });
  addStyle(root);
  const sections = SECTIONS.map(makeSection);
  const close = element("button", { type: "button", "aria-label": "Close the refedge debugger" }, "✕");
  close.addEventListener("click", () => host.remove());
  const panel = element("aside", { "aria-label": "refedge debugger", tabindex: "-1" },
    element("header", {}, element("h2", {}, "refedge"), close), ...sections.map(({ node }) => node));
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && host.remove());
  root.append(panel);
  const show = (): void => sections.forEach((section) => void section.show());
  follow(onceATurn(show));
  show();
  (document.body ?? document.documentElement).append(host);
};
