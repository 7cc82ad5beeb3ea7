/** A number for people: four significant digits, a true minus sign is not used. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2);
  return value.toFixed(size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4);
}

/** The same with a sign that is always there. */
export function signed(value: number): string {
  return `${value < 0 || Object.is(value, -0) ? "" : "+"}${shown(value)}`;
}
