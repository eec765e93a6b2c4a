// Signing up in the widget, in the frame of a page of the market's site. Spec: docs/protocol.md#embedded-pages.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { until } from "../../script/lib/demo/wait.mjs";
import { filled, linkOf, openWorld, sends, signUp } from "./world.mjs";

let world;
afterEach(() => world.leave());
before(async () => { world = await openWorld(); });
after(() => world?.close());

test("the form says what is missing, at the field, and puts the focus there", async () => {
  const { frame } = await world.show();
  await frame.getByRole("button", { name: "Get my link" }).click();
  const name = frame.getByLabel("Your name");
  const email = frame.getByLabel("Your e-mail address");
  await frame.getByText("Please tell us your name.").waitFor();
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  assert.equal(await name.evaluate((input) => document.activeElement === input), true);
  assert.equal(await name.evaluate((input) => document.getElementById(input.getAttribute("aria-describedby")).textContent),
    "Please tell us your name.");
  await name.fill("Maya");
  await email.fill("maya@");
  await email.press("Enter");
  await frame.getByText("This does not look like an e-mail address.").waitFor();
  assert.equal(await name.getAttribute("aria-invalid"), "false");
  assert.equal(await frame.getByText("Please tell us your name.").isVisible(), false);
});

test("what the origin alone refuses is told at the field too", async () => {
  const { frame } = await world.show();
  await frame.getByLabel("Your name").fill("Maya");
  await frame.getByLabel("Your e-mail address").fill("maya@nowhere"); // a browser takes it, the core does not
  await frame.getByRole("button", { name: "Get my link" }).click();
  await frame.getByText("This does not look like an e-mail address.").waitFor();
  assert.equal(await frame.getByLabel("Your e-mail address").getAttribute("aria-invalid"), "true");
});

test("a sign-up shows the link, moves the focus, and tells the page", async () => {
  const shown = await world.show({ name: "Maya Hart", email: "maya@example.com" }, { profile: { permissions: ["clipboard-read", "clipboard-write"] } });
  const { frame, page } = shown;
  await sends(shown, "ready");
  const before = (await sends(shown, "height")).px;
  await until("the form is filled in", async () => (await frame.getByLabel("Your name").inputValue()) === "Maya Hart");
  await frame.getByRole("button", { name: "Get my link" }).click();
  const link = await linkOf(frame);
  assert.match(link, new RegExp(`^http://bp\\.shop\\.localhost:${world.port}/r/[0-9a-z]{12}$`));
  await sends(shown, "signed_up");
  const title = frame.getByRole("heading", { name: "Maya, your link is ready" });
  await until("the heading has the focus", () => title.evaluate((element) => document.activeElement === element));
  assert.equal(await frame.getByRole("status").textContent(), "Maya, your link is ready");
  await until("the page knows the new height", async () =>
    (await shown.messages()).some(({ type, px }) => type === "height" && px !== before));
  await frame.getByRole("button", { name: "Copy" }).click();
  await frame.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  for (const name of ["E-mail", "WhatsApp", "Facebook", "X"]) {
    const share = frame.getByRole("link", { name: `${name} (opens in a new tab)`, exact: true });
    assert.ok(decodeURIComponent(await share.getAttribute("href")).includes(link), name);
    assert.equal(await share.getAttribute("rel"), "noopener noreferrer");
  }
  assert.deepEqual(shown.complaints, []);
  assert.deepEqual([...shown.hosts].filter((host) => !/^(bp\.)?shop\.localhost:/.test(host)), [], "nothing from elsewhere");
});

test("a signed customer is signed up at once and finds the same link again, a wrong signature leaves the form", async () => {
  const person = { ...world.signed("Robin Vale", "robin@example.com"), marketing_opt_in: "true" };
  const good = await world.show(person);
  const link = await linkOf(good.frame);
  await sends(good, "signed_up");
  assert.equal(await good.frame.getByRole("button", { name: "Not you?" }).isVisible(), false, "the shop says who it is");
  assert.equal(await good.page.evaluate(() => document.activeElement?.tagName), "BODY", "the page's focus stays where it is");
  assert.equal(await linkOf((await world.show(person)).frame), link);
  const bad = await world.show({ ...person, email: "other@example.com" });
  await filled(bad.frame.getByLabel("Your name"), "Robin Vale");
  await bad.frame.getByRole("button", { name: "Get my link" }).waitFor();
});

test("auto without a signature fills the form in, and signs nobody up", async () => {
  const shown = await world.show({ auto: true, name: "Lee Park", email: "lee@example.com" });
  await filled(shown.frame.getByLabel("Your name"), "Lee Park");
  await sends(shown, "height");
  assert.equal((await shown.messages()).some(({ type }) => type === "signed_up"), false);
});

test("bp_e signs up or fills the form in; a share link's does neither", async () => {
  const details = { email: "john@example.com", name: "John Doe" };
  const bp_e = world.encrypt(JSON.stringify({ ...details, auto: "true" }));
  const link = await linkOf((await world.show({ bp_e })).frame);
  assert.equal(await linkOf((await world.show({ bp_e })).frame), link, "who comes back sees the same link");
  const prefilled = await world.show({ bp_e: world.encrypt(JSON.stringify({ ...details, auto: "false" })) });
  await filled(prefilled.frame.getByLabel("Your e-mail address"), details.email);
  const metadata = world.encrypt(JSON.stringify({ referral_count: 0, email: "maya@example.com", first_name: "Maya" }));
  const answered = await world.show({ bp_e: metadata }, {
    prepare: (page) => page.waitForResponse((response) => response.url().endsWith("/signups")),
  });
  assert.equal((await answered.prepared).status(), 422);
  await answered.frame.getByRole("button", { name: "Get my link" }).waitFor();
  assert.equal(await answered.frame.getByLabel("Your e-mail address").inputValue(), "");
  assert.equal((await answered.messages()).some(({ type }) => type === "failed"), false);
});

