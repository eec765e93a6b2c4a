// refedge sign, verify, encrypt, decrypt: output, reasons and exit statuses of the real program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = process.env.REFEDGE_PROGRAM;
assert.ok(program, 'REFEDGE_PROGRAM must name the program: run this through ctest');

const folder = mkdtempSync(join(tmpdir(), 'refedge-cli-'));
after(() => rmSync(folder, { recursive: true }));

const secretKey = 'afd46269f68a4b63b6a926d8bad9f5b5';
const authToken = 'fd7cf959-8a3d-431e-975b-b5d3f36aa710';
const johnDoe = '{"name":"John Doe","email":"john@doe.com"}';
const johnDoeSignature = 'e8ca91ebc4b1d0831086f1d93ce76b9f15fbebf23883dcbf1361194752befb22';

function run(args, { env = {}, input = '' } = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { env, input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const signing = { env: { REFEDGE_SECRET_KEY: secretKey } };
const encrypting = { env: { REFEDGE_AUTH_TOKEN: authToken } };

function secretFile(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function assertRefused(result, command, field, code) {
  assert.equal(result.status, 1);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, new RegExp(`^refedge ${command}: ${field}: .* \\(${code}\\)\\n$`));
}

test('sign prints the signature of the manual', () => {
  const result = run(['sign', '--keys', 'name, email', johnDoe], signing);
  assert.deepEqual(result, { status: 0, stdout: `${johnDoeSignature}\n`, stderr: '' });
});

test('sign reads standard input, with or without a dash', () => {
  for (const args of [['sign', '--keys', 'name,email'], ['sign', '--keys', 'name,email', '-']]) {
    assert.equal(run(args, { ...signing, input: `${johnDoe}\n` }).stdout, `${johnDoeSignature}\n`);
  }
});

test('sign falls back on signed_keys of the object', () => {
  const object = JSON.stringify({ ...JSON.parse(johnDoe), signed_keys: 'name, email' });
  assert.equal(run(['sign', object], signing).stdout, `${johnDoeSignature}\n`);
});

test('sign keeps numbers, nested values and their order as given', async () => {
  const { createHash } = await import('node:crypto');
  const canonical = `{"a":[1.50,{"z":-0,"b":1e2}],"n":12.50,"secret":"${secretKey}"}`;
  const expected = createHash('sha256').update(canonical).digest('hex');
  const object = '{ "n" : 12.50, "a" : [ 1.50, { "z" : -0, "b" : 1e2 } ] }';
  assert.equal(run(['sign', '--keys', 'n,a', object], signing).stdout, `${expected}\n`);
});

test('the secret comes from a file, without its line break', () => {
  for (const ending of ['', '\n', '\r\n']) {
    const path = secretFile('key', secretKey + ending);
    assert.equal(run(['sign', '--keys', 'name,email', '--secret-file', path, johnDoe]).stdout, `${johnDoeSignature}\n`);
  }
});

test('the file ranks before the environment', () => {
  const path = secretFile('key', secretKey);
  const env = { REFEDGE_SECRET_KEY: 'another' };
  assert.equal(run(['sign', '--keys', 'name,email', '--secret-file', path, johnDoe], { env }).stdout, `${johnDoeSignature}\n`);
});

test('a missing, empty, unreadable or endless secret is refused', () => {
  const sign = (args, env = {}) => run(['sign', '--keys', 'name,email', ...args, johnDoe], { env });
  assertRefused(sign([]), 'sign', 'REFEDGE_SECRET_KEY', 'missing_field');
  assertRefused(sign([], { REFEDGE_SECRET_KEY: '' }), 'sign', 'REFEDGE_SECRET_KEY', 'missing_field');
  assertRefused(sign(['--secret-file', secretFile('empty', '\n')]), 'sign', 'REFEDGE_SECRET_KEY', 'missing_field');
  assertRefused(sign(['--secret-file', join(folder, 'absent')]), 'sign', 'secret_file', 'not_found');
  assertRefused(sign(['--secret-file', folder]), 'sign', 'secret_file', 'not_found');
  assertRefused(sign(['--secret-file', '/dev/zero']), 'sign', 'secret_file', 'too_long');
});

test('sign refuses what is no object, and keys that stand twice', () => {
  for (const text of ['[]', '1', '"x"', 'null', '{', '{"a":1}x', '{"a":\u0001}', '{"a":01}']) {
    assertRefused(run(['sign', '--keys', 'a', text], signing), 'sign', 'object', 'invalid_json');
  }
  assertRefused(run(['sign', '--keys', 'a', '{"a":1,"a":2}'], signing), 'sign', 'a', 'duplicate_field');
  assertRefused(run(['sign', '--keys', 'a', '{"a":{"b":1,"b":2}}'], signing), 'sign', 'b', 'duplicate_field');
  assertRefused(run(['sign', '--keys', 'a', '{}'], signing), 'sign', 'a', 'missing_field');
});

test('verify holds for a right signature', () => {
  const object = JSON.stringify({ ...JSON.parse(johnDoe), signed_keys: 'name, email', signature: johnDoeSignature });
  assert.deepEqual(run(['verify', object], signing), { status: 0, stdout: 'the signature holds\n', stderr: '' });
});

test('verify says why it does not hold', () => {
  const signed = { ...JSON.parse(johnDoe), signed_keys: 'name, email', signature: johnDoeSignature };
  const verify = (change) => run(['verify', JSON.stringify({ ...signed, ...change })], signing);
  assertRefused(verify({ name: 'Jane Doe' }), 'verify', 'signature', 'signature_mismatch');
  assertRefused(verify({ signature: undefined }), 'verify', 'signature', 'missing_field');
  assertRefused(verify({ signed_keys: undefined }), 'verify', 'signed_keys', 'missing_field');
  assertRefused(verify({ email: undefined }), 'verify', 'email', 'missing_field');
  assertRefused(verify({ signature: 'abc' }), 'verify', 'signature', 'invalid_field');
});

test('encrypt keeps the bytes as given; --url makes them fit a URL', () => {
  const object = '{"email":"john@doe.com","name":"John Doe","auto":"true"}';
  const bpE = 'xXqWA+4gNXzWJ+RdmPRylfonBLMkpHtAM3ybYHpm7t6YPRCLQvyYwVKoyC9nQic4y3YPTWWICC0p1pEG995WgQ==';
  assert.equal(run(['encrypt', object], encrypting).stdout, `${bpE}\n`);
  assert.equal(run(['encrypt', '--url', object], encrypting).stdout, `${encodeURIComponent(bpE)}\n`);
  assert.equal(run(['decrypt', bpE], encrypting).stdout, `${object}\n`);
  assert.equal(run(['decrypt'], { ...encrypting, input: encodeURIComponent(bpE) }).stdout, `${object}\n`);
});

test('encrypt and decrypt refuse', () => {
  assertRefused(run(['encrypt', '[]'], encrypting), 'encrypt', 'object', 'invalid_json');
  assertRefused(run(['encrypt', '{}'], { env: { REFEDGE_AUTH_TOKEN: 'short' } }), 'encrypt', 'auth_token', 'invalid_key');
  assertRefused(run(['decrypt', 'AAAA'], encrypting), 'decrypt', 'bp_e', 'invalid_ciphertext');
  assertRefused(run(['decrypt', '%'], encrypting), 'decrypt', 'bp_e', 'invalid_percent_encoding');
});

test('standard input has a limit', () => {
  const result = run(['decrypt'], { ...encrypting, input: 'A'.repeat(1024 * 1024 + 1) });
  assertRefused(result, 'decrypt', 'standard input', 'too_long');
});

test('no message repeats the secret or the values', () => {
  const object = JSON.stringify({ ...JSON.parse(johnDoe), signed_keys: 'name, email', signature: '0'.repeat(64) });
  const { stderr } = run(['verify', object], signing);
  for (const text of [secretKey, 'john@doe.com', 'John', johnDoeSignature]) assert.ok(!stderr.includes(text));
});

test('wrong use is 2, help and version are 0', () => {
  for (const args of [[], ['frobnicate'], ['sign', '--frobnicate'], ['sign', '{}', '{}'], ['sign', '--keys']]) {
    const result = run(args, signing);
    assert.equal(result.status, 2, args.join(' '));
    assert.equal(result.stdout, '');
    assert.notEqual(result.stderr, '');
  }
  for (const args of [['--help'], ['sign', '--help'], ['verify', '-h'], ['encrypt', '--help'], ['decrypt', '--help']]) {
    const result = run(args);
    assert.equal(result.status, 0);
    assert.match(result.stdout, /Usage: refedge/);
  }
  assert.match(run(['--version']).stdout, /^refedge \d+\.\d+\.\d+\n$/);
});

// Reference vectors whose operation the program has a command for.
const vectors = fileURLToPath(new URL('../vectors/reference/', import.meta.url));
const commands = {
  build_signature: ([secret, keys, ...fields]) => [['sign', '--keys', keys, objectOf(fields)], { env: { REFEDGE_SECRET_KEY: secret } }],
  verify_signature: ([secret, keys, signature, ...fields]) => [
    ['verify', objectOf(['signed_keys', keys, 's', 'signature', signature, 's', ...fields])],
    { env: { REFEDGE_SECRET_KEY: secret } },
  ],
  encrypt_metadata: ([token, json]) => [['encrypt', json], { env: { REFEDGE_AUTH_TOKEN: token } }],
  decrypt_metadata: ([token, bpE]) => [['decrypt', bpE], { env: { REFEDGE_AUTH_TOKEN: token } }],
};

function objectOf(fields) {
  const object = {};
  for (let i = 0; i < fields.length; i += 3) object[fields[i]] = fields[i + 1];
  return JSON.stringify(object);
}

test('every reference vector that a command can run', () => {
  let count = 0;
  for (const file of readdirSync(vectors)) {
    const { operation, cases } = JSON.parse(readFileSync(join(vectors, file), 'utf8'));
    if (!(operation in commands)) continue;
    for (const { name, in: fields, out } of cases) {
      const expected = operation === 'verify_signature' ? 'the signature holds\n' : `${out}\n`;
      assert.deepEqual(run(...commands[operation](fields)), { status: 0, stdout: expected, stderr: '' }, name);
      count += 1;
    }
  }
  assert.ok(count >= 9, `only ${count} cases`);
});
