// track: an order, checked by the core and posted. Spec: docs/protocol.md#track.
import { buildTrackPayload } from "../core_exports.js";
import { RefedgeError } from "../errors.js";
import type { Call } from "../loader.js";
import type { JsonObject } from "../record.js";
import { readBrowserCookie } from "./cookie.js";
import type { Market } from "./market.js";
import { deliver, type Answer } from "./outbox.js";
import { complain, pageRef } from "./page.js";
import { readyCore } from "./ready_core.js";

const ORDER =
  "market,campaign,customer_name,customer_email,marketing_opt_in,order_number,order_value,reward_category,voucher_code,voucher_codes,locale,signed_keys,signature,ref,browser_cookie".split(",");

// What the core would write, without its checks: the server makes them anyway. Fields it does not know come last, for it to name.
const plainPayload = (fields: JsonObject): string => {
  const keys = [...ORDER, ...Object.keys(fields).filter((key) => !ORDER.includes(key))];
  const signed = String(fields["signed_keys"] ?? "").split(",").map((key) => key.trim());
  const filled = keys.filter((key) => signed.includes(key) || (fields[key] ?? "") !== "");
  return JSON.stringify(Object.fromEntries(filled.map((key) => [key, fields[key]])));
};

const payload = (call: Call | undefined, fields: JsonObject): string => {
  if (call === undefined) return plainPayload(fields);
  try {
    return buildTrackPayload(call, fields);
  } catch (error) {
    if (error instanceof RefedgeError) throw error;
    return plainPayload(fields);
  }
};

const refused = (error: RefedgeError): Answer => {
  complain(`track: the order was not sent: ${error.message}`);
  return { status: 422, errors: [{ field: error.field, reason: error.code, message: error.message }] };
};

const send = async (market: Market, fields: JsonObject): Promise<Answer> => {
  const body = payload(await readyCore(), fields);
  const id = `${market.url} ${market.market} ${String(fields["order_number"])}`;
  const answer = await deliver({ id, url: `${market.url}/track`, body, at: Date.now() });
  if (answer.status >= 400) complain(`track: answered ${answer.status}`, answer["errors"]);
  return answer;
};

/** track sends an order. The fields are read at once: what the page changes later does not matter. It never rejects. */
export const track = async (market: Market, params: JsonObject): Promise<Answer> => {
  try {
    return await send(market, { ...params, market: market.market, ref: pageRef(), browser_cookie: readBrowserCookie() });
  } catch (error) {
    if (error instanceof RefedgeError) return refused(error);
    complain("track:", error);
    return { status: 0 };
  }
};
