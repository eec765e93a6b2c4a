// A module driven through its exports alone, without the loader.
import { readModule } from "./artefacts.mjs";

export const openModule = (name) => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readModule(name)), {});
  exports._initialize();
  const bytesAt = (at, len) => Buffer.from(new Uint8Array(exports.memory.buffer, at, len));
  const call = (operation, record) => {
    const at = exports.refedge_reserve(record.length);
    new Uint8Array(exports.memory.buffer, at, record.length).set(record);
    const response = exports[`refedge_${operation}`](record.length);
    const [status, data, len] = new Uint32Array(exports.memory.buffer, response, 3);
    return { status, bytes: bytesAt(data, len) };
  };
  return { exports, call, memory: () => Buffer.from(exports.memory.buffer) };
};
