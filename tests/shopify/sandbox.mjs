// Shopify's strict sandbox, as https://shopify.dev/docs/api/web-pixels-api describes it: a web worker in the shop's page. The pixel
// finds `shopify.extend`, timers, fetch and console; everything of the page is asked for by messages.
import { build } from "esbuild";
import { EXTENSIONS } from "./extension.mjs";

// Runs in the worker, before the pixel.
const prelude = () => {
  const [tellPage, listen] = [self.postMessage.bind(self), self.addEventListener.bind(self)];
  const absent = ["importScripts", "XMLHttpRequest", "WebSocket", "EventSource", "indexedDB", "caches", "BroadcastChannel", "Worker", "navigator", "location", "postMessage", "addEventListener", "TextEncoder", "crypto"];
  for (const name of absent) Object.defineProperty(self, name, { value: undefined });
  const waiting = new Map();
  const ask = (what) => (...args) => new Promise((done, refuse) => {
    waiting.set(waiting.size, { done, refuse });
    tellPage({ ask: what, args, id: waiting.size - 1 });
  });
  const browser = {
    cookie: { get: ask("cookie.get"), set: ask("cookie.set") },
    localStorage: { getItem: ask("local.getItem"), setItem: ask("local.setItem"), removeItem: ask("local.removeItem") },
  };
  const buses = { analytics: new Map(), customerPrivacy: new Map() };
  const busOf = (name) => ({ subscribe: (event, callback) => buses[name].set(event, callback) });
  let extend;
  self.shopify = { extend: (point, callback) => (point === "WebPixel::Render" ? (extend = callback) : undefined) };
  const handlers = {
    start: ({ init, settings }) => extend({ analytics: busOf("analytics"), customerPrivacy: busOf("customerPrivacy"), browser, init, settings }),
    event: ({ bus, name, event }) => Promise.resolve(buses[bus].get(name)?.(event)).then(() => tellPage({ handled: name })),
    answer: ({ id, value, error }) => (error === undefined ? waiting.get(id).done(value) : waiting.get(id).refuse(new Error(error))),
  };
  listen("message", ({ data }) => handlers[data.type](data));
  listen("error", ({ message }) => tellPage({ thrown: message }));
  listen("unhandledrejection", ({ reason }) => tellPage({ thrown: String(reason) }));
};

// Runs in the page: Shopify's side.
const host = () => {
  const worker = new Worker("/sandbox.js");
  const acts = {
    "cookie.get": (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "",
    "local.getItem": (key) => localStorage.getItem(key),
    "local.setItem": (key, value) => localStorage.setItem(key, value),
    "local.removeItem": (key) => localStorage.removeItem(key),
  };
  window.thrown = [];
  window.handled = [];
  const answer = ({ ask, args, id }) => {
    try {
      if (window.isDenied) throw new Error("denied");
      worker.postMessage({ type: "answer", id, value: acts[ask](...args) });
    } catch (error) {
      worker.postMessage({ type: "answer", id, error: String(error) });
    }
  };
  worker.addEventListener("message", ({ data }) => {
    if (data.thrown !== undefined) window.thrown.push(data.thrown);
    else if (data.handled !== undefined) window.handled.push(data.handled);
    else answer(data);
  });
  window.startPixel = (init, settings) => worker.postMessage({ type: "start", init, settings });
  window.publish = (bus, name, event) => worker.postMessage({ type: "event", bus, name, event });
};

const bundlePixel = async () => {
  // As Shopify's command line bundles it.
  const { outputFiles: [bundle] } = await build({
    entryPoints: [`${EXTENSIONS}refedge-pixel/src/index.js`], bundle: true, write: false, minify: true, format: "iife", target: "es2020", logLevel: "warning",
  });
  return bundle.text;
};

/** sandboxPages are the pages of a shop that run the pixel: /thank-you, and the worker. */
export const sandboxPages = async () => {
  const pixel = await bundlePixel();
  return {
    "/sandbox.js": { headers: { "content-type": "text/javascript" }, body: () => `(${prelude})();\n${pixel}` },
    "/thank-you": { headers: {}, body: () => `<!doctype html><title>Thank you</title><link rel="icon" href="data:,"><script>(${host})()</script>` },
  };
};

export { bundlePixel };
