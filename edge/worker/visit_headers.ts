// The headers of a visit that the core looks at; absent ones are empty.

export const headerOf = (headers: Headers, name: string): string => headers.get(name) ?? "";

/** Of Purpose and the X-Purpose of old Safari the verdict takes either. */
export const purposeOf = (headers: Headers): string => headers.get("purpose") ?? headers.get("x-purpose") ?? "";
