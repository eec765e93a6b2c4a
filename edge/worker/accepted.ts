// What of a request the core refuses is nobody's, and no failure.
import { RefedgeError } from "../errors.js";

/** accepted gives what the operation gives; undefined where it throws a RefedgeError. */
export const accepted = <T>(operation: () => T): T | undefined => {
  try {
    return operation();
  } catch (error) {
    if (error instanceof RefedgeError) return undefined;
    throw error;
  }
};
