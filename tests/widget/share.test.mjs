// The share link and the ways to a friend. The QR code is read by zbar, off the screen and off the downloaded picture.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { until } from "../../script/lib/demo/wait.mjs";
import { linkOf, openWorld, sends } from "./world.mjs";

let world;
let folder;
afterEach(() => world.leave());
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "refedge-share-"));
  world = await openWorld();
});
after(async () => {
  await world?.close();
  rmSync(folder, { recursive: true });
});

let people = 0;
// shared: the frame of somebody who has a link.
const shared = async (how) => {
  const shown = await world.show(world.signed("Maya Hart", `maya.${++people}@example.com`), how);
  return { ...shown, link: await linkOf(shown.frame) };
};

const readQrCode = (png) => {
  const file = join(folder, `${++people}.png`);
  writeFileSync(file, png);
  const { error, stdout, stderr } = spawnSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" });
  if (error) throw new Error(`zbarimg: ${error.message} (apt-get install zbar-tools)`);
  return stdout.trim() || `nothing: ${stderr}`;
};

const openQrCode = async ({ frame }) => {
  await frame.getByRole("button", { name: "QR code" }).click();
  const image = frame.locator("#qr-image");
  await until("the QR code is drawn", () => image.evaluate(({ complete, naturalWidth }) => complete && naturalWidth > 0));
  return image;
};

test("each way to a friend carries the link and opens a tab of its own", async () => {
  const { frame, link } = await shared();
  const text = "I thought you might like this:";
  const expected = {
    WhatsApp: ["https://wa.me/", { text: `${text} ${link}` }],
    "E-mail": ["mailto:", { subject: "Something you might like", body: `${text} ${link}` }],
    Facebook: ["https://www.facebook.com/sharer/sharer.php", { u: link }],
    X: ["https://x.com/intent/post", { text, url: link }],
  };
  for (const [name, [where, query]] of Object.entries(expected)) {
    const way = frame.getByRole("link", { name: `${name} (opens in a new tab)`, exact: true });
    const url = new URL(await way.getAttribute("href"));
    assert.equal(url.href.split("?")[0], where);
    assert.equal(url.search.includes("+"), false, "a mail program reads + as a plus");
    assert.deepEqual(Object.fromEntries(url.searchParams), query);
    assert.deepEqual([await way.getAttribute("rel"), await way.getAttribute("target")], ["noopener noreferrer", "_blank"]);
  }
});

test("a browser without a clipboard for frames copies the old way", async () => {
  const { frame, page, link } = await shared({
    profile: { permissions: ["clipboard-read"] },
    prepare: (page) => page.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError")); }),
  });
  await frame.getByRole("button", { name: "Copy" }).click();
  await frame.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await frame.getByRole("button", { name: "Copy", exact: true }).waitFor();
});

test("one that copies in no way selects the link and says so", async () => {
  const { frame, link } = await shared({ prepare: (page) => page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    document.execCommand = () => false;
  }) });
  await frame.getByRole("button", { name: "Copy" }).click();
  await frame.getByText("The link is selected: copy it with your keyboard.").waitFor({ state: "attached" });
  assert.equal(await frame.locator("#link").evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd)), link);
});

// Chromium has no sheet on this machine; phones do.
const phone = (outcome) => (page) => page.addInitScript((name) => {
  window.sheets = [];
  navigator.share = (what) => {
    window.sheets.push(what);
    return name === "" ? Promise.resolve() : Promise.reject(new DOMException("", name));
  };
}, outcome);

test("a phone's own sheet is offered where there is one", async () => {
  const desk = await shared();
  assert.equal(await desk.frame.getByRole("button", { name: "Share", exact: true }).isVisible(), false);
  const { frame, page, link } = await shared({ prepare: phone("") });
  await frame.getByRole("button", { name: "Share", exact: true }).click();
  const sheets = await page.frames()[1].evaluate(() => window.sheets);
  assert.deepEqual(sheets, [{ title: "Something you might like", text: "I thought you might like this:", url: link }]);
});

