// The widget inside the shop's page, used as a person uses it: by what its fields are called.
import assert from "node:assert/strict";
import { until } from "../../script/lib/demo/wait.mjs";

const frameOf = (page) => page.frameLocator("#bp_div iframe");

// openWidget: the frame, once it shows its form and has told the page its height.
export const openWidget = async (page) => {
  const element = await page.locator("#bp_div iframe").elementHandle();
  const frame = await element.contentFrame();
  await frame.getByRole("textbox", { name: /e-?mail/i }).waitFor();
  assert.equal(await page.locator("#bp_error").isVisible(), false, "the error element is hidden");
  return frame;
};

export const signUp = async (page, person) => {
  const frame = frameOf(page);
  await frame.getByRole("textbox", { name: /name/i }).fill(person.name);
  await frame.getByRole("textbox", { name: /e-?mail/i }).fill(person.email);
  await frame.locator('button[type="submit"]:visible').click();
};

// readShareLink: from the field that the widget shows it in.
export const readShareLink = async (page) => {
  const field = frameOf(page).getByRole("textbox", { name: /link/i });
  await field.waitFor();
  return field.inputValue();
};

const heights = async (page) => {
  const element = await page.locator("#bp_div iframe").elementHandle();
  const frame = await element.contentFrame();
  const wanted = await frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
  return { given: await element.evaluate((iframe) => iframe.clientHeight), wanted };
};

// fitted: the page has given the frame the height that its content has now.
export const fitted = (page) => until("the frame is as high as its content", async () => {
  const { given, wanted } = await heights(page);
  return given === wanted;
});
