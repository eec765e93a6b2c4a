// What a CDN worker does: the modules are compiled before it runs, as such a host compiles them; the suite comes with the request.
import full from "refedge-full.wasm";
import core from "refedge.wasm";
import { instantiate } from "refedge.wasm.js";
import { openBoundary } from "./shared/boundary.mjs";
import { runVectors } from "./shared/runner.mjs";

const ARTEFACTS = {
  "refedge-full.wasm": () => new WebAssembly.Instance(full).exports,
  "refedge.wasm": () => new WebAssembly.Instance(core).exports,
  "refedge.wasm.js": instantiate,
};

export default {
  async fetch(request) {
    const { files, errors, operations } = await request.json();
    const run = (artefact) => {
      const call = openBoundary(ARTEFACTS[artefact]());
      return { artefact, ...runVectors(call, { files, errors, operations: operations[artefact] }) };
    };
    return Response.json(Object.keys(ARTEFACTS).map(run));
  },
};
