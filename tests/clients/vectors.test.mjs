// The merchants' clients, written from docs/protocol.md alone, must give every byte and every error of tests/vectors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, answers } from './languages.mjs';
import { readVectors } from './vectors.mjs';

// The operations that a merchant's server has a use for.
const OPERATIONS = new Set(['write_json_object', 'build_signature', 'verify_signature', 'encrypt_metadata',
  'decrypt_metadata', 'build_cookie', 'parse_cookie', 'sign_cookie', 'verify_cookie', 'build_body_signature',
  'verify_body_signature', 'verify_webhook', 'sign_oauth_request', 'build_oauth_base_string']);

// How many fields stand before the members (key, value, kind) in the operations that take an object.
const MEMBERS_FROM = { write_json_object: 0, build_signature: 2, verify_signature: 3 };

/** Why a case cannot be put to a client at all, or undefined. */
function unsayable({ operation, in: record, want }) {
  if (operation === 'verify_webhook' && ['now', 'tolerance_seconds'].includes(want.error?.field)) return 'the clock and the tolerance are numbers';
  if (operation === 'build_oauth_base_string' && want.error && !['url', 'method'].includes(want.error.field)) return 'the client gets pairs';
  if (!record) return 'a damaged record: only the C ABI has records';
  const from = MEMBERS_FROM[operation];
  if (from === undefined) return undefined;
  const members = record.slice(from);
  if (members.some((field, i) => i % 3 === 2 && !['73', '72'].includes(field))) return 'a kind that only the C ABI has';
  const keys = members.filter((_, i) => i % 3 === 0);
  if (operation !== 'write_json_object' && new Set(keys).size < keys.length) return 'a map cannot hold a key twice';
  return undefined;
}

const wanted = (folder) => readVectors(folder).filter(({ operation }) => OPERATIONS.has(operation));

// What the files hold today; more is welcome, fewer means that cases got lost.
const AT_LEAST = { reference: 9, own: 362, rfc: 3 };
const FOLDERS = Object.keys(AT_LEAST);

for (const language of LANGUAGES) {
  for (const folder of FOLDERS) {
    test(`${language.name}: vectors in ${folder}`, async () => {
      const cases = wanted(folder).filter((each) => unsayable(each) === undefined);
      assert.ok(cases.length >= AT_LEAST[folder], `${cases.length} cases, at least ${AT_LEAST[folder]} expected`);
      const got = await answers(language, 'run_vectors', cases.map(({ operation, in: record }) => ({ operation, in: record })));
      assert.equal(got.length, cases.length, 'one answer for each case');
      const wrong = cases.flatMap(({ operation, name, want }, i) =>
        (JSON.stringify(got[i]) === JSON.stringify(want) ? [] : [{ operation, name, want, got: got[i] }]));
      assert.deepEqual(wrong, []);
      console.log(`${language.name}: ${cases.length} cases of ${folder}`);
    });
  }
}

test('what a client cannot be told is a small part', () => {
  const all = FOLDERS.flatMap(wanted);
  const left = all.filter((each) => unsayable(each) !== undefined);
  assert.ok(left.length * 10 < all.length, `${left.length} of ${all.length} cases are left out`);
  assert.deepEqual(new Set(all.map(({ operation }) => operation)), OPERATIONS);
});
