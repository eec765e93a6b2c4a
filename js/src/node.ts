// Everything, ready to use in Node.js: the module is read from beside this file. Where a bundler moves files, take
// "refedge/full" and give loadFull the module in the bundler's own way.
import { readFileSync } from "node:fs";
import { loadFull } from "./full.js";

export * from "./full.js";

/** All operations. They are synchronous and throw RefedgeError. */
export const refedge = await loadFull(readFileSync(new URL("./refedge-server.wasm", import.meta.url)));

/** What a merchant's server uses most, under short names. */
export const {
  buildSignature: sign,
  verifySignature: verify,
  encryptMetadata: encrypt,
  decryptMetadata: decrypt,
  signCookie,
  verifyCookie,
  signWebhook,
  verifyWebhook,
  attribute,
  explainDecision: explain,
} = refedge;
