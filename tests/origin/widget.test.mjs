// The widget in a real Chromium, in the frame of a page of the market's site. Spec: docs/protocol.md#embedded-pages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { until } from "../../script/lib/demo/wait.mjs";
import { openWorld } from "./widget_page.mjs";

let world;
before(async () => { world = await openWorld(); });
after(() => world.close());

const sends = (shown, type) => until(`the frame sends ${type}`, async () =>
  (await shown.messages()).find((message) => message.type === type));

const linkOf = async (frame) => {
  const field = frame.getByRole("textbox", { name: "Your share link" });
  await field.waitFor();
  return field.inputValue();
};

const encrypt = (json) => execFileSync(process.env.REFEDGE_PROGRAM, ["encrypt"],
  { input: json, encoding: "utf8", env: { ...process.env, REFEDGE_AUTH_TOKEN: world.market.auth_token } }).trim();

const sign = (name, email) => createHash("sha256")
  .update(JSON.stringify({ email, name, secret: world.market.secret_key })).digest("hex");

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
  const shown = await world.show({ name: "Maya Hart", email: "maya@example.com" }, { permissions: ["clipboard-read", "clipboard-write"] });
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

test("a signed customer is signed up at once, a wrong signature leaves the form", async () => {
  const person = { auto: true, name: "Robin Vale", email: "robin@example.com", marketing_opt_in: "true", signed_keys: "name, email" };
  const good = await world.show({ ...person, signature: sign(person.name, person.email) });
  await linkOf(good.frame);
  await sends(good, "signed_up");
  const bad = await world.show({ ...person, signature: sign(person.name, "other@example.com") });
  await until("the form is filled in", async () => (await bad.frame.getByLabel("Your name").inputValue()) === "Robin Vale");
  assert.equal(await bad.frame.getByRole("button", { name: "Get my link" }).isVisible(), true);
});

test("bp_e signs up or fills the form in; a share link's does neither", async () => {
  const details = { email: "john@example.com", name: "John Doe" };
  const automatic = await world.show({ bp_e: encrypt(JSON.stringify({ ...details, auto: "true" })) });
  await linkOf(automatic.frame);
  const prefilled = await world.show({ bp_e: encrypt(JSON.stringify({ ...details, auto: "false" })) });
  await until("the form is filled in", async () => (await prefilled.frame.getByLabel("Your e-mail address").inputValue()) === details.email);
  const metadata = encrypt(JSON.stringify({ referral_count: 0, email: "maya@example.com", first_name: "Maya" }));
  const answered = await world.show({ bp_e: metadata }, {
    prepare: (page) => page.waitForResponse((response) => response.url().endsWith("/signups")),
  });
  assert.equal((await answered.prepared).status(), 422);
  assert.equal(await answered.frame.getByLabel("Your e-mail address").inputValue(), "");
  assert.equal((await answered.messages()).some(({ type }) => type === "failed"), false);
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

test("an automatic sign-up that finds no origin tells the page", async () => {
  const shown = await world.show({ bp_e: "AAAA" }, { prepare: (page) => page.route("**/signups", (route) => route.abort()) });
  await sends(shown, "failed");
});

test("a form that cannot be sent stays, and says so", async () => {
  const shown = await world.show({ name: "Kim Lee", email: "kim@example.com" });
  await until("the form is filled in", async () => (await shown.frame.getByLabel("Your name").inputValue()) === "Kim Lee");
  await world.stopOrigin();
  await shown.frame.getByRole("button", { name: "Get my link" }).click();
  await shown.frame.getByRole("alert").filter({ hasText: "That did not work." }).waitFor();
  assert.equal(await shown.frame.getByLabel("Your e-mail address").inputValue(), "kim@example.com");
  assert.equal(await shown.frame.getByRole("button", { name: "Get my link" }).getAttribute("aria-disabled"), "false");
});
