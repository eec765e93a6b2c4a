// The runner that all JavaScript hosts share: every case of every vector file whose operation the artefact has.
import { readCase } from "./values.mjs";

const MAX_REPORTED = 20;
const decoder = new TextDecoder();

const areEqual = (left, right) => left.length === right.length && left.every((byte, index) => byte === right[index]);
const show = (code, bytes) => JSON.stringify([code, decoder.decode(bytes.subarray(0, 200))]);

// What went wrong, or undefined. A trap is a failure of its case; the next case has the same instance.
const failureOf = (call, errors, operation, { record, code, response }) => {
  try {
    const { status, bytes } = call(operation, record);
    if (errors[status] === code && areEqual(bytes, response)) return undefined;
    return `gave ${show(errors[status], bytes)}, not ${show(code, response)}`;
  } catch (error) {
    return `threw ${error}`;
  }
};

/**
 * runVectors takes call(operation, record) and a suite {files, operations, errors}, and gives {totals, failed, failures}: how many
 * cases of each operation ran, how many failed, and what the first of them gave.
 */
export const runVectors = (call, { files, operations, errors }) => {
  const result = { totals: {}, failed: 0, failures: [] };
  const runCase = (operation, entry) => {
    const read = readCase(entry);
    const failure = failureOf(call, errors, operation, read);
    result.totals[operation] = (result.totals[operation] ?? 0) + 1;
    if (failure === undefined) return;
    result.failed += 1;
    if (result.failures.length < MAX_REPORTED) result.failures.push(`${operation}: ${read.name}: ${failure}`);
  };
  for (const { operation, cases } of files) {
    if (operations.includes(operation)) for (const entry of cases) runCase(operation, entry);
  }
  return result;
};
