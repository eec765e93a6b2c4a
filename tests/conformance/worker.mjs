// What a CDN worker does: the modules are compiled before it runs, as such a host compiles them; the suite comes with the request.
import { ARTEFACTS } from "./artefacts.mjs";
import { openBoundary } from "./shared/boundary.mjs";
import { runVectors } from "./shared/runner.mjs";

const exportsOf = ({ default: module, instantiate }) => instantiate?.() ?? new WebAssembly.Instance(module).exports;

export default {
  async fetch(request) {
    const { files, errors, numbers, operations } = await request.json();
    const run = (artefact) => {
      const call = openBoundary(exportsOf(ARTEFACTS[artefact]), numbers);
      return { artefact, ...runVectors(call, { files, errors, operations: operations[artefact] }) };
    };
    return Response.json(Object.keys(ARTEFACTS).map(run));
  },
};
