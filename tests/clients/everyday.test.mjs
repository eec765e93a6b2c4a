// What a merchant's program does with the clients that is no operation of the vectors.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { LANGUAGES, answers } from './languages.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const SECRET = 'afd46269f68a4b63b6a926d8bad9f5b5';

const EXPECTED = {
  opened: { email: 'zoë@shop.example', name: 'Zoë O/Neil', auto: 'true' },
  array: 'bp_e: invalid_ciphertext',
  'no json': 'bp_e: invalid_ciphertext',
  nested: sha256(`{"a":[1,null,true,{"b":"x/é"}],"n":12.50,"secret":"${SECRET}"}`),
  float: 'order_value: invalid_field',
  'no literal': 'order_value: invalid_field',
  required: '351381bad6a8c4c3ca0baff383bf64b5248e6ba467314b88c84e3d5e9c91da33',
  'not required': 'signed_keys: invalid_field',
  rings: { m1: ['b', 'a'], m2: ['c'] },
  'bad ring': 'cookie_key: invalid_key',
  'bad key': 'cookie_key: invalid_key',
  cookie: `1.k7..5.b${createHmac('sha256', KEY).update('1.k7..5').digest().subarray(0, 16).toString('base64url')}`,
  'secrets shown': false,
  'nonces differ': true,
};

for (const language of LANGUAGES) {
  test(`${language.name}: everyday use`, async () => {
    const [{ url, ...said }] = await answers(language, 'run_everyday', [{}]);
    assert.match(url, /^[A-Za-z0-9%]+$/);
    assert.deepEqual(said, EXPECTED);
  });
}
