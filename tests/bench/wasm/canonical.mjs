// The text that a signature is over, as a shop's own JavaScript makes it. Spec: docs/protocol.md#signatures.
// JavaScript sorts by UTF-16 units and the protocol by bytes: the same for keys without surrogate pairs.
export const canonical = (object, signedKeys, secretKey) => {
  const keys = signedKeys.split(",").map((key) => key.trim()).sort();
  let text = "{";
  for (const key of keys) {
    const value = object[key];
    if (value === undefined) throw new Error(`${key}: missing field`);
    text += `${JSON.stringify(key)}:${JSON.stringify(value)},`;
  }
  return `${text}"secret":${JSON.stringify(secretKey)}}`;
};
