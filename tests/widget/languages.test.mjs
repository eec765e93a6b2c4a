// The widget in its languages, and in one that a merchant brings, which is written from right to left.
// Spec: docs/protocol.md#translations.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { overflowing } from "./overflow.mjs";
import { linkOf, openWorld, sends } from "./world.mjs";

const here = (name) => new URL(name, import.meta.url);
const shipped = (locale) => JSON.parse(readFileSync(here(`../../src/origin/widget/strings.${locale}.json`), "utf8"));
const LOCALES = ["en", "de", "es", "fr", "pt"];

let folder;
let world;
afterEach(() => world.leave());
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "refedge-languages-"));
  copyFileSync(here("strings.he.json"), join(folder, "strings.he.json"));
  world = await openWorld({ locale: "de", args: ["--strings-dir", folder] });
});
after(async () => {
  await world?.close();
  rmSync(folder, { recursive: true });
});

const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("all tables have the same keys in the same order, and the same placeholders", () => {
  const english = shipped("en");
  assert.ok(Object.keys(english).length > 40);
  for (const locale of LOCALES) {
    const table = shipped(locale);
    assert.deepEqual(Object.keys(table), Object.keys(english), locale);
    for (const [key, text] of Object.entries(table)) assert.deepEqual(placeholders(text), placeholders(english[key]), `${locale}: ${key}`);
  }
});

test("no text has spaces at its ends, straight quotes, or three dots for an ellipsis", () => {
  for (const locale of LOCALES) {
    for (const [key, text] of Object.entries(shipped(locale))) assert.doesNotMatch(text, /^\s|\s$|'|"|\.\.\.|<|&/, `${locale}: ${key}`);
  }
});

test("every text is used, and every text that is used is there", () => {
  const files = ["widget.html", "view_form.html", "view_share.html", "open_graph.html", "frame_base.js", "frame_form.js", "frame_memory.js", "frame_share.js", "frame_start.js", "pages.cc"];
  const source = files.map((file) => readFileSync(here(`../../src/origin/widget/${file}`), "utf8")).join("\n");
  const used = new Set([...source.matchAll(/\bstrings\.texts\.at\("(\w+)"\)|\bstrings\.(\w+)/g)].map(([, a, b]) => a ?? b));
  for (const other of ["texts", "locale", "h"]) used.delete(other); // of the C++
  assert.deepEqual([...used].sort(), Object.keys(shipped("en")).sort());
});

// The walk of a language: the form, its errors, the link, the QR code; the names of everything come from its file.
const walk = async (locale, words, profile) => {
  const shown = await world.show({}, { campaign: "member", locale, profile });
  const { frame } = shown;
  const states = [];
  const look = async (state) => { for (const what of await overflowing(shown.page)) states.push(`${state}: ${what}`); };
  await sends(shown, "height");
  await look("form");
  await frame.getByRole("button", { name: words.submit }).click();
  await frame.getByText(words.name_missing).waitFor();
  await look("errors");
  await frame.getByLabel(words.name_label).fill("Zoë");
  await frame.getByLabel(words.email_label).fill(`zoe.${locale}.${profile.viewport.width}@example.com`);
  await frame.getByRole("button", { name: words.submit }).click();
  await linkOf(frame, words.link_label);
  await frame.getByRole("heading", { name: words.done_title_name.replace("{name}", "Zoë") }).waitFor();
  await look("share");
  await frame.getByRole("button", { name: words.share_qr }).click();
  await frame.getByRole("link", { name: words.qr_download }).waitFor();
  await look("qr");
  assert.deepEqual(shown.complaints, []);
  await shown.context.close();
  return states;
};

const HEBREW = JSON.parse(readFileSync(here("strings.he.json"), "utf8"));

for (const [locale, words] of [...LOCALES.map((locale) => [locale, shipped(locale)]), ["he", HEBREW]]) {
  test(`${locale}: every state is in the language, and nothing is cut off or sticks out on a small phone`, async () => {
    assert.deepEqual(await walk(locale, words, { viewport: { width: 320, height: 640 } }), []);
  });
}

test("right to left: the page turns round as a whole, on a desk too, and falls back to English for what the file lacks", async () => {
  assert.deepEqual(await walk("he", HEBREW, { viewport: { width: 1280, height: 900 } }), []);
  const { frame, ...shown } = await world.show({}, { locale: "he-IL", profile: { viewport: { width: 1280, height: 900 } } });
  await sends({ ...shown, frame }, "height");
  assert.equal(await frame.locator("html").getAttribute("dir"), "rtl");
  assert.equal(await frame.locator("html").getAttribute("lang"), "he");
  const left = (selector) => frame.locator(selector).first().evaluate((element) => element.getBoundingClientRect().left);
  assert.ok(await left(".intro") > await left(".panel"), "the introduction is on the right");
  assert.equal("share_x" in HEBREW, false);
  assert.equal(await frame.locator("#share-x").textContent(), `X ${HEBREW.opens_new_tab}`);
});

test("the styles name no side", () => {
  const css = readFileSync(here("../../src/origin/widget/widget.css"), "utf8");
  assert.deepEqual(css.match(/(?:^|[\s;{-])(?:left|right)\s*[:;]|(?:margin|padding|border)-(?:left|right)|(?:float|text-align):\s*(?:left|right)/g), null);
});

test("without a locale the market's language is spoken, and each call may ask for another", async () => {
  const shown = await world.embed([["one", { campaign: "raf" }], ["two", { campaign: "raf", locale: "pt-BR" }]]);
  await shown.frames(0).getByRole("button", { name: shipped("de").submit }).waitFor();
  await shown.frames(1).getByRole("button", { name: shipped("pt").submit }).waitFor();
});
