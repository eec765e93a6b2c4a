// Shopify's own linter over the theme app extension, and what the linter does not look at: schemas and translations.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import themeCheck from "@shopify/theme-check-node";
import { EXTENSIONS, readSchema } from "./extension.mjs";

const FOLDER = `${EXTENSIONS}refedge`;
const filesOf = (folder) => readdirSync(`${FOLDER}/${folder}`).map((name) => `${folder}/${name}`).sort();

const runOver = async (folder) => {
  const { theme, offenses } = await themeCheck.themeCheckRun(folder, `${FOLDER}/.theme-check.yml`);
  const nameOf = (uri) => decodeURIComponent(uri).split("/").slice(-2).join("/");
  return { files: theme.map(({ uri }) => nameOf(uri)).sort(), offenses: offenses.map(({ check, uri, message }) => `${nameOf(uri)}: ${check}: ${message}`) };
};

test("theme-check finds nothing in any file of the extension", async () => {
  const { files, offenses } = await runOver(FOLDER);
  assert.deepEqual(files, [...filesOf("blocks"), ...filesOf("locales"), ...filesOf("snippets")].sort());
  assert.equal(files.length, 13);
  assert.deepEqual(offenses, []);
});

test("theme-check would find something: the same run over a block with mistakes", async (context) => {
  const { mkdtempSync, mkdirSync, rmSync, writeFileSync } = await import("node:fs");
  const folder = mkdtempSync(`${process.env.TMPDIR ?? "/tmp"}/refedge-theme-`);
  context.after(() => rmSync(folder, { recursive: true }));
  for (const name of ["blocks", "locales"]) mkdirSync(`${folder}/${name}`);
  writeFileSync(`${folder}/blocks/wrong.liquid`, `{{ undefined_thing }}{% render 'absent' %}<script src="https://x.example/a.js"></script>`);
  const { offenses } = await runOver(folder);
  for (const check of ["UndefinedObject", "MissingTemplate", "RemoteAsset", "ParserBlockingScript", "AppBlockMissingSchema"]) {
    assert.ok(offenses.some((offense) => offense.includes(`: ${check}: `)), `${check} in ${offenses}`);
  }
});

const keysOf = (node, path = "") => Object.entries(node).flatMap(([key, value]) => (typeof value === "string" ? [`${path}${key}`] : keysOf(value, `${path}${key}.`)));
const readLocale = (name) => JSON.parse(readFileSync(`${FOLDER}/locales/${name}.json`, "utf8"));

test("every language has every text, and the schemas use each", () => {
  for (const kind of ["", ".schema"]) {
    const expected = keysOf(readLocale(`en.default${kind}`));
    for (const language of ["fr", "de", "es", "pt-PT"]) assert.deepEqual(keysOf(readLocale(`${language}${kind}`)), expected, language);
  }
  const used = ["script", "refer-a-friend"].flatMap((block) => JSON.stringify(readSchema(block)).match(/(?<="t:)[^"]+/g));
  assert.deepEqual([...new Set(used)].sort(), keysOf(readLocale("en.default.schema")).sort());
});

test("a schema's settings are used, and its files are there", () => {
  for (const block of ["script", "refer-a-friend"]) {
    const source = readFileSync(`${FOLDER}/blocks/${block}.liquid`, "utf8");
    const { settings, javascript, stylesheet } = readSchema(block);
    for (const { id } of settings.filter((setting) => setting.id)) assert.match(source, new RegExp(`block\\.settings\\.${id}\\b`));
    for (const file of [javascript, stylesheet].filter(Boolean)) assert.ok(existsSync(`${FOLDER}/assets/${file}`), file);
  }
});

const readToml = (path) =>
  JSON.parse(execFileSync("python3", ["-c", "import json,sys,tomllib; print(json.dumps(tomllib.load(open(sys.argv[1],'rb'))))", path], { encoding: "utf8" }));

test("the extensions' configurations are what Shopify's command line reads", () => {
  assert.equal(readToml(`${FOLDER}/shopify.extension.toml`).type, "theme");
  const pixel = readToml(`${EXTENSIONS}refedge-pixel/shopify.extension.toml`);
  assert.deepEqual([pixel.type, pixel.runtime_context], ["web_pixel_extension", "strict"]);
  assert.deepEqual(pixel.customer_privacy, { analytics: false, marketing: true, preferences: false, sale_of_data: "disabled" });
  assert.deepEqual(Object.keys(pixel.settings.fields), ["market_domain", "market", "campaign", "order_value"]);
  for (const field of Object.values(pixel.settings.fields)) assert.equal(field.type, "single_line_text_field");
  assert.equal(readToml(`${EXTENSIONS}../shopify.app.toml`).access_scopes.scopes, "write_pixels,read_customer_events");
});
