// Usage: node examples/shopify-theme/custom_pixel.mjs: makes custom-pixel.js of the pixel's sources, for merchants who paste it into
// Shopify's "Customer events" instead of installing an app.
import { writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const HEAD = `// refedge: the orders of your checkout. Paste all of this into Settings > Customer events > Add custom pixel, and change the next two lines.
const settings = {
  market_domain: "bp.your-shop.com",
  market: "your-market",
  campaign: "",
  order_value: "total",
};
`;
const START = `import { startPixel } from "./pixel.js";
startPixel({ analytics, browser, customerPrivacy, init, settings });`;

/** buildCustomPixel gives the text of custom-pixel.js. */
export const buildCustomPixel = async () => {
  const { outputFiles: [bundle] } = await build({
    stdin: { contents: START, resolveDir: at("extensions/refedge-pixel/src"), sourcefile: "start.js" },
    bundle: true, write: false, format: "iife", target: "es2020", charset: "utf8", logLevel: "warning", absWorkingDir: at("."),
  });
  return `${HEAD}\n${bundle.text}`;
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(at("custom-pixel.js"), await buildCustomPixel());
