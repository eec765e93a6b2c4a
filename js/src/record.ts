// Records: how lists of values cross the WASM boundary. Spec: docs/protocol.md#the-wasm-boundary.

/** A value of an object that is signed or sent: a string, or whatever JSON.stringify can write. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue | undefined };

export type RecordField = string | Uint8Array;

const LENGTH_BYTES = 4;
const MAX_BYTES_A_UNIT = 3;
const SHORT = 32;
const encoder = new TextEncoder();
// Without ignoreBOM a value that starts with U+FEFF would lose it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes);

/** maxLength is how long the record of the fields can be: UTF-8 has up to three bytes for each unit of UTF-16. */
export const maxLength = (fields: readonly RecordField[]): number => {
  let len = 0;
  for (const field of fields) {
    // What comes from a request may be anything; its length must not be believed.
    if (typeof field !== "string" && !ArrayBuffer.isView(field)) throw new TypeError("a value is neither text nor bytes");
    len += LENGTH_BYTES + (typeof field === "string" ? field.length * MAX_BYTES_A_UNIT : field.byteLength);
  }
  return len;
};

// Writes a text that is all ASCII and tells how long it is, or -1 at the first character that is not.
const writeAscii = (text: string, bytes: Uint8Array, at: number): number => {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return -1;
    bytes[at + i] = unit;
  }
  return text.length;
};

// An encoder's call costs more than a short text.
const writeText = (text: string, bytes: Uint8Array, at: number): number => {
  const len = text.length > SHORT ? -1 : writeAscii(text, bytes, at);
  return len < 0 ? encoder.encodeInto(text, bytes.subarray(at)).written : len;
};

const writeField = (field: RecordField, bytes: Uint8Array, at: number): number => {
  if (typeof field === "string") return writeText(field, bytes, at);
  bytes.set(field, at);
  return field.byteLength;
};

/** writeRecord writes the record of the fields at `start` of a memory, where there must be room, and returns its length. */
export const writeRecord = (fields: readonly RecordField[], bytes: Uint8Array, view: DataView, start: number): number => {
  let at = start;
  for (const field of fields) {
    const len = writeField(field, bytes, at + LENGTH_BYTES);
    view.setUint32(at, len, true);
    at += LENGTH_BYTES + len;
  }
  return at - start;
};

/** decodeRecord splits what an operation returns as a record into its fields. */
export const decodeRecord = (record: Uint8Array): string[] => {
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const fields: string[] = [];
  for (let at = 0; at < record.length; ) {
    const end = at + LENGTH_BYTES + view.getUint32(at, true);
    fields.push(decodeText(record.subarray(at + LENGTH_BYTES, end)));
    at = end;
  }
  return fields;
};

/**
 * objectFields adds an object's members to record fields, three a member: key, value, kind. A member that is undefined is left
 * out, as JSON.stringify leaves it out.
 */
export const objectFields = (object: JsonObject, fields: RecordField[] = []): RecordField[] => {
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (typeof value === "string") fields.push(key, value, "s");
    else if (value !== undefined) fields.push(key, JSON.stringify(value), "r");
  }
  return fields;
};

// decimal writes a number as the core reads it; a number that is no whole one is left for the core to refuse.
export const decimal = (value: number): string => (Number.isSafeInteger(value) ? value.toFixed(0) : String(value));

export const optionalDecimal = (value: number | undefined): string => (value === undefined ? "" : decimal(value));

export const optionalNumber = (text: string): number | undefined => (text === "" ? undefined : Number(text));
