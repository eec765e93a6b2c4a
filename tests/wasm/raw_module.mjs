// A module driven through its exports alone, without the loader.
import { openBoundary } from "../conformance/shared/boundary.mjs";
import { readModule } from "./artefacts.mjs";

export const openModule = (name) => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readModule(name)), {});
  const open = openBoundary(exports);
  const call = (operation, record) => {
    const { status, bytes } = open(operation, record);
    return { status, bytes: Buffer.from(bytes) };
  };
  return { exports, call, memory: () => Buffer.from(exports.memory.buffer) };
};
