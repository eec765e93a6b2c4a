// What is asked for again and again, and dear to look up.

/** remembering gives what `find` gives, and asks it only when the key is another than the last time. */
export const remembering = <Value>(find: (key: string) => Value): ((key: string) => Value) => {
  let last: { readonly key: string; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: find(key) };
    return last.value;
  };
};
