// The theme app extension as Shopify renders it: liquidjs, with the filters and tags that Shopify's Liquid has besides.
// https://shopify.dev/docs/api/liquid says what each does.
import { createHash, createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Liquid } from "liquidjs";
import { ROOT } from "../wasm/artefacts.mjs";

export const EXTENSIONS = `${ROOT}examples/shopify-theme/extensions/`;
const FOLDER = `${EXTENSIONS}refedge/`;

// Shopify's encoder writes what could end a script element or an attribute, and slashes, as escapes.
const JSON_ESCAPES = { "/": "\\/", "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029" };
const toJson = (value) => JSON.stringify(value ?? null).replace(/[/<>&\u2028\u2029]/g, (found) => JSON_ESCAPES[found]);

// Money is in hundredths. {{amount}} has thousands apart: 1234567 is 12,345.67.
const moneyWithoutCurrency = (hundredths) =>
  (Number(hundredths) / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const localeFile = (locale) => {
  const named = `${FOLDER}locales/${locale}.json`;
  return JSON.parse(readFileSync(existsSync(named) ? named : `${FOLDER}locales/en.default.json`, "utf8"));
};
const translate = (key, locale) => key.split(".").reduce((node, part) => node?.[part], localeFile(locale));

// Shopify's own tags: a schema and a doc show nothing.
const silentTag = (name) => ({
  parse(tag, tokens) {
    this.text = "";
    while (tokens.length > 0) {
      const token = tokens.shift();
      if (token.name === `end${name}`) return;
      this.text += token.getText();
    }
    throw new Error(`${name} is not closed`);
  },
  render: () => "",
});

/** newLiquid gives an engine in the shop's language. An unknown filter is an error, an unknown variable is empty, as in a shop. */
export const newLiquid = (locale = "en") => {
  const engine = new Liquid({ root: `${FOLDER}blocks`, partials: `${FOLDER}snippets`, extname: ".liquid", strictFilters: true });
  const filters = {
    sha256: (text) => createHash("sha256").update(String(text ?? ""), "utf8").digest("hex"),
    hmac_sha256: (text, key) => createHmac("sha256", String(key)).update(String(text ?? ""), "utf8").digest("hex"),
    json: toJson,
    money_without_currency: moneyWithoutCurrency,
    asset_url: (name) => `/cdn/${name}`,
    t: (key) => translate(key, locale),
  };
  for (const [name, filter] of Object.entries(filters)) engine.registerFilter(name, filter);
  for (const name of ["schema", "doc"]) engine.registerTag(name, silentTag(name));
  return engine;
};

/** readSchema gives what a block says of itself to the theme editor. */
export const readSchema = (block) => {
  const source = readFileSync(`${FOLDER}blocks/${block}.liquid`, "utf8");
  return JSON.parse(/\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(source)[1]);
};

const defaultsOf = (block) => Object.fromEntries(readSchema(block).settings.filter(({ id }) => id).map((setting) => [setting.id, setting.default]));

/** renderBlock renders a block with its schema's default settings, but for those given, in a page of the shop. */
export const renderBlock = (block, settings, scope = {}) => {
  const locale = scope.request?.locale?.iso_code ?? "en";
  const id = `A${block.length}xyz__${block}`;
  const own = { id, settings: { ...defaultsOf(block), ...settings }, shopify_attributes: `data-shopify-editor-block="{}"` };
  return newLiquid(locale).renderFileSync(block, { request: { locale: { iso_code: locale } }, ...scope, block: own });
};

export const readAsset = (name) => readFileSync(`${FOLDER}assets/${name}`, "utf8");

/** headAssets is what Shopify puts into <head> for the blocks of a page: the files that their schemas name. */
export const headAssets = (blocks) => blocks.map(readSchema).flatMap(({ javascript, stylesheet }) => [
  stylesheet ? `<link rel="stylesheet" href="/cdn/${stylesheet}">` : "", javascript ? `<script src="/cdn/${javascript}" defer></script>` : "",
]).join("");
