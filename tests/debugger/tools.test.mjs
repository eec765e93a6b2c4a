// The integration debugger's tools in a real browser: every answer against the core and against other programs.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { importBuilt, readModule } from "../wasm/artefacts.mjs";
import { launch } from "../js/browser.mjs";
import { answerOf, assemble, openPage, serve, use } from "./page.mjs";

const SECRET = "afd46269f68a4b63b6a926d8bad9f5b5";
const TOKEN = "fd7cf959-8a3d-431e-975b-b5d3f36aa710";
const JOHN = { name: "John Doe", email: "john@doe.com" };
const JOHN_SIGNED = { ...JOHN, signed_keys: "name, email", signature: "e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22" };
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

let browser;
let server;
let visit;
let core;
before(async () => {
  [browser, server] = [await launch(), await serve(assemble())];
  visit = await openPage(browser, server.url);
  core = await (await importBuilt("full.js")).loadFull(readModule("refedge-full"));
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const check = (object, secretKey = SECRET) => use(visit.page, "check", { secretKey, object: typeof object === "string" ? object : JSON.stringify(object) });

test("a right signature holds, and its text is shown without the secret", async () => {
  const { verdict, title, rows } = await check(JOHN_SIGNED);
  assert.deepEqual([verdict, title], ["good", "The signature holds"]);
  assert.deepEqual(Object.values(rows), ['{"email":"john@doe.com","name":"John Doe","secret":"••••••••"}']);
});

// What a signer hashed, and the words that the page has for it.
const object = { customer_email: "jané@doe.com", order_number: "A/1", note: "x" };
const MISTAKES = [
  ["PHP's slashes", `{"customer_email":"jané@doe.com","order_number":"A\\/1","secret":"${SECRET}"}`, [/JSON_UNESCAPED_SLASHES/]],
  ["PHP as it comes", `{"customer_email":"jan\\u00e9@doe.com","order_number":"A\\/1","secret":"${SECRET}"}`, [/JSON_UNESCAPED_SLASHES/, /UNICODE|ensure_ascii/]],
  ["the keys' order", `{"order_number":"A/1","customer_email":"jané@doe.com","secret":"${SECRET}"}`, [/not sorted/]],
  ["no secret", `{"customer_email":"jané@doe.com","order_number":"A/1"}`, [/"secret" is missing/]],
  ["a key too many", `{"customer_email":"jané@doe.com","note":"x","order_number":"A/1","secret":"${SECRET}"}`, [/note/]],
  ["another secret", `{"customer_email":"jané@doe.com","order_number":"A/1","secret":"other"}`, [/Unexplained/]],
];
for (const [name, hashed, expected] of MISTAKES) {
  test(`a wrong signature is explained: ${name}`, async () => {
    const { verdict, title, lines, rows } = await check({ ...object, signed_keys: "order_number, customer_email", signature: sha256(hashed) });
    assert.deepEqual([verdict, title, lines.length], ["wrong", "The signature does not hold", expected.length], lines.join());
    expected.forEach((pattern, index) => assert.match(lines[index], pattern));
    assert.equal(rows["The signature that would hold"], core.buildSignature({ secretKey: SECRET, signedKeys: "order_number,customer_email", fields: object }));
  });
}

test("a signature over too little says what else to sign", async () => {
  const fields = { customer_email: "a@b.de", order_number: "1" };
  const signature = core.buildSignature({ secretKey: SECRET, signedKeys: "order_number", fields });
  const { verdict, lines } = await check({ ...fields, signed_keys: "order_number", signature });
  assert.deepEqual([verdict, lines], ["wrong", ["signed_keys must name customer_email too."]]);
});

const SNIPPETS = {
  "the manual's snippet": `<script type="text/javascript">
  var buyapowa = new Buyapowa({url: "https://bp.your-shop.com", market: "your-market"}, "bp_div", "bp_error");
  buyapowa.embedReferAFriend({
    "campaign": "refer-a-friend", // the campaign's {slug}
    "auto": true, /* "a": {} */
    "name": "John Doe",
    "email": "john@doe.com",
    "signed_keys": "name, email",
    "signature": "${JOHN_SIGNED.signature}",
  });
</script>`,
  "a function around it, keys without quotes, single quotes": `window.onload = function() { new Buyapowa({url: '//x', market: 'm'}).track({name: 'John Doe', email: 'john@doe.com', signed_keys: 'name, email', signature: '${JOHN_SIGNED.signature}'}) };`,
  "an object with an object in it": JSON.stringify({ client_data: { a: 1 }, ...JOHN_SIGNED }, null, 2),
};
for (const [name, text] of Object.entries(SNIPPETS)) {
  test(`reads what people paste: ${name}`, async () => assert.equal((await check(text)).title, "The signature holds"));
}

test("single quotes with quotes in them are read as JavaScript reads them", async () => {
  const { signature } = { signature: core.buildSignature({ secretKey: SECRET, signedKeys: "name,email", fields: { ...JOHN, name: `O'Ha"ra\\` } }) };
  assert.equal((await check(`{name: 'O\\'Ha"ra\\\\', email: 'john@doe.com', signed_keys: "name,email", signature: "${signature}"}`)).title, "The signature holds");
});

const REFUSED = [
  ["", /^There is no object/], ["hello", /^There is no object/], ["{", /no } at its end/], ['{"a" 1}', /a comma, a colon or a quotation mark/],
  ["{name: customerName}", /^customerName is a variable/], ["{}", /^signed_keys is missing/],
  [JSON.stringify({ ...JOHN_SIGNED, signature: undefined }), /^signature is missing/], [JSON.stringify({ ...JOHN_SIGNED, signature: "abc" }), /^signature does not have the right form/],
  [JSON.stringify({ ...JOHN_SIGNED, email: undefined }), /^email is missing/], [JSON.stringify({ ...JOHN_SIGNED, signed_keys: "name,name" }), /^signed_keys stands there twice/],
];
for (const [text, expected] of REFUSED) {
  test(`says what is wrong: ${text}`, async () => {
    const { verdict, lines } = await check(text);
    assert.equal(verdict, "wrong");
    assert.match(lines[0], expected);
  });
}

test("without a secret key it says so", async () => assert.match((await check(JOHN_SIGNED, "")).lines[0], /^secret_key has the wrong length or form/));

test("signs as the manual does, and gives the lines for the snippet", async () => {
  const { rows } = await use(visit.page, "sign", { secretKey: SECRET, object: JSON.stringify(JOHN), signedKeys: "name, email" });
  assert.equal(rows.signature, JOHN_SIGNED.signature);
  assert.equal(rows["For your snippet"], `"signed_keys": "name, email",\n"signature": "${JOHN_SIGNED.signature}"`);
  const fromObject = await use(visit.page, "sign", { secretKey: SECRET, object: JSON.stringify({ ...JOHN, signed_keys: "email,name" }), signedKeys: "" });
  assert.equal(fromObject.rows.signature, JOHN_SIGNED.signature);
});

test("both examples work", async () => {
  for (const [tool, title] of [["check", "The signature holds"], ["sign", "Signed"]]) {
    await visit.page.click(`#tab-${tool}`);
    await visit.page.click(`[data-example=${tool}]`);
    assert.equal((await answerOf(visit.page, tool)).title, title);
  }
});

const SIGN_UP = '{"email":"john@doe.com","name":"John Doe","auto":"true"}';
const BP_E = "xXqWA+4gNXzWJ+RdmPRylfonBLMkpHtAM3ybYHpm7t6YPRCLQvyYwVKoyC9nQic4y3YPTWWICC0p1pEG995WgQ==";
const open = (value, authToken = TOKEN) => use(visit.page, "open", { value, authToken });
const content = ({ rows }) => JSON.parse(rows.Content);

test("opens the manual's bp_e in every spelling, and in an address", async () => {
  for (const value of [BP_E, encodeURIComponent(BP_E), ` ${BP_E}\n`, `https://www.shop.com/refer?a=1&bp_e=${encodeURIComponent(BP_E)}#x`]) {
    const answer = await open(value);
    assert.deepEqual([answer.title, content(answer)], ["This bp_e holds", JSON.parse(SIGN_UP)], value);
    assert.deepEqual(answer.lines, ["On a refer-a-friend page it signs up John Doe (john@doe.com) at once."]);
  }
});

test("opens a bp_p without a token", async () => {
  for (const value of [SIGN_UP, encodeURIComponent(SIGN_UP), Buffer.from(SIGN_UP).toString("base64"), `https://x.example/?bp_p=${encodeURIComponent(SIGN_UP)}`]) {
    const answer = await open(value, "");
    assert.deepEqual([answer.title, content(answer)], ["This bp_p holds", JSON.parse(SIGN_UP)], value);
  }
});

test("tells a share link's metadata from a sign-up, and a form that is filled in", async () => {
  const metadata = core.encryptMetadata({ authToken: TOKEN, metadata: '{"referral_count":"3","email":"a@b.de","client_data":{"x":"1"}}' });
  assert.match((await open(metadata)).lines[0], /^It is what a share link carries/);
  assert.match((await open('{"email":"a@b.de"}')).lines[0], /fills the form in/);
  assert.match((await open('{"auto":"true","email":"a@b.de"}')).lines[0], /name is not right/);
});

test("says when a bp_e cannot be opened", async () => {
  assert.match((await open(BP_E, TOKEN.replace("f", "a"))).lines[0], /cannot be opened with this token/);
  assert.match((await open(BP_E, "short")).lines[0], /^auth_token has the wrong length/);
  assert.match((await open("%%", TOKEN)).lines[0], /a % without two hex digits/);
  assert.equal((await open("", TOKEN)).verdict, "wrong");
});

test("makes a bp_e and a bp_p that open again, and the address", async () => {
  const answer = await use(visit.page, "make", { name: "Zoë \"Z\"", email: "z@b.de", customField: "7", page: "https://www.shop.com/refer?a=1#top", auto: true, authToken: TOKEN });
  const expected = { email: "z@b.de", name: "Zoë \"Z\"", auto: "true", custom_field: "7" };
  const url = new URL(answer.rows["Address for the e-mail"]);
  assert.equal(url.hash, "#top");
  assert.deepEqual(JSON.parse(core.decryptMetadata({ authToken: TOKEN, bpE: url.searchParams.get("bp_e") })), expected);
  assert.deepEqual(JSON.parse(core.decryptMetadata({ authToken: TOKEN, bpE: answer.rows["bp_e, for a URL"] })), expected);
  assert.deepEqual(JSON.parse(core.decodePlainSignup(answer.rows["bp_p, for a URL: anybody can read and write one"])), expected);
  const plain = await use(visit.page, "make", { authToken: "" });
  assert.deepEqual(Object.keys(plain.rows), ["bp_p, for a URL: anybody can read and write one", "Address for the e-mail"]);
  assert.match((await use(visit.page, "make", { name: "" })).lines[0], /^name is missing/);
  assert.equal((await use(visit.page, "make", { auto: false })).verdict, "");
});

const KEY = Buffer.alloc(32, 7);
const LINE = `00112233-4455-6677-8899-aabbccddeeff a ${KEY.toString("base64")}`;
const readCookie = (value, keys = "") => use(visit.page, "cookie", { value, keys });

test("reads a cookie, its header and its click's time, and checks its tag", async () => {
  const clickId = "018bcfe5-6800-7abc-8def-0123456789ab"; // 1700000000000 ms
  const signed = core.signCookie({ keyId: "a", key: KEY, code: "k7", clickId, capturedAt: 1_700_000_000 });
  const unchecked = await readCookie(signed);
  assert.deepEqual(Object.values(unchecked.rows), ["k7", "2023-11-14 22:13:20 UTC", `${clickId}\n(2023-11-14 22:13:20 UTC)`]);
  assert.match(unchecked.lines[0], /was not checked/);
  assert.deepEqual((await readCookie(`Cookie: a=b; _refedge=${signed}; c=d`, LINE)).lines, ["Its tag holds: your edge wrote it."]);
  assert.match((await readCookie(signed.replace("k7", "k8"), LINE)).lines[0], /was changed/);
  assert.match((await readCookie(signed, LINE.replace(" a ", " b "))).lines[0], /signed with another key/);
  assert.match((await readCookie(signed, "nonsense")).lines[0], /three parts/);
});

test("reads the script's cookie, and refuses what is none", async () => {
  const { lines, rows } = await readCookie("_refedge_js=1.k7..1700000000");
  assert.match(lines[0], /^It has no tag/);
  assert.match(rows["Click id"], /^none/);
  assert.match((await readCookie("hello")).lines[0], /^cookie does not have the right form/);
  assert.match((await readCookie("2.k7..1")).lines[0], /of a version that this page does not know/);
});

test("nothing was thrown or complained about", () => assert.deepEqual([visit.log.thrown, visit.log.complaints], [[], []]));
