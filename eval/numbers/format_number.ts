const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** How many significant digits there are. */
const DIGITS = 4;

/** Positive numbers below this, and from this on, are written with powers of ten. */
const [SMALL, LARGE] = [1e-3, 1e6];

/** A small or large number as `8.312·10⁻⁸`. */
function scientific(size: number): string {
  const [digits, exponent] = size.toExponential(DIGITS - 1).split("e") as [string, string];
  const raised = exponent.replace("+", "").replace("-", "⁻")
    .replaceAll(/\d/g, (digit) => superscripts[Number(digit)]!);
  return `${digits}·10${raised}`;
}

function formatSize(size: number): string {
  if (Number.isSafeInteger(size)) return size.toLocaleString("en");
  if (size < SMALL || size >= LARGE) return scientific(size);
  if (size >= 10 ** (DIGITS - 1)) return Math.round(size).toLocaleString("en");
  return size.toPrecision(DIGITS).replace(/^1000$/, "1,000");
}

/**
 * Writes a number for people, in every format and on every page: four significant digits, whole
 * numbers in full with thousands separated, fractions below 0.001 and from a million up with a power
 * of ten.
 *
 * @param value The number.
 * @returns The text, with a typographic minus; a dash for what is not finite.
 *
 * @example
 * ```ts
 * import { formatNumber } from "@heatword/eval/numbers";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.43121, -2, 12_345.6].map(formatNumber), ["0.4312", "−2", "12,346"]);
 * assertEquals(formatNumber(1.2e-7), "1.200·10⁻⁷");
 * ```
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return `${value < 0 ? "−" : ""}${formatSize(Math.abs(value))}`;
}

/**
 * Writes a number as {@linkcode formatNumber} does, with a plus before positive ones.
 *
 * @param value The number.
 * @returns The text, e.g. `+0.4312`, `−2` or `0`.
 */
export function formatSigned(value: number): string {
  return `${value > 0 && Number.isFinite(value) ? "+" : ""}${formatNumber(value)}`;
}
