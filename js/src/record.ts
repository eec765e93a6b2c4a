// Records: how lists of values cross the WASM boundary. Spec: docs/protocol.md#the-wasm-boundary.

/** A value of an object that is signed or sent: a string, or whatever JSON.stringify can write. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue | undefined };

export type RecordField = string | Uint8Array;

const LENGTH_BYTES = 4;
const encoder = new TextEncoder();
// Without ignoreBOM a value that starts with U+FEFF would lose it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes);

const toBytes = (field: RecordField): Uint8Array => (typeof field === "string" ? encoder.encode(field) : field);

// encodeRecord calls `reserve` with the record's length once it is known, and writes the record into what it returns. The bytes
// it makes on the way are overwritten when the record carries a key.
export const encodeRecord = (fields: readonly RecordField[], keyed: boolean, reserve: (len: number) => Uint8Array): number => {
  const parts = fields.map(toBytes);
  const len = parts.reduce((sum, part) => sum + LENGTH_BYTES + part.length, 0);
  const area = reserve(len);
  const view = new DataView(area.buffer, area.byteOffset, len);
  let at = 0;
  parts.forEach((part, index) => {
    view.setUint32(at, part.length, true);
    area.set(part, at + LENGTH_BYTES);
    at += LENGTH_BYTES + part.length;
    if (keyed && typeof fields[index] === "string") part.fill(0);
  });
  return len;
};

// decodeRecord splits what an operation returns as a record into its fields.
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

// objectFields turns an object into record fields, three a member: key, value, kind. A member that is undefined is left out, as
// JSON.stringify leaves it out.
export const objectFields = (object: JsonObject): RecordField[] =>
  Object.entries(object).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return typeof value === "string" ? [key, value, "s"] : [key, JSON.stringify(value), "r"];
  });

// decimal writes a number as the core reads it; a number that is no whole one is left for the core to refuse.
export const decimal = (value: number): string => (Number.isSafeInteger(value) ? value.toFixed(0) : String(value));

export const optionalDecimal = (value: number | undefined): string => (value === undefined ? "" : decimal(value));

export const optionalNumber = (text: string): number | undefined => (text === "" ? undefined : Number(text));
