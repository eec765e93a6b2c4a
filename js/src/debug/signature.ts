// What a page can say of a signature without the secret: which fields are signed, and the text whose hash it must be. Spec:
// docs/protocol.md#signatures.
import { code, facts, paragraph, type Content } from "./dom.js";

export type Fields = Readonly<Record<string, unknown>>;

const PLACE = "<your secret key>";

const bytesOf = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
const byBytes = (one: string, other: string): number => (bytesOf(one) < bytesOf(other) ? -1 : 1);

const keysOf = (fields: Fields): string[] => String(fields["signed_keys"]).split(",").map((key) => key.trim());

/** The signed fields as canonical JSON, in the order in which they are hashed, with a place for the secret. */
export const canonical = (fields: Fields): string => {
  const members = keysOf(fields).filter((key) => key in fields).sort(byBytes).map((key) => [key, fields[key]]);
  return JSON.stringify({ ...Object.fromEntries(members), secret: PLACE });
};

/** The explanation of one order's signature. */
export const explainSignature = (fields: Fields): Content[] => {
  if (fields["signed_keys"] === undefined) {
    return [paragraph("It is not signed. Anybody can make such an order up: sign orders on your server, and let your market refuse the others.")];
  }
  return [
    facts([["Signed fields", keysOf(fields).join(", ")], ["Signature sent", String(fields["signature"])]]),
    paragraph("It must be the SHA-256, in hexadecimal, of exactly this text, with your secret key in its place. The secret is on your server alone, so no "
      + "page can check it: compare what your server hashes with this, byte for byte. Slashes and letters like é stand as they are."),
    code(canonical(fields), "The text to hash"),
  ];
};
