// noble where there is no Buffer, in a page or a worker: Base64 by btoa and atob, UTF-8 by TextDecoder.
import { ecb } from "@noble/ciphers/aes.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { AUTH_TOKEN } from "../inputs.mjs";

const aesKey = utf8ToBytes(AUTH_TOKEN.slice(0, 32));
const decoder = new TextDecoder();

export const name = "noble, btoa";
export const encrypt = (text) => btoa(String.fromCharCode(...ecb(aesKey).encrypt(utf8ToBytes(text))));
export const decrypt = (text) => decoder.decode(ecb(aesKey).decrypt(Uint8Array.from(atob(text), (char) => char.charCodeAt(0))));
