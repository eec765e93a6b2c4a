// The integration debugger keeps to itself: nothing is sent, stored or left, and a file that was changed is not run.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { launch, until } from "../js/browser.mjs";
import { assemble, openPage, serve, use } from "./page.mjs";

const SECRET = "afd46269f68a4b63b6a926d8bad9f5b5";
const OBJECT = '{"name":"John Doe","email":"john@doe.com"}';
let browser;
let folder;
let server;
before(async () => {
  folder = assemble();
  [browser, server] = [await launch(), await serve(folder)];
});
after(async () => {
  await browser?.close();
  await server?.close();
});
const open = async (context, options) => {
  const visit = await openPage(browser, server.url, options);
  context.after(() => visit.context.close());
  return visit;
};
const useAll = async (page) => {
  await use(page, "check", { secretKey: SECRET, object: OBJECT });
  await use(page, "sign", { secretKey: SECRET, object: OBJECT, signedKeys: "name, email" });
  await use(page, "make", { name: "John", email: "john@doe.com", authToken: `${SECRET}x`, page: "https://www.shop.com/" });
  await use(page, "open", { value: "https://www.shop.com/?bp_p=%7B%7D", authToken: `${SECRET}x` });
  await use(page, "cookie", { value: "1.k7..1700000000", keys: "x" });
};
const filledIn = (page) => page.locator("input:not([type=checkbox]), textarea").evaluateAll((inputs) => inputs.map(({ value }) => value).join(""));

test("after loading no request is made, whatever is used", async (context) => {
  const { page, log } = await open(context);
  assert.equal(log.requests.every((url) => url.startsWith(server.url) || url.startsWith("data:")), true);
  assert.equal(log.requests.filter((url) => url.endsWith(".wasm")).length, 1);
  const count = log.requests.length;
  await useAll(page);
  await page.click("#wipe");
  assert.equal(log.requests.length, count);
  assert.deepEqual([log.thrown, log.complaints], [[], []]);
});

test("the policy refuses what the page does not do: other hosts, eval, markup, forms, inline scripts", async (context) => {
  const { page } = await open(context);
  const refused = await page.evaluate(async () => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => window.violations.push(effectiveDirective));
    const failed = {};
    await fetch("https://refedge.example/").catch(() => (failed.fetch = true));
    try { document.body.innerHTML += "<p>"; } catch { failed.markup = true; }
    document.body.append(Object.assign(new Image(), { src: "https://refedge.example/x.png" }));
    const script = document.createElement("script");
    try { script.textContent = "window.ran = true"; document.head.append(script); } catch { failed.inline = true; }
    const form = Object.assign(document.createElement("form"), { action: "https://refedge.example/", method: "post" });
    document.body.append(form);
    form.submit();
    return { failed, ran: window.ran };
  });
  assert.deepEqual(refused.failed, { fetch: true, markup: true, inline: true });
  assert.equal(refused.ran, undefined);
  for (const directive of ["connect-src", "img-src", "form-action"]) {
    await until(`${directive} refuses`, () => page.evaluate((name) => window.violations.includes(name), directive));
  }
});

test("nothing is stored, and nothing is in the address", async (context) => {
  const { page, context: store } = await open(context);
  await useAll(page);
  const state = await store.storageState({ indexedDB: true });
  assert.deepEqual(state, { cookies: [], origins: [] });
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
  assert.equal(page.url(), server.url);
});

test("secrets are typed into password fields that browsers and managers leave alone, and can be shown", async (context) => {
  const { page } = await open(context);
  const secrets = page.locator(".secret input");
  assert.equal(await secrets.count(), 5);
  for (const input of await secrets.all()) {
    assert.deepEqual([await input.getAttribute("type"), await input.getAttribute("autocomplete")], ["password", "off"]);
  }
  await page.click('[data-show="check-key"]');
  assert.equal(await page.locator("#check-key").getAttribute("type"), "text");
  assert.equal(await page.locator('[data-show="check-key"]').getAttribute("aria-pressed"), "true");
  await page.click('[data-show="check-key"]');
  assert.equal(await page.locator("#check-key").getAttribute("type"), "password");
});

