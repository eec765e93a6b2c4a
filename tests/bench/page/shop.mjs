// The demo's shop with refedge around it, and an order in it: its confirmation page is what is measured.
import { chooseSettings } from "../../../script/lib/demo/settings.mjs";
import { startStack } from "../../../script/lib/demo/stack.mjs";

const ORDER = { tea: "green-tide", quantity: "2", first_name: "Sam", last_name: "Reed", email: "sam.reed@example.org", marketing_opt_in: "true" };

// The names under .localhost are for browsers: Node asks the shop behind nginx.
const placeOrder = async ({ ports }) => {
  const answer = await fetch(`http://127.0.0.1:${ports.shop}/checkout`, {
    method: "POST", redirect: "manual", body: new URLSearchParams(ORDER), headers: { origin: `http://127.0.0.1:${ports.shop}` },
  });
  if (answer.status !== 303) throw new Error(`the shop answered the order with ${answer.status}: ${await answer.text()}`);
  return answer.headers.get("location");
};

/** {url, marketUrl, stop()}: the address of a confirmation page. */
export const startShop = async () => {
  const settings = await chooseSettings(true, "build/bench-page");
  const stack = await startStack(settings, { isFresh: true });
  try {
    return { url: `${settings.shopUrl}${await placeOrder(settings)}`, marketUrl: settings.marketUrl, stop: stack.stop };
  } catch (error) {
    await stack.stop();
    throw error;
  }
};
