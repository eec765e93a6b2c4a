// The vector files of one folder, read as tests/conformance reads them, with Buffers.
import { readdirSync, readFileSync } from "node:fs";
import { readCase } from "../conformance/shared/values.mjs";
import { ROOT } from "./artefacts.mjs";

const withBuffers = ({ record, response, ...rest }) => ({ ...rest, record: Buffer.from(record), response: Buffer.from(response) });

/** readVectorFiles gives every file of a folder of tests/vectors as {file, operation, keyed, cases}. */
export const readVectorFiles = (folder) =>
  readdirSync(`${ROOT}tests/vectors/${folder}`).filter((name) => name.endsWith(".json")).sort().map((name) => {
    const { operation, keyed, cases } = JSON.parse(readFileSync(`${ROOT}tests/vectors/${folder}/${name}`, "utf8"));
    return { file: `${folder}/${name}`, operation, keyed, cases: cases.map((entry) => withBuffers(readCase(entry))) };
  });
