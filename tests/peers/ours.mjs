// Our side: the full module through the npm package, and the program.
import { artefact, importBuilt, readModule } from "../wasm/artefacts.mjs";
import { run } from "./peer.mjs";

const { loadFull } = await importBuilt("full.js");
export const full = await loadFull(readModule("refedge-full"));

/** program runs a command of build/bin/refedge; the secret goes in by the environment. */
export const program = (command, options, env, input) => {
  const refedge = { name: "refedge", command: [artefact("bin/refedge"), command, ...options], packages: "run script/build", env };
  return run(refedge, input).toString().replace(/\n$/, "");
};
