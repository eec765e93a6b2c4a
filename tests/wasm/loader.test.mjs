// The npm package as it is built: what the loader takes, what the typed functions give, how errors look.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { artefact, importBuilt, readModule } from "./artefacts.mjs";

const { loadCore, RefedgeError } = await importBuilt("core.js");
const { loadFull } = await importBuilt("full.js");
const bytes = readModule("refedge");
const full = await loadFull(readModule("refedge-full"));

const SOURCES = {
  "a compiled module": () => new WebAssembly.Module(bytes),
  bytes: () => bytes,
  "an ArrayBuffer": () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  "a promise of bytes": () => Promise.resolve(bytes),
  "a response of type application/wasm": () => new Response(bytes, { headers: { "content-type": "application/wasm" } }),
  "the module as JavaScript": () => importBuilt("refedge.wasm.js"),
  "a response of another type": () => new Response(bytes, { headers: { "content-type": "application/octet-stream" } }),
};

for (const [name, source] of Object.entries(SOURCES)) {
  test(`loadCore takes ${name}`, async () => {
    const core = await loadCore(source());
    assert.equal(core.captureRef("?ref=k7"), "k7");
  });
}

test("the module as JavaScript is loaded without a word to WebAssembly", async () => {
  const { WebAssembly: hidden } = globalThis;
  globalThis.WebAssembly = undefined;
  try {
    const core = await loadCore(importBuilt("refedge.wasm.js"));
    assert.equal(core.buildCookie({ code: "k7", clickId: "", capturedAt: 1700000000 }), "1.k7..1700000000");
  } finally {
    globalThis.WebAssembly = hidden;
  }
});

test("instances of the module as JavaScript share nothing", async () => {
  const { instantiate } = await importBuilt("refedge.wasm.js");
  const [left, right] = [instantiate(), instantiate()];
  for (const { _initialize } of [left, right]) _initialize();
  const at = left.refedge_reserve(16 << 20);
  new Uint8Array(left.memory.buffer, at, 1)[0] = 7;
  assert.ok(left.memory.buffer.byteLength > 16 << 20, "it grows");
  assert.equal(right.memory.buffer.byteLength, 2 * 65536);
});

test("loadCore takes the full module too", async () => {
  const core = await loadCore(readModule("refedge-full"));
  assert.equal(core.captureRef("?ref=k7"), "k7");
  assert.equal("buildSignature" in core, false);
});

// The version is a constant in the code section: i32.const 1 (0x41 0x01) becomes 2.
const withVersion = (version) => {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(Buffer.from([0x04, 0x00, 0x41, 0x01, 0x0b]));
  assert.ok(at > 0, "the function that returns the version is found");
  copy[at + 3] = version;
  return copy;
};

test("a module of another ABI version is refused", async () => {
  await assert.rejects(loadCore(withVersion(2)), { name: "TypeError", message: "the module's ABI version is 2, not 1" });
});

test("a module that is none of ours is refused", async () => {
  await assert.rejects(loadCore(Buffer.from("0061736d01000000", "hex")), TypeError);
  await assert.rejects(loadCore(Buffer.from("not a module")), WebAssembly.CompileError);
});

test("a refusal has a code and a field, and no value", async () => {
  const core = await loadCore(bytes);
  const fields = { market: "demo", customer_email: "not an address", order_number: "ORDER123" };
  assert.throws(() => core.buildTrackPayload(fields), (error) => {
    assert.ok(error instanceof RefedgeError);
    assert.deepEqual([error.name, error.code, error.field], ["RefedgeError", "invalid_field", "customer_email"]);
    assert.equal(error.message, "customer_email: invalid field");
    return true;
  });
});

test("strings are strings, other values are JSON, undefined is left out", async () => {
  const core = await loadCore(bytes);
  const fields = { text: "a/\u2028\"é\ufeff", number: 12.5, yes: true, none: null, list: ["a", 1], object: { k: "v" }, gone: undefined };
  assert.equal(core.writeJsonObject(fields), JSON.stringify(fields));
  assert.equal(core.writeJsonObject({}), "{}");
});

test("text that starts with a byte order mark keeps it", async () => {
  const core = await loadCore(bytes);
  assert.equal(core.findQueryParam({ query: "?a=%EF%BB%BFb", name: "a" }), "\ufeffb");
});

test("cookies go both ways", async () => {
  const core = await loadCore(bytes);
  const cookie = { code: "k7", clickId: "", capturedAt: 1700000000 };
  assert.equal(core.buildCookie(cookie), "1.k7..1700000000");
  assert.deepEqual(core.parseCookie("1.k7..1700000000"), cookie);
  const header = "a=1; _refedge_js=1.k7..1700000000; b=2";
  assert.equal(core.findCookie({ header, name: "_refedge_js" }), "1.k7..1700000000");
  assert.throws(() => core.findCookie({ header, name: "_refedge" }), { code: "not_found" });
});

