// What a merchant's server does for a referral campaign: two short functions, written from the manual.
import { createDecipheriv, createHash } from "node:crypto";

// sign: SHA-256 of the signed keys in alphabetical order, then the secret key, as compact JSON.
export const sign = (values, secretKey) => {
  const sorted = Object.fromEntries(Object.keys(values).sort().map((key) => [key, values[key]]));
  const json = JSON.stringify({ ...sorted, secret: secretKey });
  return createHash("sha256").update(json, "utf8").digest("hex");
};

// readMetadata: who sent this visitor, from the `bp_e` of a share link's destination; null where it says nothing.
// AES-ECB proves nothing about its sender: use the answer to fill a page with, never to decide anything.
export const readMetadata = (bpE, authToken) => {
  if (!bpE || bpE.length > 32768) return null;
  try {
    const decipher = createDecipheriv("aes-256-ecb", authToken.slice(0, 32), "");
    const decrypted = decipher.update(bpE, "base64", "utf8") + decipher.final("utf8");
    const metadata = JSON.parse(decrypted);
    return metadata !== null && typeof metadata === "object" ? metadata : null;
  } catch {
    return null; // another key, cut short, or made up: the page is shown without a greeting
  }
};
