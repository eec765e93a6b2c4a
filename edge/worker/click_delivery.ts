// Clicks to the origin, as the agent ships them: a batch is done when the answer accounts for every click of it.
import type { Click } from "./clicks.js";
import type { Origin } from "./origin.js";

const MAX_BATCH = 1000;

const accountsFor = async (answer: Response, count: number): Promise<boolean> => {
  const { accepted, duplicates } = (await answer.json()) as { accepted?: unknown; duplicates?: unknown };
  return typeof accepted === "number" && typeof duplicates === "number" && accepted + duplicates === count;
};

// Halves a refused batch until the click at fault is alone; that one is named and left out, as it would be refused for ever.
const split = async (origin: Origin, clicks: readonly Click[], reason: string): Promise<void> => {
  if (clicks.length === 1) return console.error(`refedge: the origin refuses click ${clicks[0]?.click_id}: ${reason}`);
  const half = clicks.length >> 1;
  await deliver(origin, clicks.slice(0, half));
  await deliver(origin, clicks.slice(half));
};

const deliver = async (origin: Origin, clicks: readonly Click[]): Promise<void> => {
  const answer = await origin.send("/edge/clicks", JSON.stringify({ clicks }));
  if (answer.status === 422 || answer.status === 413) return split(origin, clicks, (await answer.text()).slice(0, 1000));
  if (answer.status !== 200) throw new Error(`the origin answered ${answer.status} to clicks`);
  if (!(await accountsFor(answer, clicks.length))) throw new Error("the origin's 200 does not account for the batch");
};

/** deliverClicks posts clicks to the origin; rejects when it does not answer for them. Sending one twice is harmless. */
export const deliverClicks = async (origin: Origin, clicks: readonly Click[]): Promise<void> => {
  for (let at = 0; at < clicks.length; at += MAX_BATCH) await deliver(origin, clicks.slice(at, at + MAX_BATCH));
};
