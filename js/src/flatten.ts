// flatten: nested objects as the flat keys that the core's formats name their fields by.
import type { JsonObject, JsonValue } from "./record.js";

const isObject = (value: JsonValue): value is { readonly [key: string]: JsonValue } | readonly JsonValue[] =>
  typeof value === "object" && value !== null;

const members = (key: string, value: JsonValue): [string, JsonValue][] => {
  if (!isObject(value)) return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => members(`${key}[${index}]`, item));
  return Object.entries(value).flatMap(([name, inner]) => members(key === "" ? name : `${key}.${name}`, inner));
};

/**
 * flatten writes `{order: {id: "A1"}, products: [{sku: "7"}]}` as `{"order.id": "A1", "products[0].sku": "7"}`, the keys that
 * buildFriendbuyPurchase reads. Values that are neither object nor array stay as they are; empty ones leave no key.
 */
export const flatten = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : members(key, value))));
