// node:crypto: OpenSSL behind Node's bindings.
import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";
import { AUTH_TOKEN, SECRET_KEY } from "../inputs.mjs";

const aesKey = Buffer.from(AUTH_TOKEN.slice(0, 32));

export const name = "node:crypto";
export const sha256 = (text) => createHash("sha256").update(text).digest("hex");
export const hmacSha1 = (text) => createHmac("sha1", SECRET_KEY).update(text).digest("base64");
export const encrypt = (text) => {
  const cipher = createCipheriv("aes-256-ecb", aesKey, null);
  return cipher.update(text, "utf8", "base64") + cipher.final("base64");
};
export const decrypt = (text) => {
  const decipher = createDecipheriv("aes-256-ecb", aesKey, null);
  return decipher.update(text, "base64", "utf8") + decipher.final("utf8");
};
