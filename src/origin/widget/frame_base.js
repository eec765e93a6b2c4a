// The widget's frame: what all of it uses. The files frame_*.js are one script, in the order of pages.cc.
// Spec: docs/protocol.md#embedded-pages.
const byId = (id) => document.getElementById(id);
const config = JSON.parse(byId("config").textContent);
const strings = config.strings;
const isFramed = window.parent !== window && config.page_origin !== "";

const isText = (value) => typeof value === "string" && value !== "";
const isTrue = (value) => value === true || value === "true";

// fill puts values where a text names them: "{name}, your link is ready".
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- the page around the frame
const tell = (type, fields) => {
  if (isFramed) window.parent.postMessage({ refedge: 1, type, ...fields }, config.page_origin);
};

// Until there is something to see, the page keeps the height that it thinks best.
let lastHeight = 0;
const tellHeight = () => {
  const px = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (px === lastHeight || !document.querySelector('[data-view="wait"]').hidden) return;
  lastHeight = px;
  tell("height", { px });
};

// ---- what is seen
const say = (text) => { byId("status").textContent = text; };

// Exactly one view is seen.
const showView = (name) => {
  for (const view of document.querySelectorAll("[data-view]")) view.hidden = view.dataset.view !== name;
  tellHeight();
};

const showError = (id, text) => {
  const element = byId(id);
  element.textContent = text;
  element.hidden = text === "";
};

// ---- the origin
const PATIENCE_MS = 10_000;

const frameUrl = (endpoint) => `/iaf/${encodeURIComponent(config.campaign)}/${endpoint}`;

// post gives {ok, body}, and throws where the origin has no answer of its own.
const post = async (fields) => {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(frameUrl("signups"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ market: config.market, locale: config.locale, ...fields }),
      signal: giveUp.signal,
    });
    if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    return { ok: answer.ok, body: await answer.json() };
  } finally {
    clearTimeout(timer);
  }
};
