// ?refedge_debug: what the overlay says, on a page with a strict policy, and that it can be closed by the keyboard.
import assert from "node:assert/strict";
import { until } from "../../nginx/harness.mjs";
import { notes, track } from "../scene.mjs";

const SIGNED = {
  customer_email: "john@doe.com", signed_keys: "order_number, customer_email", signature: "351381bad6a8c4c3ca0baff383bf64b5248e6ba467314b88c84e3d5e9c91da33",
};

// What a section shows, opened or not.
const sectionText = (tab, title) => tab.run((wanted) => {
  const sections = [...document.querySelector("refedge-debug")?.shadowRoot.querySelectorAll("details") ?? []];
  return sections.find((section) => section.querySelector("summary").textContent === wanted)?.textContent ?? "";
}, title);

const shows = (tab, title, pattern) => until(`"${title}" shows ${pattern}`, async () => pattern.test(await sectionText(tab, title)))
  .catch(async (error) => { throw new Error(`${error.message}: ${await sectionText(tab, title)}`); });

const pressEscape = () => {
  const panel = document.querySelector("refedge-debug").shadowRoot.querySelector("aside");
  panel.querySelector("button").focus();
  panel.querySelector("button").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
};

const explain = (path) => async (scene) => {
  const { world } = scene;
  const tab = await scene.visit(`${path}?refedge_debug&ref=${world.code}`);
  await shows(tab, "Who sent this visitor", new RegExp(`${world.code}Fromthe \\?ref= in this page's address`));
  await shows(tab, "Cookies in this browser", scene.engine.name === "webkit" ? /7 days after/ : /\b(399|400) days from now/);
  assert.equal((await track(tab, scene.number(), SIGNED)).status, 422, "the manual's signature is another order's");
  const canonical = `{"customer_email":"john@doe.com","order_number":"${scene.number()}","secret":"<your secret key>"}`;
  await shows(tab, "Orders", /Answer 422refused: the answer names the field/);
  const text = await sectionText(tab, "Orders");
  assert.ok(text.includes(canonical) && text.includes("signature_mismatch") && text.includes(SIGNED.signature), text);
  await shows(tab, "Files", path === "/strict" ? /refuses WebAssembly/ : /WebAssembly$/);
  assert.ok(await tab.run(() => getComputedStyle(document.querySelector("refedge-debug").shadowRoot.querySelector("aside")).position === "fixed"), "its style is there");
  await tab.run(pressEscape);
  assert.ok(await tab.run(() => document.querySelector("refedge-debug") === null));
  assert.deepEqual((await notes(tab)).thrown, []);
};

const unasked = async (scene) => {
  const { world } = scene;
  const from = world.network.seen.length;
  const tab = await scene.visit();
  await track(tab, scene.number());
  assert.ok(await tab.run(() => document.querySelector("refedge-debug") === null));
  assert.ok(!world.network.seen.slice(from).some(({ path }) => path.includes("debug")), "nobody loads it who did not ask");
  const log = JSON.stringify(await tab.run(() => window.refedge.log));
  assert.ok(log.includes("sent") && !log.includes("@"), "the log has no customer's data");
};

export const OVERLAY = [
  ["the overlay explains the visit, the cookies and an order's signature", explain("/")],
  ["the overlay under a strict content security policy", explain("/strict")],
  ["no overlay unless asked for, and nobody's data in the log", unasked],
];
