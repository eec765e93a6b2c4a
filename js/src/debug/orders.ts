// What was sent and what the server said to it, from the script's log.
import type { LogEntry } from "../embedding/page.js";
import { code, element, paragraph, type Content } from "./dom.js";
import { explainSignature, type Fields } from "./signature.js";

const MEANING: Readonly<Record<number, string>> = {
  0: "no answer: offline, a blocker, or connect-src. The order is kept and sent again",
  200: "understood: an order without a referral, or one that was there before",
  201: "a referral was made",
  202: "the edge has it; the origin was away and gets it later",
  208: "another tab has sent it",
  413: "refused: too long",
  422: "refused: the answer names the field",
  429: "too many requests: sent again later",
};

const meaningOf = (status: number): string => MEANING[status] ?? "the server or a proxy is in trouble: sent again later";

const parse = (body: unknown): Fields => {
  try {
    return Object(JSON.parse(String(body))) as Fields;
  } catch {
    return {};
  }
};

const orderOf = ({ body, url }: LogEntry): Content => {
  const fields = parse(body);
  return element("li", {},
    element("h3", {}, `Order ${String(fields["order_number"])}`),
    paragraph(`Sent to ${String(url)}:`), code(JSON.stringify(fields, null, 1), "What was sent"),
    element("h4", {}, "Its signature"), ...explainSignature(fields));
};

const answerOf = ({ at: _, what: __, status, ...answer }: LogEntry): Content => element("li", {},
  element("h3", {}, `Answer ${String(status)}`), paragraph(`${meaningOf(Number(status))}.`),
  Object.keys(answer).length > 0 ? code(JSON.stringify(answer, null, 1), "The answer") : undefined);

// What the script says in the console: which field is wrong, and why.
const complaintOf = ({ at: _, what: __, ...said }: LogEntry): Content =>
  element("li", {}, element("h3", {}, "Something is wrong"), paragraph(Object.values(said).map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ")));

const SHOWN: Readonly<Record<string, (entry: LogEntry) => Content>> = { sent: orderOf, answered: answerOf, refused: complaintOf };
const MOST = 10;

const waiting = (): number => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith("refedge_outbox")).length;
  } catch {
    return 0;
  }
};

/** What the section about orders holds now. */
export const describeOrders = (log: readonly LogEntry[]): Content[] => {
  const entries = log.filter(({ what }) => what in SHOWN).slice(-MOST);
  const kept = waiting();
  return [
    paragraph(kept === 0 ? "No order waits in this browser." : `${kept} waiting in this browser, to be sent when the server can be reached.`),
    entries.length === 0
      ? paragraph("This page has sent none yet: track() does, on your confirmation page.")
      : element("ol", {}, ...entries.map((entry) => SHOWN[entry.what]!(entry))),
  ];
};
