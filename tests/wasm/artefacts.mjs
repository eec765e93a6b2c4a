// Where the built artefacts are: build/, or the folder that REFEDGE_BUILD names.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const BUILD = resolve(process.env.REFEDGE_BUILD ?? `${ROOT}build`);

/** artefact gives the path of a file of the build, or fails saying how to make it. */
export const artefact = (path) => {
  const file = `${BUILD}/${path}`;
  if (!existsSync(file)) throw new Error(`${file} is missing: run script/build, or set REFEDGE_BUILD`);
  return file;
};

export const readModule = (name) => readFileSync(artefact(`wasm/${name}.wasm`));

/** importBuilt imports a module of the built npm package. */
export const importBuilt = (name) => import(artefact(`js/${name}`));
