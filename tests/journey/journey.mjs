// One referral from sign-up to reward through the running stack, each step proved by what was observed.
import { launchBrowser } from "./browser.mjs";
import { detail, heading, row } from "./table.mjs";
import { SIGN_UP } from "./steps_sign_up.mjs";
import { VISIT } from "./steps_visit.mjs";
import { ORDER } from "./steps_order.mjs";
import { CONFIRM } from "./steps_confirm.mjs";
import { REFUSE } from "./steps_refuse.mjs";
import { OUTAGE } from "./steps_outage.mjs";
import { LOOK } from "./steps_look.mjs";
import { END } from "./steps_end.mjs";

// A step: [what happens, async (world) => what was seen]. Steps hand things on in `world`.
const STEPS = [...SIGN_UP, ...VISIT, ...ORDER, ...CONFIRM, ...REFUSE, ...OUTAGE, ...LOOK, ...END];

const takeStep = async ([name, act], number, world) => {
  try {
    row("ok", number, name, await act(world));
    return true;
  } catch (error) {
    row("failed", number, name, "");
    detail(error.stack);
    return false;
  }
};

// Later steps stand on earlier ones: after a failure the rest is not tried, and says so.
const takeSteps = async (world) => {
  let passed = 0;
  for (const [index, step] of STEPS.entries()) {
    if (passed < index) row("missed", index + 1, step[0], "not reached");
    else if (await takeStep(step, index + 1, world)) passed += 1;
  }
  return passed;
};

// runJourney: true when every step was seen.
export const runJourney = async (stack) => {
  heading(`One referral, end to end (${stack.settings.shopUrl}/)`);
  const browser = await launchBrowser();
  try {
    const passed = await takeSteps({ stack, browser, ...stack.settings, ...stack.market });
    heading(`journey: ${passed} of ${STEPS.length} steps seen`);
    return passed === STEPS.length;
  } finally {
    await browser.close();
  }
};