test("a friend, who comes with bp_l=false, is nobody whom the shop's page names", async () => {
  const asked = [];
  const shown = await world.show({ ...world.signed("Robin Vale", "robin@example.com"), bp_e: "AAAA", bp_l: "false" }, {
    prepare: (page) => page.on("request", (request) => asked.push(request.url())),
  });
  await sends(shown, "height");
  await shown.frame.getByRole("button", { name: "Get my link" }).waitFor();
  assert.equal(await shown.frame.getByLabel("Your name").inputValue(), "");
  assert.deepEqual(asked.filter((url) => url.endsWith("/signups")), []);
});

test("the campaign's own field is asked for under its name, and said to be optional where it is", async () => {
  const { frame } = await world.show({ custom_field: "0712" }, { campaign: "member" });
  await filled(frame.getByLabel("Membership number (optional)"), "0712");
  await signUp(frame, { name: "Ida", email: "ida@example.com" });
});

test("a required field of the campaign's own is missed at the field, also after an automatic sign-up", async () => {
  const { frame } = await world.show(world.signed("Ida Berg", "ida.berg@example.com"), { campaign: "strict" });
  const field = frame.getByLabel("Membership number", { exact: true });
  await field.waitFor();
  await frame.getByRole("button", { name: "Get my link" }).click();
  await frame.getByText("Please fill this in.").waitFor();
  assert.equal(await field.evaluate((input) => document.activeElement === input), true);
  await field.fill("4711");
  await frame.getByRole("button", { name: "Get my link" }).click();
  await linkOf(frame);
});

test("a form without the campaign's own field sends on what the page gave", async () => {
  const shown = await world.show({ custom_field: "0712" }, { prepare: (page) => page.waitForRequest((request) => request.url().endsWith("/signups")) });
  await sends(shown, "height");
  await signUp(shown.frame, { name: "Ida", email: "ida.two@example.com" });
  assert.equal((await shown.prepared).postDataJSON().custom_field, "0712");
});

test("what is too long for the origin is told at the field", async () => {
  const { frame } = await world.show();
  await frame.getByLabel("Your name").fill("\u{1F33F}".repeat(128)); // 256 units for the browser, 512 bytes
  await frame.getByLabel("Your e-mail address").fill("leaf@example.com");
  await frame.getByRole("button", { name: "Get my link" }).click();
  await frame.getByText("This is too long.").waitFor();
});

test("init counts once, and from the page alone", async () => {
  const shown = await world.show(null);
  await sends(shown, "ready");
  await shown.page.evaluate(() => {
    const other = document.body.appendChild(document.createElement("iframe"));
    other.contentWindow.eval(`parent.document.getElementById("widget").contentWindow.postMessage(
      { refedge: 1, type: "init", params: { name: "Stranger" } }, "*")`);
    window.send({ refedge: 1, type: "init", params: { name: "First" } });
    window.send({ refedge: 1, type: "init", params: { name: "Second" } });
  });
  const name = shown.frame.getByLabel("Your name");
  await until("the form is filled in", async () => (await name.inputValue()) !== "");
  await shown.frame.getByRole("button", { name: "Get my link" }).click(); // comes after the messages
  await shown.frame.getByText("Please tell us your e-mail address.").waitFor();
  assert.equal(await name.inputValue(), "First");
});

test("a page of another site cannot frame it", async () => {
  const shown = await world.show({}, { site: "evil.localhost" });
  await until("Chromium refuses the frame", () => shown.complaints.some((text) => text.includes("frame-ancestors")));
  assert.deepEqual(await shown.messages(), []);
});

test("without a word from the page the form shows all the same", async () => {
  const { frame } = await world.show(null);
  await frame.getByRole("button", { name: "Get my link" }).waitFor();
});

test("an automatic sign-up that finds no origin tells the page, and leaves the filled form", async () => {
  const shown = await world.show(world.signed("Kim Lee", "kim.lee@example.com"), { prepare: (page) => page.route("**/signups", (route) => route.abort()) });
  await sends(shown, "failed");
  await shown.frame.getByRole("alert").filter({ hasText: "That did not work." }).waitFor();
  assert.equal(await shown.frame.getByLabel("Your e-mail address").inputValue(), "kim.lee@example.com");
});

test("so does one that the origin does not answer in ten seconds", async () => {
  const shown = await world.show({ bp_e: "AAAA" }, { prepare: (page) =>
    Promise.all([page.clock.install(), page.route("**/signups", () => {}), page.waitForRequest("**/signups")]) });
  await shown.prepared;
  await shown.page.clock.runFor(9_000);
  assert.equal((await shown.messages()).some(({ type }) => type === "failed"), false);
  await shown.page.clock.runFor(1_500);
  await sends(shown, "failed");
});

test("a form that cannot be sent stays, and says so", async () => {
  const shown = await world.show({ name: "Kim Lee", email: "kim@example.com" });
  await filled(shown.frame.getByLabel("Your name"), "Kim Lee");
  await world.stopOrigin();
  await shown.frame.getByRole("button", { name: "Get my link" }).click();
  await shown.frame.getByRole("alert").filter({ hasText: "That did not work." }).waitFor();
  assert.equal(await shown.frame.getByLabel("Your e-mail address").inputValue(), "kim@example.com");
  assert.equal(await shown.frame.getByRole("button", { name: "Get my link" }).getAttribute("aria-disabled"), "false");
});
