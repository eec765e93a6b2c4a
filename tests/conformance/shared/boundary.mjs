// An instance of a module driven through its exports alone, without the loader. Spec: docs/protocol.md#the-wasm-boundary.
const RESPONSE_BYTES = 12;

/**
 * openBoundary takes what an instance exports and the operations' numbers by their names, and gives call(operation, record) ->
 * {status, bytes}; undefined where the module has no such operation.
 */
export const openBoundary = (exports, numbers) => {
  exports._initialize();
  return (operation, record) => {
    const at = exports.refedge_reserve(record.length);
    new Uint8Array(exports.memory.buffer, at, record.length).set(record);
    const response = exports.refedge_call(numbers[operation], record.length);
    if (response === 0) return undefined;
    // The memory is looked at after the call: a call that makes it grow gives it another buffer.
    const view = new DataView(exports.memory.buffer, response, RESPONSE_BYTES);
    const [status, data, len] = [0, 4, 8].map((offset) => view.getUint32(offset, true));
    return { status, bytes: new Uint8Array(exports.memory.buffer, data, len).slice() };
  };
};
