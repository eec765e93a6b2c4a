// Reads tests/vectors and turns every value into hex, so that a client in any language gets the same bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../vectors/', import.meta.url);

/** A value of tests/vectors/README.md as bytes. */
function bytesOf(value) {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (value.hex !== undefined) return Buffer.from(value.hex, 'hex');
  if (value.repeat !== undefined) return Buffer.from(value.repeat[0].repeat(value.repeat[1]), 'utf8');
  return Buffer.concat(value.join.map(bytesOf));
}

const hexOf = (value) => bytesOf(value).toString('hex');

function caseOf(operation, given) {
  return {
    operation,
    name: given.name,
    in: given.in?.map(hexOf),
    want: given.error ? { error: given.error } : { out: [given.out].flat().map(hexOf) },
  };
}

/** All cases of one folder of tests/vectors; `in` is missing where the case is about a damaged record. */
export function readVectors(folder) {
  const path = fileURLToPath(new URL(`${folder}/`, FOLDER));
  const files = readdirSync(path).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const { operation, cases } = JSON.parse(readFileSync(path + name, 'utf8'));
    return cases.map((given) => caseOf(operation, given));
  });
}
