// What sticks out of the frame, or is cut off within it.

// overflowing: a line for each element of the frame that is wider than its place, and for a frame that scrolls sideways.
export const overflowing = (page) => page.frames()[1].evaluate(() => {
  const width = document.documentElement.clientWidth;
  const isSeen = (element) => element.checkVisibility() && !element.closest(".unseen");
  const name = (element) => `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""} ${(element.textContent ?? "").trim().slice(0, 40)}`;
  // A text node of one word has one line.
  const isBroken = (text) => {
    if (text?.nodeType !== Node.TEXT_NODE || /\s/.test(text.data.trim())) return false;
    const range = document.createRange();
    range.selectNodeContents(text);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
  };
  const out = [];
  if (document.documentElement.scrollWidth > width) out.push(`the frame is ${document.documentElement.scrollWidth} wide in ${width}`);
  for (const element of [...document.querySelectorAll("main, main *")].filter(isSeen)) {
    const { left, right } = element.getBoundingClientRect();
    if (left < 0 || right > width + 0.5) out.push(`${name(element)} reaches from ${left} to ${right} in ${width}`);
    const isText = element.matches("h1, h2, p, label, li, a, button, span, ol, ul");
    if (element.matches(".shares span, button") && isBroken(element.firstChild)) out.push(`${name(element)} is broken within a word`);
    if (isText && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) out.push(`${name(element)} is cut off`);
  }
  return out;
});
