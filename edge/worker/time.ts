// Times as nginx writes them: "400d", "1h30m", "500ms"; a bare number is seconds.
const UNITS: readonly (readonly [string, number])[] = [
  ["y", 365 * 86_400_000], ["M", 30 * 86_400_000], ["w", 7 * 86_400_000], ["d", 86_400_000], ["h", 3_600_000], ["m", 60_000],
  ["s", 1000], ["ms", 1],
];
const SHAPE = new RegExp(`^${UNITS.map(([unit]) => `(?:(\\d{1,15})${unit})?`).join(" ?")}$`);

/** parseTime gives milliseconds, or undefined for what is no time. */
export const parseTime = (text: string): number | undefined => {
  const parts = SHAPE.exec(/^\d+$/.test(text) ? `${text}s` : text)?.slice(1);
  if (parts === undefined || parts.every((part) => part === undefined)) return undefined;
  const ms = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (UNITS[index]?.[1] ?? 0), 0);
  return Number.isSafeInteger(ms) ? ms : undefined;
};
