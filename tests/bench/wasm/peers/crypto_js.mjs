// crypto-js, its keys parsed once.
import CryptoJS from "crypto-js";
import { AUTH_TOKEN, SECRET_KEY } from "../inputs.mjs";

const { AES, HmacSHA1, SHA256, enc, mode } = CryptoJS;
const secretKey = enc.Utf8.parse(SECRET_KEY);
const aesKey = enc.Utf8.parse(AUTH_TOKEN.slice(0, 32));
const ecb = { mode: mode.ECB };

export const name = "crypto-js";
export const sha256 = (text) => SHA256(text).toString();
export const hmacSha1 = (text) => HmacSHA1(text, secretKey).toString(enc.Base64);
export const encrypt = (text) => AES.encrypt(text, aesKey, ecb).toString();
export const decrypt = (text) => AES.decrypt(text, aesKey, ecb).toString(enc.Utf8);
