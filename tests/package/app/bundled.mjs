// A worker-like program that a bundler makes into one file, with the module inside it.
import { loadFull } from 'refedge/full';
import wasm from 'refedge/refedge-full.wasm';

const refedge = await loadFull(wasm);
console.log(refedge.buildSignature({
  secretKey: 'afd46269f68a4b63b6a926d8bad9f5b5',
  signedKeys: 'customer_email, order_number',
  fields: { customer_email: 'john@doe.com', order_number: 'ORDER123' },
}));