test("a sheet that is closed is left alone; one that cannot open leaves the link on the clipboard", async () => {
  const closed = await shared({ prepare: phone("AbortError") });
  await closed.frame.getByRole("button", { name: "Share", exact: true }).click();
  assert.equal(await closed.frame.getByRole("button", { name: "Copied" }).isVisible(), false);
  const refused = await shared({ prepare: phone("NotAllowedError"), profile: { permissions: ["clipboard-read", "clipboard-write"] } });
  await refused.frame.getByRole("button", { name: "Share", exact: true }).click();
  await refused.frame.getByRole("button", { name: "Copied" }).waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the QR code on a ${colorScheme} screen leads to the link, and has a name`, async () => {
    const shown = await shared({ profile: { colorScheme, viewport: { width: 375, height: 800 } } });
    const image = await openQrCode(shown);
    assert.equal(readQrCode(await image.screenshot()), shown.link);
    await shown.frame.getByRole("img", { name: `QR code of your link ${shown.link}` }).waitFor();
    assert.deepEqual(shown.complaints, [], "the policy allows all of it");
  });
}

test("the QR code is fetched when it is asked for, and its height is given back", async () => {
  const asked = [];
  const shown = await shared({ prepare: (page) => page.on("request", (request) => request.url().includes("/qr?") && asked.push(request.url())) });
  const height = async () => (await shown.messages()).filter(({ type }) => type === "height").at(-1).px;
  const button = shown.frame.getByRole("button", { name: "QR code" });
  const low = await height();
  assert.deepEqual(asked, []);
  await openQrCode(shown);
  assert.equal(asked.length, 1);
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await until("the page knows that the frame has grown", async () => (await height()) > low + 100);
  await button.click();
  await until("the page knows that the frame has shrunk", async () => (await height()) === low);
  assert.equal(await button.getAttribute("aria-expanded"), "false");
});

test("the QR code downloads as a picture that leads to the link", async () => {
  const shown = await shared();
  await openQrCode(shown);
  const [download] = await Promise.all([shown.page.waitForEvent("download"), shown.frame.getByRole("link", { name: "Download picture" }).click()]);
  assert.equal(download.suggestedFilename(), "raf.png");
  const file = join(folder, "download.png");
  await download.saveAs(file);
  const { stdout } = spawnSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" });
  assert.equal(stdout.trim(), shown.link);
});

test("a QR code that does not come says so, and comes when it is asked for again", async () => {
  let isDown = true;
  const shown = await shared({ prepare: (page) => page.route("**/qr?*", (route) => (isDown ? route.abort() : route.continue())) });
  const button = shown.frame.getByRole("button", { name: "QR code" });
  await button.click();
  await shown.frame.getByRole("alert").filter({ hasText: "The QR code could not be loaded." }).waitFor();
  isDown = false;
  await button.click();
  await openQrCode(shown);
  assert.equal(await shown.frame.getByText("The QR code could not be loaded.").isVisible(), false);
});

test("the keyboard reaches everything, in the order of the page", async () => {
  const { frame, page } = await shared();
  const seen = [];
  await frame.locator("#link").focus();
  for (let i = 0; i < 7; i += 1) {
    seen.push(await page.frames()[1].evaluate(() => document.activeElement.id));
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(seen, ["link", "copy", "share-whatsapp", "share-mail", "share-facebook", "share-x", "share-qr"]);
});

test("several embeds of the built script do not know of each other", async () => {
  const shown = await world.embed([
    ["one", { campaign: "raf", locale: "en", ...world.signed("Ada Byron", "ada@example.com") }],
    ["two", { campaign: "member", locale: "fr" }],
  ]);
  const link = await linkOf(shown.frames(0));
  await shown.frames(0).getByRole("heading", { name: "Ada, your link is ready" }).waitFor();
  const second = shown.frames(1);
  await second.getByRole("button", { name: "Obtenir mon lien" }).waitFor();
  assert.equal(await second.getByLabel("Votre nom").inputValue(), "");
  await second.getByLabel("Votre nom").fill("Zoé");
  await second.getByLabel("Votre adresse e-mail").fill("zoe@example.com");
  await second.getByRole("button", { name: "Obtenir mon lien" }).click();
  assert.notEqual(await linkOf(second, "Votre lien de parrainage"), link);
  assert.equal(await linkOf(shown.frames(0)), link);
  const fits = () => Promise.all([0, 1].map(async (index) => {
    const element = await shown.page.locator("iframe").nth(index).elementHandle();
    const wanted = await (await element.contentFrame()).evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
    return (await element.evaluate((iframe) => iframe.clientHeight)) === wanted;
  }));
  await until("each is as high as its content", async () => (await fits()).every(Boolean));
  assert.deepEqual(shown.complaints, []);
});

test("the page's error element shows when an automatic sign-up fails", async () => {
  const shown = await world.embed([["one", { campaign: "raf", ...world.signed("Ada Byron", "ada@example.com") }]],
    { prepare: (page) => page.route("**/signups", (route) => route.fulfill({ status: 503, body: "" })) });
  await shown.page.locator("#bp_error").waitFor({ state: "visible" });
  assert.equal(await shown.page.locator("iframe").isVisible(), false);
});

test("a frame that is removed is gone, and another takes its place", async () => {
  const shown = await shared();
  await shown.page.evaluate(() => document.getElementById("widget").remove());
  const said = (await shown.messages()).length;
  const frames = () => shown.page.frames().length;
  await until("the frame is gone", () => frames() === 1);
  await shown.page.evaluate(() => document.querySelector("main").append(Object.assign(document.createElement("iframe"), { src: new URLSearchParams(location.search).get("frame") })));
  await until("another is there", () => frames() === 2);
  assert.equal((await shown.messages()).length, said);
  assert.deepEqual(shown.complaints, []);
});

test("the first words of the frame are ready, then its height when there is something to see", async () => {
  const shown = await shared();
  await sends(shown, "height");
  const types = (await shown.messages()).map(({ type }) => type);
  assert.equal(types[0], "ready");
  assert.equal(types.filter((type) => type === "ready").length, 1);
  assert.ok(types.includes("signed_up"));
});
