// Values, records and cases of tests/vectors, with nothing but the language, so that pages and workers read them too. The format is
// in tests/vectors/README.md.
const LENGTH_BYTES = 4;
const encoder = new TextEncoder();

export const concat = (parts) => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const valueBytes = (value) => {
  if (typeof value === "string") return encoder.encode(value);
  if ("hex" in value) return fromHex(value.hex);
  if ("repeat" in value) return concat(Array(value.repeat[1]).fill(valueBytes(value.repeat[0])));
  if ("join" in value) return concat(value.join.map(valueBytes));
  throw new Error(`a value of no known form: ${JSON.stringify(value)}`);
};

const prefixed = (bytes) => {
  const field = new Uint8Array(LENGTH_BYTES + bytes.length);
  new DataView(field.buffer).setUint32(0, bytes.length, true);
  field.set(bytes, LENGTH_BYTES);
  return field;
};

export const recordOf = (fields) => concat(fields.map((field) => prefixed(valueBytes(field))));

/** readCase gives a case as bytes: {name, record, code, response}. The response of an error is the name of the field at fault. */
export const readCase = ({ name, in: fields, record, out, error }) => ({
  name,
  record: fields === undefined ? valueBytes(record) : recordOf(fields),
  code: error?.code ?? "ok",
  response: error ? encoder.encode(error.field) : Array.isArray(out) ? recordOf(out) : valueBytes(out),
});