test("signatures hold and fail", () => {
  const secretKey = "afd46269f68a4b63b6a926d8bad9f5b5";
  const fields = { name: "John Doe", email: "john@doe.com" };
  const signature = full.buildSignature({ secretKey, signedKeys: "name, email", fields });
  assert.equal(signature, "e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22");
  assert.equal(full.verifySignature({ secretKey, signedKeys: "name, email", signature, fields }), undefined);
  const forged = { ...fields, email: "jane@doe.com" };
  assert.throws(() => full.verifySignature({ secretKey, signedKeys: "name, email", signature, fields: forged }),
    { code: "signature_mismatch", field: "signature" });
});

test("signed cookies hold under any key of the ring", () => {
  const [old, current] = [1, 2].map((byte) => new Uint8Array(32).fill(byte));
  const cookie = { code: "k7", clickId: full.makeClickId({ unixMs: 1700000000000, random: new Uint8Array(10) }), capturedAt: 1700000000 };
  const value = full.signCookie({ keyId: "a", key: old, ...cookie });
  assert.deepEqual(full.verifyCookie({ value, keys: [{ id: "b", key: current }, { id: "a", key: old }] }), cookie);
  assert.throws(() => full.verifyCookie({ value, keys: [{ id: "b", key: current }] }), { code: "unknown_key_id" });
  assert.deepEqual(old, new Uint8Array(32).fill(1), "a key that is handed over as bytes is the caller's, and stays");
});

test("attribution gives the winner and a verdict on each piece", () => {
  const evidence = [
    { kind: "browser_cookie", referrerId: "r1", referrerEmail: "", seenAt: 1699999000 },
    { kind: "edge_cookie", referrerId: "r2", referrerEmail: "ann@example.com", seenAt: 1699999000 },
    { kind: "payload_ref", referrerId: "", referrerEmail: "" },
  ];
  const input = { customerEmail: "bob@example.com", clickRule: "last_click", windowSeconds: 86400, now: 1700000000 };
  const verdicts = ["weaker_kind", "won", "unknown_referrer"];
  assert.deepEqual(full.attribute({ ...input, evidence }), { winner: 1, ruleVersion: 1, verdicts });
  assert.deepEqual(full.attribute({ ...input, evidence: [] }), { winner: undefined, ruleVersion: 1, verdicts: [] });
});

test("a number that is none is refused by its name", () => {
  for (const capturedAt of [1.5, NaN, -1, 1e21]) {
    assert.throws(() => full.buildCookie({ code: "k7", clickId: "", capturedAt }), { code: "invalid_field", field: "captured_at" });
  }
});

test("the package can be resolved by its name", async () => {
  const { exports } = JSON.parse(await (await import("node:fs/promises")).readFile(artefact("js/package.json"), "utf8"));
  for (const target of Object.values(exports)) {
    for (const file of typeof target === "string" ? [target] : Object.values(target)) artefact(`js/${file.slice(2)}`);
  }
});

test("texts short and long, ASCII and not, cross the boundary as UTF-8", async () => {
  const core = await loadCore(bytes);
  const texts = ["", "a", "x".repeat(24), "x".repeat(25), `${"x".repeat(23)}é`, "é".repeat(2000), "\u{1f600}".repeat(1000), "\0\x7f\x80", "\ud800", "a\udc00b"];
  for (const text of texts) {
    const key = `k${text.slice(0, 24)}`;
    // A half of a surrogate pair has no UTF-8: it is sent as U+FFFD.
    const [sentKey, sent] = [key, text].map((each) => Buffer.from(each).toString());
    assert.equal(core.writeJsonObject({ [key]: text }), JSON.stringify({ [sentKey]: sent }));
  }
});

test("what is neither text nor bytes is refused, whatever it says of its length", () => {
  for (const signature of [{ length: 5 }, { length: -1000 }, 7, null, undefined, ["a"]]) {
    assert.throws(() => full.verifyBodySignature({ body: "b", signature, secretKey: "k" }), { name: "TypeError" });
  }
  assert.equal(full.buildBodySignature({ body: "b", secretKey: "k" }), full.buildBodySignature({ body: "b", secretKey: "k" }));
});

test("a call between two calls, and one that grows the memory, change no answer", async () => {
  const core = await loadFull(readModule("refedge-full"));
  const sign = (body) => core.buildBodySignature({ body, secretKey: "k" });
  const small = sign("b");
  const nested = { toJSON: () => sign("c") };
  assert.equal(core.writeJsonObject({ a: "1", b: nested }), JSON.stringify({ a: "1", b: sign("c") }));
  const large = "é".repeat(100_000);
  assert.equal(sign(large), createHmac("sha1", "k").update(large).digest("base64"));
  assert.equal(sign("b"), small);
});

for (const [name, source] of Object.entries(SOURCES)) {
  test(`after its memory has grown, ${name} answers as before`, async () => {
    const core = await loadCore(await source());
    assert.equal(core.isShareCode("x".repeat(1 << 20)), false);
    assert.equal(core.captureRef("?ref=k7"), "k7");
    assert.equal(core.findQueryParam({ query: `?a=${"x".repeat(4000)}&b=7`, name: "b" }), "7");
    assert.throws(() => core.writeJsonObject({ a: "x".repeat(2 << 20) }), { code: "too_long", field: "a" });
    assert.equal(core.writeJsonObject({ a: "x" }), '{"a":"x"}');
  });
}
