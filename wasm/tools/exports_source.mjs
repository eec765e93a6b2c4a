// Usage: node exports_source.mjs <module> <file>: writes the C++ table of a module's operations, each at its declared number.
import { writeFileSync } from "node:fs";
import { operationsOf, readDeclaration } from "./declared.mjs";

const [module, file] = process.argv.slice(2);
const declaration = readDeclaration();
const names = new Set(operationsOf(declaration, module).map(({ name }) => name));
const declarations = [...names].map((name) => `extern const OperationSpec ${name}_spec;`);
const entries = declaration.operations.map(({ name }) => `    ${names.has(name) ? `&capi::${name}_spec` : "nullptr"},`);
while (entries.at(-1).endsWith("nullptr,")) entries.pop();

writeFileSync(file, `#include "boundary.h"

namespace refedge::capi {
${declarations.join("\n")}
}

namespace refedge::wasm {
const capi::OperationSpec* const kOperations[] = {
${entries.join("\n")}
};
const uint32_t kNumOperations = ${entries.length};
}
`);
