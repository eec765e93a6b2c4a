// The modules' memory: nothing of a key is left in it, it grows and is used again, and damaged lengths are refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf, readDeclaration } from "../../wasm/tools/declared.mjs";
import { openModule } from "./raw_module.mjs";
import { readVectorFiles } from "./vector_files.mjs";

const declaration = readDeclaration();
const numbers = numbersOf(declaration);
const keyed = new Set(declaration.operations.filter((operation) => operation.keyed).map(({ name }) => name));
const files = readVectorFiles("own").filter(({ operation }) => keyed.has(operation));
const errorNumber = (name) => declaration.errors.indexOf(name);
const record = (...fields) => Buffer.concat(fields.flatMap((field) => {
  const bytes = Buffer.from(field);
  const len = Buffer.alloc(4);
  len.writeUInt32LE(bytes.length);
  return [len, bytes];
}));

// Any eight bytes of a secret in a row would be too many. Pieces that stand in a fresh module ("89abcdef") tell nothing, nor do
// lengths, of which a heap has its own.
const PIECE = 8;
const KEYED_MODULES = Object.keys(declaration.modules).filter((name) => name !== "refedge");
const fresh = Buffer.concat(KEYED_MODULES.map((name) => openModule(name).memory()));
const pieces = (secret) => Array.from({ length: Math.floor(secret.length / PIECE) }, (_, index) =>
  secret.subarray(index * PIECE, (index + 1) * PIECE)).filter((piece) => !piece.includes(0) && !fresh.includes(piece));
const LEAST_SEARCHED = { "refedge-full": 1500, "refedge-server": 1500, "refedge-edge": 150 };
const isLeft = (memory, secret) => pieces(secret).some((piece) => memory.includes(piece));

const KEY = Buffer.from("c0ffee5a1f00d5ecbeef9d7a3b8842e1ad6f17c35099e24b8d01fa67723e4c95", "hex");
const TOKEN = "9b2f64d1-70ce-4a8e-b3d5-e81f0c27a946";
const SECRET = "7f1e0b9ad4c85263e7a90f4d1b6c8e25";
const CALLS = {
  build_signature: [SECRET, record(SECRET, "name", "name", "John Doe", "s")],
  verify_signature: [SECRET, record(SECRET, "name", "0".repeat(64), "name", "John Doe", "s")],
  encrypt_metadata: [TOKEN, record(TOKEN, '{"email":"john@example.com"}')],
  decrypt_metadata: [TOKEN, record(TOKEN, "pDJ00zWB0tfQnn6IwGzuAg==")],
  sign_cookie: [KEY, record("a", KEY, "k7", "", "1700000000")],
  verify_cookie: [KEY, record("1.k7..1700000000.aAAAAAAAAAAAAAAAAAAAAAA", "b", KEY, "a", KEY)],
};

for (const moduleName of ["refedge-full", "refedge-server"]) {
  for (const [operation, [secret, input]] of Object.entries(CALLS)) {
    test(`${moduleName}: ${operation} leaves nothing of its key in memory`, () => {
      const module = openModule(moduleName);
      module.call(operation, input);
      assert.ok(isLeft(module.memory(), Buffer.from(secret)), "the search finds the key before it is wiped");
      module.exports.refedge_wipe();
      assert.equal(isLeft(module.memory(), Buffer.from(secret)), false);
    });
  }

  test(`${moduleName}: what a keyed call makes is wiped with the key`, () => {
    const module = openModule(moduleName);
    const metadata = '{"email":"grace.hopper@example.com","first_name":"Grace"}';
    const { bytes } = module.call("encrypt_metadata", record(TOKEN, metadata));
    module.call("decrypt_metadata", record(TOKEN, bytes));
    module.exports.refedge_wipe();
    assert.equal(isLeft(module.memory(), Buffer.from(metadata)), false);
  });
}

// The whole record is searched for, not only its key: an order or a person has no business there either.
for (const moduleName of KEYED_MODULES) {
  test(`${moduleName}: after every keyed vector and a wipe the memory holds nothing of its record`, () => {
    const module = openModule(moduleName);
    let searched = 0;
    for (const { operation, cases } of files) {
      for (const { name, record: input } of cases) {
        if (module.call(operation, input) === undefined) break;
        module.exports.refedge_wipe();
        const start = input.subarray(0, 1024);
        searched += pieces(start).length;
        assert.equal(isLeft(module.memory(), start), false, `${operation}: ${name}`);
      }
    }
    assert.ok(searched > LEAST_SEARCHED[moduleName], `only ${searched} pieces were searched for`);
  });
}

test("memory grows for a large input, and is used again", () => {
  const { call, memory } = openModule("refedge");
  const large = record("x".repeat(8 << 20));
  assert.equal(call("is_share_code", large).bytes.toString(), "0");
  const grown = memory().length;
  assert.ok(grown > 8 << 20);
  for (let round = 0; round < 50; round += 1) assert.equal(call("capture_ref", record("?ref=k7")).bytes.toString(), "k7");
  assert.equal(call("is_share_code", large).bytes.toString(), "0");
  assert.equal(memory().length, grown);
});

test("ten thousand calls do not make memory grow", () => {
  const { call, memory } = openModule("refedge-full");
  const round = () => call("build_signature", CALLS.build_signature[1]).status;
  assert.equal(round(), 0);
  const before = memory().length;
  for (let count = 0; count < 10_000; count += 1) round();
  assert.equal(memory().length, before);
});

test("a length beyond the reserved area is a record that does not add up", () => {
  const { exports } = openModule("refedge");
  exports.refedge_reserve(16);
  const [status, , len] = new Uint32Array(exports.memory.buffer, exports.refedge_call(numbers.capture_ref, 17), 3);
  assert.deepEqual([status, len], [errorNumber("invalid_record"), 0]);
});

test("an operation without a reserved area answers too", () => {
  const { exports } = openModule("refedge");
  const [status] = new Uint32Array(exports.memory.buffer, exports.refedge_call(numbers.write_json_object, 0), 3);
  assert.equal(status, 0, "the empty record is an object without members");
});

// A stack that overflows would write over the module's constants: no call may come near its end.
const STACK_BYTES = 8192;
const PATTERN = 0xa5;

for (const name of Object.keys(declaration.modules)) {
  test(`${name}.wasm uses at most half of its stack, whatever the vector`, () => {
    const { exports, call } = openModule(name);
    const end = exports.refedge_reserve(0);
    new Uint8Array(exports.memory.buffer, end - STACK_BYTES, STACK_BYTES - 64).fill(PATTERN);
    let ran = 0;
    for (const { operation, cases } of readVectorFiles("own")) {
      for (const { record: input } of cases) ran += call(operation, input) === undefined ? 0 : 1;
    }
    assert.ok(ran > 200, `only ${ran} cases ran`);
    const stack = new Uint8Array(exports.memory.buffer, end - STACK_BYTES, STACK_BYTES);
    const untouched = stack.findIndex((byte) => byte !== PATTERN);
    assert.ok(untouched >= STACK_BYTES / 2, `only ${untouched} of ${STACK_BYTES} bytes are untouched`);
  });
}
