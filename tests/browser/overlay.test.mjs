// How the overlay looks and whom it lets in: axe-core finds nothing, on a phone and a desktop, light and dark; the keyboard reaches everything.
// REFEDGE_SCREENSHOTS=<folder> keeps the pictures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { until } from "../nginx/harness.mjs";
import { launchEngine } from "./engines/index.mjs";
import { BUYAPOWA, shopPage } from "./pages.mjs";
import { Scene, track } from "./scene.mjs";
import { World } from "./world.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = [[1280, 800, "light"], [1280, 800, "dark"], [768, 1024, "light"], [375, 667, "light"], [375, 667, "dark"]];
const ORDER = { customer_name: "Zoë, <b>\"O'Neil\"</b>", signed_keys: "order_number, customer_email", signature: "0".repeat(64) };
const REFUSED = { signed_keys: "order_number, customer_email", signature: "nonsense" };

let world;
let engine;
before(async () => {
  const body = `<main><h1>My shop</h1><p>Thank you for your order.</p></main>${BUYAPOWA}`;
  [world, engine] = await Promise.all([World.start({ "/": shopPage(body) }), launchEngine("chromium")]);
});
after(() => engine?.close());

const openAll = () => {
  const { shadowRoot } = document.querySelector("refedge-debug");
  for (const section of shadowRoot.querySelectorAll("details")) section.open = true;
};

const openOverlay = async (scene, [width, height, scheme]) => {
  const tab = await (await scene.visitor()).newTab();
  await tab.page.setViewport({ width, height });
  await tab.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.open(world.url(`/?refedge_debug&ref=${world.code}`));
  await until("the overlay is there", () => tab.run(() => document.querySelector("refedge-debug") !== null));
  await track(tab, scene.number("refused"), REFUSED);
  await track(tab, scene.number(), ORDER);
  await tab.run(openAll);
  return tab;
};

// The policy of a page without one lets axe in by the test's own door.
const findings = async (tab) => {
  await tab.page.addScriptTag({ content: AXE });
  return tab.run(async () => (await window.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`));
};

const widths = () => {
  const panel = document.querySelector("refedge-debug").shadowRoot.querySelector("aside");
  return { panel: panel.getBoundingClientRect().right, page: document.documentElement.clientWidth, content: panel.scrollWidth - panel.clientWidth };
};

for (const look of LOOKS) {
  const [width, height, scheme] = look;
  test(`axe-core finds nothing at ${width} x ${height}, ${scheme}`, async () => {
    const scene = new Scene(world, engine);
    try {
      const tab = await openOverlay(scene, look);
      const folder = process.env.REFEDGE_SCREENSHOTS;
      if (folder) await tab.page.screenshot({ path: `${folder}/overlay-${width}-${scheme}.png` });
      assert.deepEqual(await findings(tab), []);
      const { panel, page, content } = await tab.run(widths);
      assert.ok(panel <= page && content <= 0, "nothing is wider than the screen");
      const text = await tab.run(() => document.querySelector("refedge-debug").shadowRoot.textContent);
      assert.ok(text.includes("O'Neil") && text.includes("<b>"), "a name stays text");
      assert.ok(text.includes("track: the order was not sent: signature: invalid field"), text);
    } finally {
      await scene.close();
    }
  });
}

test("the keyboard reaches every section, and Escape closes", async () => {
  const scene = new Scene(world, engine);
  try {
    const tab = await openOverlay(scene, LOOKS[0]);
    const reached = new Set();
    for (let i = 0; i < 30; i += 1) {
      await tab.page.keyboard.press("Tab");
      reached.add(await tab.run(() => document.activeElement.shadowRoot?.activeElement?.textContent.slice(0, 30)));
    }
    for (const title of ["Who sent this visitor", "Cookies in this browser", "Orders", "Consent", "Files", "All that happened", "✕"]) assert.ok(reached.has(title), title);
    await tab.page.focus("body");
    await tab.run(() => document.querySelector("refedge-debug").shadowRoot.querySelector("button").focus());
    await tab.page.keyboard.press("Escape");
    assert.ok(await tab.run(() => document.querySelector("refedge-debug") === null));
  } finally {
    await scene.close();
  }
});

test("in the end the edge's spool is empty, and the logs are clean", { timeout: 60_000 }, () => world.stop());
