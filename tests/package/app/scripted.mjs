// A page that refuses WebAssembly: the module as JavaScript, bundled as any other.
import { loadCore } from 'refedge';
import * as script from 'refedge/refedge.wasm.js';

const refedge = await loadCore(script);
console.log(refedge.captureRef('?ref=k7'));
