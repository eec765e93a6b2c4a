import wasm from "refedge/refedge-edge.wasm";
import { createWorker } from "refedge/worker";
import { getDomain } from "tldts";

// The public suffix list says what a cookie's domain may be: shop.co.uk, but not co.uk.
const registrableDomain = (host: string): string | null => getDomain(host, { allowPrivateDomains: true });

export default createWorker(wasm, { registrableDomain });
