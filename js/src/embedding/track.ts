// track: an order, checked by the core and posted. Spec: docs/protocol.md#track.
import type { Check } from "./core.js";
import type { Answer } from "./first.js";
import { readUrl } from "./market.js";
import { deliver, drop, forEachKept, keep } from "./outbox.js";
import { attempt, complain } from "./page.js";
import { latestCookie, mayStore } from "./privacy.js";

const PATIENCE_MS = 3000;

// An order must not wait for a slow download, nor be lost when the visitor leaves before it is there.
const patience = (): Promise<undefined> =>
  new Promise((done) => {
    setTimeout(done, PATIENCE_MS);
    addEventListener("pagehide", () => done(undefined));
  });

const refuse = (key: string, field: string, reason: string): Answer => {
  const message = `${field}: ${reason.replaceAll("_", " ")}`;
  drop(key);
  complain(`track: the order was not sent: ${message}`);
  return { status: 422, errors: [{ field, reason, message }] };
};

/** tracker gives `track`, which delivers the order of a key, once however often it is called, and `trackKept` for what earlier pages left. */
export const tracker = (loadCore: () => Promise<Check>) => {
  let core: Promise<Check | undefined> | undefined;
  let orders: Record<string, Promise<Answer>> = {};

  const start = async (key: string, isNew: boolean): Promise<Answer> => {
    const [, url, plain] = key.split("\n") as [string, string, string];
    if (readUrl(url) === undefined) return refuse(key, "url", "invalid_field");
    const fields = attempt(() => JSON.parse(plain) as Record<string, string | undefined>);
    if (!fields) return refuse(key, "params", "invalid_json");
    keep(key);
    // After a no, an order says what the shop says and nothing else.
    if (isNew) Object.assign(fields, mayStore() === false ? { ref: undefined, browser_cookie: undefined } : { browser_cookie: latestCookie() });
    const check = await (core ??= Promise.race([loadCore(), patience()]).catch(() => undefined));
    // A core that fails must not cost an order: the server makes the checks, too.
    const checked = attempt(() => check?.(fields)) ?? { body: JSON.stringify(fields) };
    if ("reason" in checked) return refuse(key, checked.field, checked.reason);
    const answer = await deliver({ key, url, body: checked.body }, () => key in orders);
    if (answer["errors"]) complain("track: the server refused the order:", answer["errors"]);
    return answer;
  };

  const track = (key: string, isNew = true): Promise<Answer> =>
    (orders[key] ??= start(key, isNew));
  return {
    track,
    trackKept: (): void => forEachKept((key) => void track(key, false)),
    stop: (): void => void (orders = {}),
  };
};
