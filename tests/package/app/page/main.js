// A page that Vite builds: it reads the share-link code of its own address.
import { loadCore } from 'refedge';
import wasm from 'refedge/refedge.wasm?url';

const refedge = await loadCore(fetch(wasm));
const payload = refedge.buildTrackPayload({
  order_number: 'ORDER123', customer_email: 'jane@mail.example', market: 'demo', ref: refedge.captureRef(location.search),
});
document.getElementById('said').textContent = payload;
