// Starts the page: the core, the tabs, the tools, and the wiping of what was typed.
import { loadFull } from "./refedge/full.js";
import { readCookie } from "./cookie.js";
import { clear } from "./page.js";
import { EXAMPLES, check, explainError, sign } from "./signatures.js";
import { makeToken, openToken } from "./tokens.js";

const IDLE_MS = 10 * 60_000;
const TOOLS = { check, sign, open: openToken, make: makeToken, cookie: readCookie };
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const valuesOf = (form) => Object.fromEntries(all("input, textarea", form).map((input) => [input.name, input.type === "checkbox" ? input.checked : input.value]));

const run = (core, form) => {
  try {
    TOOLS[form.dataset.tool](core, form, valuesOf(form));
  } catch (error) {
    explainError(form, error);
  }
};

const startTool = (core, form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(core, form);
  });
  form.querySelector("[data-example]")?.addEventListener("click", () => {
    for (const [name, value] of Object.entries(EXAMPLES[form.dataset.tool])) form.elements[name].value = value;
    run(core, form);
  });
};

const setShown = (button, isShown) => {
  document.getElementById(button.dataset.show).type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
  button.textContent = isShown ? "Hide" : "Show";
};

const wipe = () => {
  for (const button of all("[data-show]")) setShown(button, false);
  for (const form of all("form")) {
    form.reset();
    clear(form);
  }
};

const startWiping = () => {
  let timer = setTimeout(wipe, IDLE_MS);
  document.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(wipe, IDLE_MS);
  });
  document.getElementById("wipe").addEventListener("click", wipe);
  addEventListener("pagehide", wipe);
  for (const button of all("[data-show]")) button.addEventListener("click", () => setShown(button, button.getAttribute("aria-pressed") !== "true"));
};

const tabs = all("[role=tab]");

const choose = (chosen) => {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !isChosen;
  }
};

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const tabFor = (tab, key) => {
  if (key === "Home") return tabs[0];
  if (key === "End") return tabs.at(-1);
  return key in STEPS ? tabs.at((tabs.indexOf(tab) + STEPS[key]) % tabs.length) : undefined;
};

const startTabs = () => {
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const next = tabFor(tab, event.key);
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
      next.focus();
    });
  }
};

const { content: integrity } = document.querySelector("meta[name=refedge-wasm]");
const core = await loadFull(fetch("refedge/refedge-full.wasm", { integrity }));
startTabs();
startWiping();
for (const form of all("form")) startTool(core, form);
document.getElementById("starting").hidden = true;
document.getElementById("tools").hidden = false;
