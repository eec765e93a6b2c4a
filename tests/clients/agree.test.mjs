// Random and damaged inputs: both clients must answer as refedge's own core does, in value and in error.
import { numbersOf, readDeclaration } from '../../wasm/tools/declared.mjs';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LANGUAGES, answers } from './languages.mjs';
import { SEED, mutate, randomSource, randomText } from './random.mjs';

const numbers = numbersOf(readDeclaration());

const BUILD = process.env.REFEDGE_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));
const CASES = 400;
const TOKEN = 'fd7cf959-8a3d-431e-975b-b5d3f36aa710';
const KEY = Buffer.alloc(32, 'k');
const CLICK_ID = '0192f5a0-7b1c-7def-8123-456789abcdef';

const RAW_VALUES = ['1', '12.50', 'true', 'null', '[1,"x"]', '-3e-7'];
const WEBHOOK_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

let call;
let decodeRecord;
before(async () => {
  const at = (name) => pathToFileURL(`${BUILD}/js/${name}`).href;
  const [{ load }, record] = await Promise.all([import(at('loader.js')), import(at('record.js'))]);
  call = await load(readFile(`${BUILD}/js/refedge-full.wasm`));
  decodeRecord = record.decodeRecord;
});

const RECORDS = new Set(['parse_cookie', 'verify_cookie']);
const hex = (value) => Buffer.from(value).toString('hex');

/** The core's answer to a case, in the form of the clients'. */
function coreAnswer({ operation, in: record }) {
  try {
    const out = call(numbers[operation], record.map((field) => Buffer.from(field, 'hex')), (bytes) => bytes.slice(), true);
    return { out: RECORDS.has(operation) ? decodeRecord(out).map(hex) : [hex(out)] };
  } catch (error) {
    return { error: { code: error.code, field: error.field } };
  }
}

const inHex = ({ operation, in: record }) => ({ operation, in: record.map(hex) });
const inText = ({ operation, in: record }) => ({ operation, in: record.map((field) => Buffer.from(field, 'hex').toString()) });

const core = (operation, record) => coreAnswer({ operation, in: record.map(hex) }).out.map((each) => Buffer.from(each, 'hex').toString());

function signatureCase(random) {
  const keys = ['email', 'name', 'order_number', 'zip', 'é', 'A'].filter(() => random.below(3) > 0);
  const members = keys.flatMap((key) => (random.below(8) ? [key, randomText(random), 's'] : [key, random.pick(RAW_VALUES), 'r']));
  const list = keys.map((key) => `${random.pick(['', ' ', '\t', '  '])}${key}${random.pick(['', ' '])}`).join(',');
  const signedKeys = random.below(5) ? list : mutate(random, list, [' ', ',', 'x', '\n', '\u00a0', '\r', '\v', 'secret']);
  return { operation: 'build_signature', in: [randomText(random, 9) || 's', signedKeys, ...members] };
}

function verificationCase(random) {
  const { in: [secret, signedKeys, ...members] } = signatureCase(random);
  const signed = coreAnswer({ operation: 'build_signature', in: [secret, signedKeys, ...members].map(hex) });
  const right = Buffer.from(signed.out?.[0] ?? '', 'hex').toString();
  const signature = random.below(2) ? right : mutate(random, right, ['0', 'f', 'F', 'g', ' ', '\n']);
  return { operation: 'verify_signature', in: [secret, signedKeys, signature, ...members] };
}

function metadataCase(random) {
  const [bpE] = core('encrypt_metadata', [TOKEN, randomText(random, 12)]);
  const form = random.pick([bpE, encodeURIComponent(bpE), bpE.replaceAll('+', ' '), bpE.replaceAll('=', '')]);
  const alphabet = ['=', '+', '-', '_', '/', ' ', '\n', '\r', '\t', '%', '%3D', '%00', 'é', 'A'];
  return { operation: 'decrypt_metadata', in: [TOKEN, random.below(3) ? mutate(random, form, alphabet) : form] };
}

