// Answers records with what the WebAssembly modules make of them: [name][record] on stdin, each behind its length, and
// status, length and bytes on stdout. What several modules can do they must do alike.
import { readSync, writeSync } from "node:fs";
import { readDeclaration } from "../../../wasm/tools/declared.mjs";
import { openModule } from "../../wasm/raw_module.mjs";

const modules = Object.keys(readDeclaration().modules).map(openModule);

function readBytes(size) {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; ) {
    const got = readSync(0, bytes, at, size - at);
    if (got === 0) process.exit(0);
    at += got;
  }
  return bytes;
}

const readField = () => readBytes(readBytes(4).readUInt32LE());

function writeResponse({ status, bytes }) {
  const answer = Buffer.allocUnsafe(8 + bytes.length);
  answer.writeUInt32LE(status, 0);
  answer.writeUInt32LE(bytes.length, 4);
  bytes.copy(answer, 8);
  for (let at = 0; at < answer.length; ) at += writeSync(1, answer, at);
}

function answer(operation, record) {
  const [response, ...others] = modules.map((module) => module.call(operation, record)).filter((given) => given !== undefined);
  for (const other of others) {
    if (other.status !== response.status || !other.bytes.equals(response.bytes)) {
      throw new Error(`${operation}: the modules disagree: ${response.status} and ${other.status}`);
    }
  }
  return response;
}

while (true) {
  const operation = readField().toString();
  writeResponse(answer(operation, readField()));
}
