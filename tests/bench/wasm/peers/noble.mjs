// @noble/hashes and @noble/ciphers, their keys encoded once; Base64 and UTF-8 by Node's Buffer, which is faster than anything
// that the libraries bring along.
import { ecb } from "@noble/ciphers/aes.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 as hash } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { AUTH_TOKEN, SECRET_KEY } from "../inputs.mjs";

const secretKey = utf8ToBytes(SECRET_KEY);
const aesKey = utf8ToBytes(AUTH_TOKEN.slice(0, 32));
const bufferOf = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

export const name = "noble";
export const sha256 = (text) => bytesToHex(hash(utf8ToBytes(text)));
export const hmacSha1 = (text) => bufferOf(hmac(sha1, secretKey, utf8ToBytes(text))).toString("base64");
export const encrypt = (text) => bufferOf(ecb(aesKey).encrypt(utf8ToBytes(text))).toString("base64");
export const decrypt = (text) => bufferOf(ecb(aesKey).decrypt(Buffer.from(text, "base64"))).toString();
