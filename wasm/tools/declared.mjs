// Reads wasm/exports.json: which exports each module is meant to have.
import { readFileSync } from "node:fs";

export const readDeclaration = () => JSON.parse(readFileSync(new URL("../exports.json", import.meta.url), "utf8"));

/** isInSet tells whether an operation's `set`, one name or several, has that name. */
export const isInSet = (set, name) => set === name || (Array.isArray(set) && set.includes(name));

export const operationsOf = (declaration, module) => {
  const { operations: sets } = declaration.modules[module];
  return declaration.operations.filter(({ set }) => sets.some((name) => isInSet(set, name)));
};

/** numbersOf gives every operation's number: its place in the declaration, which only grows at its end. */
export const numbersOf = (declaration) =>
  Object.fromEntries(declaration.operations.map(({ name }, number) => [name, number]));
