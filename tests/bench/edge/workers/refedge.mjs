// Our worker as it is shipped, with links in memory.
import wasm from 'refedge/refedge-edge.wasm';
import { createWorker, MemoryLinks } from 'refedge/worker';
import { readLinks } from './links.mjs';

let worker;
const start = async (env) => {
  const links = new MemoryLinks((await readLinks(env)).values());
  worker = createWorker(wasm, { links });
};

export default {
  fetch(request, env, context) {
    if (worker !== undefined) return worker.fetch(request, env, context);
    return start(env).then(() => worker.fetch(request, env, context));
  },
};
