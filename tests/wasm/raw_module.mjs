// A module driven through its exports alone, without the loader.
import { openBoundary } from "../conformance/shared/boundary.mjs";
import { numbersOf, readDeclaration } from "../../wasm/tools/declared.mjs";
import { readModule } from "./artefacts.mjs";

const numbers = numbersOf(readDeclaration());

export const openModule = (name) => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readModule(name)), {});
  const open = openBoundary(exports, numbers);
  const call = (operation, record) => {
    const answer = open(operation, record);
    return answer && { status: answer.status, bytes: Buffer.from(answer.bytes) };
  };
  return { exports, call, memory: () => Buffer.from(exports.memory.buffer) };
};
