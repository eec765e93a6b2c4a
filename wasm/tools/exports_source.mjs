// Usage: node exports_source.mjs <module> <file>: writes the C++ that exports the operations of a module.
import { writeFileSync } from "node:fs";
import { operationsOf, readDeclaration } from "./declared.mjs";

const [module, file] = process.argv.slice(2);
const lines = operationsOf(readDeclaration(), module).map(({ name }) => `REFEDGE_EXPORT(${name})\n`);
writeFileSync(file, `#include "boundary.h"\n\n${lines.join("")}`);
