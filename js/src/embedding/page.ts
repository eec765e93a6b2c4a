// What the script reads of the page it runs in.

const SHARE_CODE = /^[\w-]{1,32}$/;

export const queryParam = (name: string): string | null => new URLSearchParams(location.search).get(name);

/** The share-link code in the page's `?ref=`, if there is one. Spec: docs/protocol.md#ref. */
export const pageRef = (): string | undefined => {
  const ref = queryParam("ref");
  return ref !== null && SHARE_CODE.test(ref) ? ref : undefined;
};

/** complain tells the page's developer what is wrong. Values stay out of it: a console may be recorded. */
export const complain = (...what: readonly unknown[]): void => console.error("refedge:", ...what);
