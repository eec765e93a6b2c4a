// RefedgeError is what the core refuses an input with.
import { ERRORS } from "./core_exports.js";

export type ErrorCode = (typeof ERRORS)[number];

export class RefedgeError extends Error {
  /** Why: one name of a closed list, e.g. "missing_field". */
  readonly code: ErrorCode;
  /** Which field of the input it is about; "" when the input is one value. Never the field's value. */
  readonly field: string;

  constructor(code: ErrorCode, field: string) {
    super(field === "" ? code.replaceAll("_", " ") : `${field}: ${code.replaceAll("_", " ")}`);
    this.name = "RefedgeError";
    this.code = code;
    this.field = field;
  }
}
