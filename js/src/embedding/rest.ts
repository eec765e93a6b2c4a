// All but the first part: what it asked for, and what comes after it.
import type { Check } from "./core.js";
import type { Rest } from "./first.js";
import { embed, tellFrames } from "./frame.js";
import { askMarket, handOff, takeHandoff } from "./handoff.js";
import { dropAll } from "./outbox.js";
import { api, attempt, isDebug, queue, tag, visitor } from "./page.js";
import { judgeAgain, look, say } from "./privacy.js";
import { carryReferral, onRoute } from "./routes.js";
import { tracker } from "./track.js";

/** How what not every page needs is brought. */
export interface Loaders {
  readonly core: () => Promise<Check>;
  readonly friendbuy: (pushed: unknown[][]) => unknown;
}

// At the first push, which may have been, and for the overlay, which that file brings: then something takes what was pushed, and what will be.
const bringFriendbuy = (bring: Loaders["friendbuy"]): void => {
  const pushed = (window as unknown as { friendbuy: unknown[][] }).friendbuy;
  if (isDebug || pushed.length) bring(pushed);
  else pushed.push = (...calls) => {
    delete (pushed as { push?: unknown }).push;
    bring(pushed);
    return pushed.push(...calls);
  };
};

/** install does what the first part's queue holds, and whatever comes. */
export const install = ({ core, friendbuy }: Loaders): void => {
  api.log = [];
  const { track, trackKept, stop } = tracker(core);
  let marketUrl = tag.src && new URL(tag.src).origin;
  const rest: Rest = {
    embed,
    track,
    consent: (isGiven) => {
      say(!!isGiven);
      tellFrames({ type: "consent", given: !!isGiven });
    },
    forget: () => {
      stop();
      dropAll();
      visitor.ref = undefined;
      say(false);
      tellFrames({ type: "forget" });
      return askMarket(`${marketUrl}/forget`);
    },
    handoff: (to) => handOff(to, marketUrl),
  };
  takeHandoff();
  judgeAgain();
  onRoute(look);
  carryReferral();
  addEventListener("pagehide", look);
  queue.push = (...jobs) => (jobs.forEach((job) => attempt(() => job(rest))), 0);
  queue.push(...queue.splice(0));
  attempt(() => bringFriendbuy(friendbuy));
  trackKept();
};
