// Elements without markup: nothing that a page or an order says is ever read as HTML, and Trusted Types have nothing to refuse.

export type Content = Node | string | undefined;

/** An element with attributes and content; what is undefined is left out. */
export const element = (name: string, attributes: Readonly<Record<string, string>>, ...content: readonly Content[]): HTMLElement => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content.filter((one): one is Node | string => one !== undefined));
  return made;
};

/** A list of facts: what, and what it is. */
export const facts = (pairs: readonly (readonly [string, Content])[]): HTMLElement =>
  element("dl", {}, ...pairs.flatMap(([what, is]) => [element("dt", {}, what), element("dd", {}, is)]));

export const paragraph = (...content: readonly Content[]): HTMLElement => element("p", {}, ...content);

/** Code that may be wider than the panel: it scrolls, by the keyboard too. */
export const code = (text: string, label: string): HTMLElement => element("pre", { tabindex: "0", role: "region", "aria-label": label }, text);
