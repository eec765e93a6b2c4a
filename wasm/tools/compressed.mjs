// How many bytes something is on its way to a browser: brotli -q 11.
import { brotliCompressSync, constants } from "node:zlib";

const OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

export const compressed = (bytes) => brotliCompressSync(bytes, OPTIONS).length;
