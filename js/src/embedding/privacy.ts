// The visitor's will: what may be kept, what is kept, and how all of it goes. Spec: docs/protocol.md#the-browser-script.
import { mayKeep, type Signals } from "./consent.js";
import { SAME_MARKET, attempt, capture, note, queryParam, setJudge, tag, visitor } from "./page.js";

let said: boolean | undefined;

/** mayStore tells yes or no, or undefined while nobody has asked the visitor. */
export const mayStore = (): boolean | undefined =>
  mayKeep(tag.dataset, navigator as Signals, attempt(() => document.cookie) ?? "", said);

const cookies = (): string[] => attempt(() => document.cookie.match(/\b_refedge_js=[^;]+/g)) ?? [];

/** The cookie's latest value: cookies of one name can stand on several domains. */
export const latestCookie = (): string | undefined =>
  cookies().sort((a, b) => Number(a.split(".")[3]) - Number(b.split(".")[3])).pop()?.slice(12);

/** Takes the cookie from the page's host and from every domain above it. */
export const removeCookies = (): void => {
  const labels = `.${location.hostname}`.split(".");
  labels.forEach((_, index) => attempt(() => {
    document.cookie = `_refedge_js=; Max-Age=0; Path=/; Domain=${index ? labels.slice(index).join(".") : ""}`;
  }));
};

let captured: string | undefined;

/** look takes a new `?ref=` of the page's address, and keeps what may be kept since. What is kept already keeps its date. */
export const look = (): void => {
  const ref = queryParam("ref") ?? visitor.ref;
  if (ref && latestCookie()?.split(".")[1] !== ref) capture(SAME_MARKET);
  if (visitor.ref !== captured) note("captured", { ref: (captured = visitor.ref) });
};

/** say is what the page tells of consent: from now on it counts. */
export const say = (isGiven: boolean): void => {
  said = isGiven;
  note("consent", { isGiven });
  if (isGiven) look();
  else removeCookies();
};

/** Goes over what the first part could not judge, and over what it wrote before it knew the market. */
export const judgeAgain = (): void => {
  setJudge(mayStore);
  if (visitor.ref && cookies().length > 1) removeCookies();
  look();
};
