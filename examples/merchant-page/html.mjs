// Templates that escape: html`<p>${anything}</p>` is safe, whatever `anything` says.
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

class Markup {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

export const escapeHtml = (value) => String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]);

const render = (value) => {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join("");
  return escapeHtml(value);
};

export const html = (strings, ...values) =>
  new Markup(strings.reduce((text, part, index) => text + render(values[index - 1]) + part));

// raw: markup of ours that is text already, such as SVG art. Never give it what a visitor typed.
export const raw = (text) => new Markup(text);

// script: a value as a JavaScript literal inside a <script> element, where HTML escapes do not count.
export const script = (value) => new Markup(JSON.stringify(value, null, 2).replace(/</g, "\\u003c"));
