// Turns a module into JavaScript, for pages where WebAssembly is refused: Binaryen's wasm2js, minified. The result is an ECMAScript
// module whose `instantiate` gives what an instance of the module exports. It evaluates no text: no eval, no new Function.
import { execFileSync } from "node:child_process";
import { transform } from "esbuild";
import { FEATURES } from "./features.mjs";

// wasm2js ends with the one instance that it makes itself and exports; here every caller makes one of its own, as of a module.
const INSTANCE = /\nvar retasmFunc = asmFunc\(([^]*?)\);\n(?:export var \w+ = retasmFunc\.\w+;\n?)+$/;

const asFactory = (source) => {
  const [ending, imports] = INSTANCE.exec(source) ?? [];
  if (ending === undefined) throw new Error("what wasm2js wrote does not end as this tool knows it");
  return `export const instantiate = () => {\n${source.slice(0, -ending.length)}\nreturn asmFunc(${imports});\n};\n`;
};

/** toJavaScript gives the text for the module at that path. */
export const toJavaScript = async (path) => {
  const source = execFileSync("wasm2js", [...FEATURES, "-Oz", path], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const { code } = await transform(asFactory(source), { format: "esm", target: "es2020", minify: true, charset: "utf8" });
  return code;
};
