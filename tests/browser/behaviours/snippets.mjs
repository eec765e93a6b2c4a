// The manual's snippets, copied as printed: what a merchant pastes works unchanged.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { until } from "../../nginx/harness.mjs";
import { MARKET } from "../world.mjs";
import { notes } from "../scene.mjs";
import { shopPage } from "../pages.mjs";

const read = (name) => readFileSync(new URL(`../snippets/${name}`, import.meta.url), "utf8");

// What the manual marks as a placeholder, and where it serves the script.
const fill = (text, values) => {
  const filled = Object.entries(values).reduce((made, [mark, value]) => made.replaceAll(mark, value), text);
  const left = /\{\{\w+\}\}|<[a-z]+_[a-z_]+>|co-buying/.exec(filled);
  if (left) throw new Error(`the snippet still says ${left[0]}`);
  return filled;
};

const common = (world) => ({
  "{{market_domain}}": `${MARKET}:${world.network.port}`, "{{market}}": "demo", "{{locale}}": "en",
  "cdn.co-buying.com": `${MARKET}:${world.network.port}`,
});

// A page and a campaign of the story's own: in another one the manual's customer may have signed up before.
const publish = (scene, path, head, body, values = {}) => {
  const { world } = scene;
  world.stack.makeCampaign(world.market, scene.id);
  const all = { ...common(world), "{{campaign_slug}}": scene.id, ...values };
  world.pages[path] = shopPage(fill(body, all), { head: fill(head, all) });
};

const inFrame = (tab, act, ...args) => tab.runInFrame("#bp_div iframe", act, ...args);

const shownLink = () => [...document.querySelectorAll("input")].map(({ value }) => value).find((value) => value.includes("/r/"));

const errorIsHidden = async (tab) =>
  assert.equal(await tab.run(() => getComputedStyle(document.getElementById("bp_error")).display), "none");

const isQuiet = async (tab) => assert.deepEqual(await notes(tab), { said: [], thrown: [] });

const referrers = ({ id, world }) => world.stack.sql(`SELECT * FROM referrers WHERE campaign = '${id}'`);

const embed = async (scene) => {
  publish(scene, "/embed", read("embed_head.html"), read("embed_container.html") + read("embed_script.html"));
  const tab = await scene.visit("/embed");
  await until("the form is shown", () => inFrame(tab, () => document.querySelector("form input[type=email]") !== null).catch(() => false));
  await errorIsHidden(tab);
  const width = await tab.run(() => [document.querySelector("#bp_div iframe").clientWidth, document.getElementById("bp_div").clientWidth]);
  assert.equal(width[0], width[1]);
  assert.deepEqual(referrers(scene), [], "a form signs nobody up by itself");
  await isQuiet(tab);
};

// The manual's customer, signed in at the shop: its name, e-mail and signature, under its secret key.
const seamless = async (scene) => {
  publish(scene, "/seamless", "", read("seamless.html"));
  const tab = await scene.visit("/seamless");
  const link = await until("the share link is shown", () => inFrame(tab, shownLink).catch(() => undefined));
  assert.match(link, new RegExp(`^https://${MARKET}:\\d+/r/`));
  const [row] = referrers(scene);
  assert.deepEqual([row.email, row.first_name, row.last_name, row.marketing_opt_in], ["john@doe.com", "John", "Doe", 1]);
  await errorIsHidden(tab);
  await isQuiet(tab);
};

const TRACKED = {
  "<first_name>": "John", "<last_name>": "Doe", "<email_address>": "john@doe.com", "<true_or_false>": "true", "<order_value>": "12.89",
  "<reward_category>": "25OFF", "<voucher_code>": "BPCRAW1234", "<signed_keys>": "order_number, customer_email", "<locale>": "en",
  "<unique_identifier>": "ORDER123", "<signature>": "351381bad6a8c4c3ca0baff383bf64b5248e6ba467314b88c84e3d5e9c91da33",
};

const trackAsPrinted = async (scene) => {
  const { world } = scene;
  publish(scene, "/confirmation", read("track_head.html"), read("track_script.html"), TRACKED);
  const tab = await scene.visit(`/confirmation?ref=${world.code}`);
  await until("the order is at the origin", () => world.orders("ORDER123").length === 1);
  const [order] = world.stack.sql("SELECT * FROM conversions WHERE order_number = 'ORDER123'");
  assert.deepEqual([order.first_name, order.last_name, order.email, order.value_minor, order.reward_category, order.voucher_code, order.locale, order.marketing_opt_in],
    ["John", "Doe", "john@doe.com", 1289, "25OFF", "BPCRAW1234", "en", 1]);
  assert.equal(world.orders("ORDER123")[0].referrer, "referrer0@example.com");
  await isQuiet(tab);
};

// The link of the manual's example, and the same customer's in the plain form that it describes.
const autoSignUp = (query) => async (scene) => {
  publish(scene, "/refer-a-friend", read("embed_head.html"), read("embed_container.html") + read("embed_script.html"));
  const tab = await scene.visit(`/refer-a-friend?${query}`);
  await until("the share link is shown", () => inFrame(tab, shownLink).catch(() => undefined));
  const [row] = referrers(scene);
  assert.deepEqual([row.email, row.first_name, row.last_name], ["john@doe.com", "John", "Doe"]);
  await errorIsHidden(tab);
  await isQuiet(tab);
};

const encrypted = read("auto_sign_up_link.txt").trim().split("?")[1];
const plain = `bp_p=${encodeURIComponent('{"email":"john@doe.com","name":"John Doe","auto":"true"}')}`;

export const SNIPPETS = [
  ["the manual's embedding snippet", embed],
  ["the manual's seamless sign-up snippet, with its own signature", seamless],
  ["the manual's tracking snippet, with its own signature", trackAsPrinted],
  ["the manual's auto sign-up link (bp_e)", autoSignUp(encrypted)],
  ["the manual's plain auto sign-up (bp_p)", autoSignUp(plain)],
];