function cookieCase(random) {
  const clickId = random.pick([CLICK_ID, '']);
  const seconds = String(random.pick([0, 1, 1_700_000_000, 253_402_300_799]));
  const [signed] = core('sign_cookie', ['a', KEY, 'k7', clickId, seconds]);
  const value = random.below(4) ? mutate(random, signed, ['.', '0', '1', '2', 'a', 'A', '-', '_', ' ', 'é', '+', '\n', '\0']) : signed;
  return random.below(2) ? { operation: 'verify_cookie', in: [value, 'a', KEY] } : { operation: 'parse_cookie', in: [value] };
}

function bodyCase(random) {
  const [body, key] = [randomText(random, 12), randomText(random) || 'k'];
  const [right] = core('build_body_signature', [body, key]);
  const signature = random.below(3) ? mutate(random, right, ['=', '+', '-', '_', '/', ' ', '\t', 'A', 'é']) : right;
  return { operation: 'verify_body_signature', in: [body, signature, key] };
}

function webhookCase(random) {
  const [id, body] = [`msg_${random.below(100)}`, randomText(random, 12)];
  const right = core('sign_webhook', [id, '1674087231', body, WEBHOOK_SECRET]).join('');
  const list = random.pick([(entry) => entry, (entry) => `v1a,abc ${entry}`, (entry) => `${entry} ${entry}`])(right);
  const now = String(1_674_087_231 + random.pick([-301, -300, 0, 300, 301]));
  const damage = (text, alphabet) => (random.below(4) ? text : mutate(random, text, alphabet));
  const headers = [damage(id, ['.', ' ', '~', '/', 'é', 'x']), damage('1674087231', ['0', '+', ' ', '9']),
    damage(list, ['v', ',', ' ', '=', '\t', 'é'])];
  const secret = damage(WEBHOOK_SECRET, ['=', '+', '-', '_', ' ', 'A']);
  return { operation: 'verify_webhook', in: [...headers, body, now, '300', secret] };
}

function oauthCase(random) {
  const right = [
    ['http://', 'HTTPS://'], ['API.example.com', '127.0.0.1', '[2001:DB8::1]'], ['', ':80', ':443', ':8080'], ['', '/', '/r/%7e'],
    ['', '?', '?b=2&a=1%20+', '?a&a=&=x', '?x=%C3%A9&x=%c3%a9'],
  ].map((choices) => random.pick(choices)).join('');
  // The inside of an IPv6 address is left whole: the core leaves its grammar to who calls.
  const isDamaged = !right.includes('[') && random.below(3) === 0;
  const url = isDamaged ? mutate(random, right, ['/', ':', '?', '#', '@', '%', ' ', '\n', 'é', '0', '&', '=', '.']) : right;
  const encoded = (most) => encodeURIComponent(randomText(random, most)).replaceAll('%20', '+');
  const form = random.several(4, () => `${encoded(2)}=${encoded(6)}`).join('&');
  const tokens = random.below(2) ? ['', ''] : [`t${random.below(9)}`, randomText(random)];
  return {
    operation: 'sign_oauth_request',
    in: [random.pick(['POST', 'get', 'P T']), url, form, `ck${random.below(9)}`, randomText(random) || 's', ...tokens,
      '1320359829', randomText(random, 3)],
  };
}

const KINDS = {
  signatures: signatureCase, verifications: verificationCase, bp_e: metadataCase, cookies: cookieCase, bodies: bodyCase,
  webhooks: webhookCase, 'OAuth 1.0': oauthCase,
};

for (const [index, [kind, make]] of Object.entries(KINDS).entries()) {
  test(`${kind}: the clients answer as the core does (seed ${SEED})`, async () => {
    const random = randomSource(SEED + index);
    const cases = Array.from({ length: CASES }, () => make(random)).map(inHex);
    const want = cases.map(coreAnswer);
    const accepted = want.filter(({ out }) => out).length;
    assert.ok(accepted > CASES / 10 && accepted < CASES, `${accepted} of ${CASES} are accepted: both sides must be met`);
    for (const language of LANGUAGES) {
      const got = await answers(language, 'run_vectors', cases);
      const told = cases.map((each, i) => ({ language: language.name, ...inText(each), want: want[i], got: got[i] }));
      assert.deepEqual(told.filter((each) => JSON.stringify(each.got) !== JSON.stringify(each.want)), []);
    }
  });
}
