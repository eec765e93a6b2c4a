// The referrer signs up in the widget of the shop's refer-a-friend page.
import assert from "node:assert/strict";
import { newPerson } from "./browser.mjs";
import { REFERRER } from "./people.mjs";
import { openWidget, readShareLink, signUp } from "./widget.mjs";

const openPage = async (world) => {
  world.referrer = await newPerson(world.browser);
  const { page } = world.referrer;
  await page.goto(`${world.shopUrl}/refer-a-friend`);
  const og = await page.getAttribute('meta[property="og:url"]', "content");
  assert.equal(og, `${world.marketUrl}/iaf/${world.campaign}/og`);
  const frame = await openWidget(page);
  assert.equal(new URL(frame.url()).host, world.marketDomain);
  return `the widget's frame from ${world.marketDomain}`;
};

const register = async (world) => {
  const { page, errors } = world.referrer;
  await signUp(page, REFERRER);
  world.shareLink = await readShareLink(page);
  const link = new URL(world.shareLink);
  assert.equal(link.host, world.marketDomain);
  assert.match(link.pathname, /^\/r\/[0-9abcdefghjkmnpqrstvwxyz]{12}$/);
  world.code = link.pathname.slice(3);
  assert.deepEqual(errors, [], "errors in the browser's console");
  return world.shareLink;
};

export const SIGN_UP = [
  ["The referrer opens the refer-a-friend page", openPage],
  ["signs up in the widget and reads the share link", register],
];
