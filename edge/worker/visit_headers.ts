/** Of Purpose and the X-Purpose of old Safari the verdict takes either. */
export const purposeOf = (headers: Headers): string => headers.get("purpose") ?? headers.get("x-purpose") ?? "";
