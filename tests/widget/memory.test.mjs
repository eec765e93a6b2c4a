// Coming back: what this browser remembers of a sign-up, for whom, and how it forgets. Spec: docs/protocol.md#embedded-pages.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { until } from "../../script/lib/demo/wait.mjs";
import { filled, linkOf, openWorld, sends, signUp } from "./world.mjs";

let world;
afterEach(() => world.leave());
before(async () => { world = await openWorld(); });
after(() => world?.close());

const KEY = "refedge_widget/demo/raf";
const MAYA = { name: "Maya Hart", email: "maya@example.com" };
let people = 0;
const somebody = () => ({ name: `Robin ${++people}`, email: `robin.${people}@example.com` });

// returning: a browser in which somebody signed up, {context, person, link}.
const returning = async (how = {}) => {
  const person = somebody();
  const shown = await world.show({}, how);
  return { context: shown.context, person, link: await signUp(shown.frame, person), shown };
};

const frameOf = ({ page }) => page.frames().find((frame) => frame.url().includes("/embed?"));
const kept = (shown) => frameOf(shown).evaluate((key) => localStorage.getItem(key), KEY);
const isForm = async (shown) => {
  await sends(shown, "height");
  return shown.frame.getByRole("button", { name: "Get my link" }).isVisible();
};

test("who comes back sees the link at once, asks the origin nothing, and has neither name nor address kept", async () => {
  const { context, person, link } = await returning();
  const asked = [];
  const again = await world.show({}, { context, prepare: (page) => page.on("request", (request) => asked.push(request.method())) });
  assert.equal(await linkOf(again.frame), link);
  await again.frame.getByRole("heading", { name: "Welcome back!" }).waitFor();
  assert.equal(asked.includes("POST"), false);
  const text = await kept(again);
  assert.deepEqual(Object.keys(JSON.parse(text)), ["link", "who"]);
  assert.match(JSON.parse(text).who, /^[0-9a-f]{8}$/);
  for (const part of [person.name, person.email, "Robin", "@"]) assert.equal(text.includes(part), false, part);
  assert.deepEqual(again.complaints, []);
});

test("a page that names somebody shows them the link that was kept for them, and nobody else's", async () => {
  const { context, person, link } = await returning();
  const same = await world.show({ ...person, email: person.email.toUpperCase() }, { context });
  assert.equal(await linkOf(same.frame), link);
  const other = await world.show(somebody(), { context });
  assert.equal(await isForm(other), true);
  assert.notEqual(await linkOf((await world.show(world.signed("Kim", "kim@example.com"), { context })).frame), link);
});

test("\"Not you?\" forgets, and starts again with an empty form", async () => {
  const { context } = await returning();
  const again = await world.show({}, { context });
  await again.frame.getByRole("button", { name: "Not you?" }).click();
  assert.equal(await again.frame.getByLabel("Your name").inputValue(), "");
  assert.equal(await again.frame.getByRole("heading", { name: "Tea for two" }).evaluate((title) => document.activeElement === title), true);
  assert.equal(await kept(again), null);
  assert.equal(await isForm(await world.show({}, { context })), true);
});

test("without consent nothing is kept, and consent that comes later keeps what is seen", async () => {
  const { context, link, shown } = await returning({ init: { consent: false } });
  assert.equal(await kept(shown), null);
  assert.equal(await isForm(await world.show({}, { context })), true);
  await shown.send({ type: "consent", given: true });
  await until("the link is kept", async () => (await kept(shown)) !== null);
  assert.equal(await linkOf((await world.show({}, { context })).frame), link);
});

test("consent that is taken back, before or after, forgets", async () => {
  const first = await returning({ init: { consent: true } });
  assert.notEqual(await kept(first.shown), null);
  await first.shown.send({ type: "consent", given: false });
  await until("it is forgotten", async () => (await kept(first.shown)) === null);
  const second = await returning();
  const again = await world.show({}, { context: second.context, init: { consent: false } });
  assert.equal(await isForm(again), true);
  assert.equal(await kept(again), null);
});

test("the page can have it forgotten", async () => {
  const { shown } = await returning();
  await shown.send({ type: "forget" });
  await until("it is forgotten", async () => (await kept(shown)) === null);
});

test("a friend, who comes with bp_l=false, does not see the customer's link", async () => {
  const { context } = await returning();
  assert.equal(await isForm(await world.show({ bp_l: "false" }, { context })), true);
});

test("another campaign remembers for itself", async () => {
  const { context } = await returning();
  assert.equal(await isForm(await world.show({}, { context, campaign: "member" })), true);
});

// What Chromium does to a frame whose storage its user blocks.
const denyStorage = (page) => page.addInitScript(() => Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
}));

test("a browser that refuses its storage signs up all the same", async () => {
  const shown = await world.show({}, { prepare: denyStorage });
  await signUp(shown.frame, somebody());
  await shown.send({ type: "consent", given: false });
  await shown.send({ type: "forget" });
  assert.deepEqual(shown.complaints, []);
});

test("what is no memory of this widget's is none", async () => {
  const { context, shown } = await returning();
  for (const text of ["{", "null", "1", '{"link":1}', '{"link":"https://evil.example/r/abc","who":""}', '{"link":"javascript:alert(1)"}']) {
    await frameOf(shown).evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, text]);
    const again = await world.show({}, { context });
    assert.equal(await isForm(again), true, text);
    assert.deepEqual(again.complaints, []);
    await again.page.close();
  }
});

test("who types somebody else's address gets the answer that a new address gets, and another link", async () => {
  const first = await world.show({});
  const own = await signUp(first.frame, MAYA);
  const answerTo = async (person) => {
    const shown = await world.show(person, { prepare: (page) => page.waitForResponse((response) => response.url().endsWith("/signups")) });
    await filled(shown.frame.getByLabel("Your name"), person.name);
    await shown.frame.getByRole("button", { name: "Get my link" }).click();
    const answer = await shown.prepared;
    return { status: answer.status(), body: await answer.json() };
  };
  const known = await answerTo({ name: "Eve", email: MAYA.email });
  const unknown = await answerTo({ name: "Eve", email: "nobody.yet@example.com" });
  const shape = ({ status, body: { share_url: link, ...rest } }) => [status, link.length, rest];
  assert.deepEqual(shape(known), shape(unknown));
  assert.notEqual(known.body.share_url, own);
});