const assertWiped = async (page) => {
  assert.equal(await filledIn(page), "");
  assert.equal(await page.locator(".result").evaluateAll((results) => results.map(({ textContent }) => textContent).join("")), "");
  assert.equal((await page.content()).includes("john@doe.com"), false);
  assert.equal(await page.locator(".secret input:not([type=password])").count(), 0);
};

test("the button wipes everything", async (context) => {
  const { page } = await open(context);
  await useAll(page);
  await page.click("#tab-check");
  await page.click('[data-show="check-key"]');
  await page.click("#wipe");
  await assertWiped(page);
});

test("ten minutes without a keystroke wipe everything, and not a second less", async (context) => {
  const { page } = await open(context, {});
  await page.clock.install();
  await page.reload();
  await page.locator("#tools").waitFor({ state: "visible" });
  await useAll(page);
  await page.clock.fastForward("09:00");
  await page.click("#tab-check");
  await page.locator("#check-key").press("End");
  await page.locator("#check-key").pressSequentially("x");
  await page.clock.fastForward("09:58");
  assert.notEqual(await filledIn(page), "");
  await page.clock.fastForward("00:03");
  await assertWiped(page);
});

test("leaving wipes everything, also for who comes back", async (context) => {
  const { page } = await open(context);
  await useAll(page);
  await page.goto("about:blank");
  await page.goBack();
  await page.locator("#tools").waitFor({ state: "visible" });
  await assertWiped(page);
});

test("the module has no secret in its memory after use", async (context) => {
  const { page } = await open(context);
  const found = await page.evaluate(async (secret) => {
    const { load } = await import("./refedge/loader.js");
    const { buildSignature } = await import("./refedge/core_exports.js");
    const module = await WebAssembly.compile(await (await fetch("refedge/refedge-full.wasm")).arrayBuffer());
    const instances = [];
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...args) => {
      const instance = await instantiate(...args);
      instances.push(instance);
      return instance;
    };
    const call = await load(module);
    buildSignature(call, { secretKey: secret, signedKeys: "a", fields: { a: "1" } });
    return new TextDecoder("latin1").decode(instances[0].exports.memory.buffer).includes(secret);
  }, SECRET);
  assert.equal(found, false);
});

test("every file that runs is named with its hash", () => {
  const html = readFileSync(`${folder}/index.html`, "utf8");
  const named = [...html.matchAll(/(?:href|src)="([\w./-]+\.(?:js|css))" integrity="([^"]+)"/g)];
  assert.equal(named.length, 14);
  for (const [, name, integrity] of named) {
    assert.equal(integrity, `sha384-${createHash("sha384").update(readFileSync(`${folder}/${name}`)).digest("base64")}`, name);
  }
  const imported = named.flatMap(([, name]) => [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/from "(\.[^"]+)"/g)]
    .map(([, path]) => new URL(path, `http://x/${name}`).pathname.slice(1)));
  assert.deepEqual([...new Set(imported)].filter((path) => !named.some(([, name]) => name === path)), [], "an import without a hash");
  assert.match(html, /<meta name="refedge-wasm" content="sha384-/);
});

for (const name of ["app.js", "tokens.js", "refedge/loader.js", "refedge/refedge-full.wasm"]) {
  test(`a changed file is not run, and the page says so: ${name}`, async (context) => {
    const changed = assemble();
    appendFileSync(`${changed}/${name}`, name.endsWith(".wasm") ? Buffer.from([0, 1, 0]) : "\nwindow.ran = true;\n");
    const other = await serve(changed);
    const page = await browser.newPage();
    context.after(async () => {
      await page.close();
      await other.close();
      rmSync(changed, { recursive: true, force: true });
    });
    const complaint = page.waitForEvent("console", (message) => /integrity/i.test(message.text()));
    await page.goto(other.url);
    await complaint;
    assert.equal(await page.locator("#starting").isVisible(), true);
    assert.equal(await page.locator("#tools").isVisible(), false);
    assert.equal(await page.evaluate(() => window.ran), undefined);
  });
}
