// Every page at the width of a phone and of a desk, kept as pictures, none wider than its window.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { newPerson } from "./browser.mjs";
import { doctor } from "./tools.mjs";
import { fitted, openWidget, readShareLink, signUp } from "./widget.mjs";

const WIDTHS = [320, 375, 1280];
const SCHEMES = ["light", "dark"];

const pagesOf = (world) => [
  ["home", "/"],
  ["home-with-friend", world.landing.pathname + world.landing.search],
  ["tea", "/teas/green-tide"],
  ["checkout", "/checkout?tea=green-tide&quantity=2"],
  ["confirmation", new URL(world.friend.page.url()).pathname],
  ["webhooks", "/webhooks"],
  ["not-found", "/no-such-page"],
];

const assertFits = async (page, name, width) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${name} is ${wide} px wide in a window of ${width}`);
};

// takeShots: one profile of a width and scheme, walking over all pages; the number of pictures it took.
const takeShots = async (world, width, colorScheme) => {
  const person = await newPerson(world.browser, { viewport: { width, height: 800 }, colorScheme });
  let count = 0;
  const shoot = async (name) => {
    await assertFits(person.page, name, width);
    await person.page.screenshot({ path: `${world.shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    count += 1;
  };
  for (const [name, path] of pagesOf(world)) {
    await person.page.goto(world.shopUrl + path, { waitUntil: "networkidle" });
    await shoot(name);
  }
  await shootWidget(world, person.page, shoot, `${width}.${colorScheme}`);
  await shootWrongForm(world, person.page, shoot);
  await person.context.close();
  return count;
};

const shootWidget = async (world, page, shoot, who) => {
  await page.goto(`${world.shopUrl}/refer-a-friend`);
  await openWidget(page);
  await fitted(page);
  await shoot("refer-before");
  await signUp(page, { name: "Robin Vale", email: `robin.${who}@example.com` });
  await readShareLink(page);
  await fitted(page);
  await shoot("refer-after");
};

const shootWrongForm = async (world, page, shoot) => {
  await page.goto(`${world.shopUrl}/checkout?tea=first-light`);
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByRole("button", { name: "Place the order" }).click();
  await page.getByRole("alert").waitFor();
  await shoot("checkout-wrong");
};

const look = async (world) => {
  world.shots = `${world.state}/screenshots`;
  mkdirSync(world.shots, { recursive: true });
  let count = 0;
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) count += await takeShots(world, width, scheme);
  }
  return `${count} pictures in ${world.shots}, none wider than its window`;
};

const examine = async (world) => {
  const paths = ["/refer-a-friend", new URL(world.friend.page.url()).pathname];
  for (const path of paths) assert.deepEqual(await doctor(world, world.shopUrl + path), [], path);
  return paths.join(" and ");
};

export const LOOK = [
  ["refedge doctor finds nothing to mend", examine],
  ["All pages at 320, 375 and 1280 px, light and dark", look],
];
