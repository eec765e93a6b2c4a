// Every state of the widget on screens from a small phone to a desk, light and dark: axe-core finds nothing, nothing sticks
// out, and pictures are kept in build/widget-screenshots for people to look at.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, test } from "node:test";
import { until } from "../../script/lib/demo/wait.mjs";
import { BUILD } from "../wasm/artefacts.mjs";
import { overflowing } from "./overflow.mjs";
import { linkOf, openWorld, sends } from "./world.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = `${BUILD}/widget-screenshots`;

let world;
afterEach(() => world.leave());
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  world = await openWorld();
});
after(() => world?.close());

// violations: what axe-core finds in a document, a line each, and how many of its rules had something to judge.
const violations = async (frame) => {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    const { violations: found, incomplete, passes } = await axe.run(document, { resultTypes: ["violations", "incomplete", "passes"] });
    const line = ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`;
    return { found: [...found, ...incomplete].map(line), passed: passes.length };
  });
};

const assertAccessible = async (frame, state) => {
  const { found, passed } = await violations(frame);
  assert.deepEqual(found, [], state);
  assert.ok(passed > 10, `${passed} rules had something to judge`);
};

// The widget's states, one after the other in one page: [name, how to get there].
const STATES = [
  ["wait", async () => {}],
  ["form", async ({ shown }) => {
    await shown.send({ type: "init", params: {} });
    await sends(shown, "height");
  }],
  ["errors", async ({ shown: { frame } }) => {
    await frame.getByRole("button", { name: "Get my link" }).click();
    await frame.getByText("Please tell us your name.").waitFor();
  }],
  ["failed", async ({ shown: { frame, page }, who }) => {
    await page.route("**/signups", (route) => route.abort());
    await frame.getByLabel("Your name").fill("Maya Hart");
    await frame.getByLabel("Your e-mail address").fill(`maya.${who}@example.com`);
    await frame.getByRole("button", { name: "Get my link" }).click();
    await frame.getByRole("alert").filter({ hasText: "That did not work." }).waitFor();
    await page.unroute("**/signups");
  }],
  ["share", async ({ shown: { frame } }) => {
    await frame.getByRole("button", { name: "Get my link" }).click();
    await linkOf(frame);
  }],
  ["qr", async ({ shown: { frame } }) => {
    await frame.getByRole("button", { name: "QR code" }).click();
    await until("the QR code is drawn", () => frame.locator("#qr-image").evaluate(({ complete, naturalWidth }) => complete && naturalWidth > 0));
  }],
];

const fitted = ({ page }) => until("the frame is as high as its content", () => page.evaluate(() => {
  const last = window.messages.filter(({ type }) => type === "height").at(-1);
  return last === undefined || document.getElementById("widget").clientHeight === last.px;
}));

const SCREENS = [320, 375, 768, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));

for (const { width, colorScheme } of SCREENS) {
  test(`${width} px, ${colorScheme}: every state is accessible and fits`, async () => {
    const profile = { viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" };
    const shown = await world.show(null, { campaign: "member", profile });
    await sends(shown, "ready");
    const frame = shown.page.frames()[1];
    for (const [state, reach] of STATES) {
      await reach({ shown, who: `${width}.${colorScheme}` });
      await fitted(shown);
      assert.deepEqual(await overflowing(shown.page), [], state);
      if (width === 375 || width === 1280) await assertAccessible(frame, state);
      await shown.page.screenshot({ path: `${SHOTS}/${state}-${width}-${colorScheme}.png`, fullPage: true });
      assert.equal(await frame.evaluate(() => document.getAnimations().length), 0, "nothing moves for who wants it so");
    }
    await shown.context.close();
  });
}

test("text of twice the size fits a phone", async () => {
  const shown = await world.show(world.signed("Maximiliane Wolkenstein", "max@example.com"), { profile: { viewport: { width: 375, height: 800 } } });
  await linkOf(shown.frame);
  const frame = shown.page.frames()[1];
  await frame.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  await shown.frame.getByRole("button", { name: "QR code" }).click();
  assert.deepEqual(await overflowing(shown.page), []);
  const form = await world.show({}, { campaign: "member", profile: { viewport: { width: 375, height: 800 } } });
  await sends(form, "height");
  await form.page.frames()[1].evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  assert.deepEqual(await overflowing(form.page), []);
});

test("the shop chooses light or dark where its page does not follow the visitor's system", async () => {
  const paper = (shown) => shown.frame.locator(".card").evaluate((card) => getComputedStyle(card).backgroundColor);
  const seen = [];
  for (const [colorScheme, color_scheme] of [["dark", "light"], ["light", "light"], ["light", "dark"], ["dark", "dark"], ["dark", undefined]]) {
    const shown = await world.show({ color_scheme }, { profile: { colorScheme } });
    await sends(shown, "height");
    seen.push(await paper(shown));
    if (color_scheme === "light" && colorScheme === "dark") await assertAccessible(shown.page.frames()[1], "light on a dark system");
    await shown.context.close();
  }
  assert.equal(seen[0], seen[1]);
  assert.equal(seen[2], seen[3]);
  assert.equal(seen[3], seen[4]);
  assert.notEqual(seen[0], seen[2]);
});

for (const colorScheme of ["light", "dark"]) {
  test(`the Open Graph page, ${colorScheme}, is accessible and fits`, async () => {
    const context = await world.browser.newContext({ viewport: { width: 375, height: 700 }, colorScheme });
    const page = await context.newPage();
    await page.goto(`${world.marketUrl}/iaf/raf/og`);
    await assertAccessible(page.mainFrame(), "og");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 375));
    await page.screenshot({ path: `${SHOTS}/open-graph-375-${colorScheme}.png` });
    await context.close();
  });
}
