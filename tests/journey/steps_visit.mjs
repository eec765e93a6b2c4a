// The friend opens the share link in a profile that never saw the shop.
import assert from "node:assert/strict";
import { until } from "../../script/lib/demo/wait.mjs";
import { newPerson } from "./browser.mjs";
import { openCookie } from "./cookie.mjs";
import { REFERRER } from "./people.mjs";
import { curl, decrypt } from "./tools.mjs";

// The agent carries a new link to the edge within moments of the sign-up. HEAD asks without making a visit.
const linkIsKnown = (world) => until("the share link redirects", async () =>
  (await curl(world, world.shareLink, { args: ["-I"] })).status === 302);

const follow = async (world) => {
  await linkIsKnown(world);
  world.friend = await newPerson(world.browser);
  await world.friend.page.goto(world.shareLink);
  world.landing = new URL(world.friend.page.url());
  assert.equal(world.landing.origin, world.shopUrl);
  assert.equal(world.landing.pathname, "/");
  assert.equal(world.landing.searchParams.get("ref"), world.code);
  return `302 to the shop with ref=${world.code}`;
};

const readMetadata = async (world) => {
  const metadata = await decrypt(world, world.landing.searchParams.get("bp_e"));
  const { referral_count, email, first_name, last_name } = metadata;
  assert.deepEqual({ referral_count, email, first_name, last_name },
    { referral_count: 0, email: REFERRER.email, first_name: REFERRER.firstName, last_name: REFERRER.lastName });
  const known = ["referral_count", "email", "first_name", "last_name", "client_data", "custom_fields", "voucher_code"];
  assert.deepEqual(Object.keys(metadata), known.filter((key) => key in metadata), "the manual's fields, in their order");
  return JSON.stringify(metadata);
};

const readGreeting = async ({ friend }) => {
  const greeting = friend.page.getByRole("complementary", { name: "Welcome" });
  const title = await greeting.locator("strong").innerText();
  assert.equal(title, `${REFERRER.firstName} sent you.`);
  assert.deepEqual(friend.errors, [], "errors in the browser's console");
  return `"${title}"`;
};

const readCookie = async (world) => {
  const cookies = await world.friend.context.cookies(world.shopUrl);
  const cookie = cookies.find(({ name }) => name === "_refedge");
  assert.ok(cookie, `a _refedge cookie among ${cookies.map(({ name }) => name).join(", ") || "none"}`);
  const { httpOnly, secure, sameSite, path, domain } = cookie;
  assert.deepEqual({ httpOnly, secure, sameSite, path, domain },
    { httpOnly: true, secure: true, sameSite: "Lax", path: "/", domain: ".shop.localhost" });
  const days = (cookie.expires - Date.now() / 1000) / 86400;
  assert.ok(days > 7 && days <= 400, `kept ${days} days`);
  world.cookie = openCookie(cookie.value, world);
  assert.equal(world.cookie.code, world.code);
  assert.ok(Math.abs(world.cookie.seconds - Date.now() / 1000) < 120, "dated now");
  return `HttpOnly, Secure, Lax, .shop.localhost, ${Math.round(days)} days; HMAC holds under key "${world.cookie.keyId}"`;
};

export const VISIT = [
  ["The friend opens the link in a fresh profile", follow],
  ["bp_e decrypts to the manual's metadata", readMetadata],
  ["The shop greets the friend", readGreeting],
  ["The cookie is there and its signature verifies", readCookie],
];
