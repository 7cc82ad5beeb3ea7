/** What was measured: a number, a text, or several named ones. */
export type Measured = number | string | Readonly<Record<string, number | string>>;

/** A checkable statement of a publication, and what came of checking it. */
export interface Claim {
  /** A stable name, e.g. `accuracy.test`. */
  readonly id: string;
  /** The statement, in one sentence. */
  readonly claim: string;
  /** What the publication says; null where it gives no figure. */
  readonly paper: number | string | null;
  /** What was measured here. */
  readonly ours: Measured | null;
  /** Whether the statement holds here; null where it was not checked. */
  readonly pass: boolean | null;
}

/** A claim that was not checked, and why. */
export function unchecked(
  id: string,
  claim: string,
  paper: number | string | null,
  why: string,
): Claim {
  return { id, claim, paper, ours: why, pass: null };
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A small or large number as `8.3 · 10⁻⁸`. */
function scientific(value: number): string {
  const [digits, exponent] = value.toExponential(1).split("e") as [string, string];
  const raised = exponent.replace("+", "").replace("-", "⁻")
    .replaceAll(/\d/g, (digit) => superscripts[Number(digit)]!);
  return `${digits} · 10${raised}`;
}

/**
 * Writes a number for people: thousands separated, small ones with a power of ten.
 *
 * @param value The number.
 * @returns The text, with a typographic minus; a dash for what is not finite.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = Number.isInteger(value)
    ? size.toLocaleString("en")
    : size < 1e-3
    ? scientific(size)
    : size < 1
    ? size.toFixed(4)
    : String(Number(size.toPrecision(5)));
  return value < 0 ? `−${text}` : text;
}

/** `standardError` as `standard error`. */
const inWords = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * Writes a figure for people, e.g. `4,963` or `lrp 0.4312, sa 0.7011`.
 *
 * @param figure The figure.
 * @returns The text.
 *
 * @example
 * ```ts
 * import { formatMeasured } from "@heatword/eval/claims";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatMeasured(4963), "4,963");
 * assertEquals(formatMeasured({ lrp: 0.43121, sa: 1.2e-7 }), "lrp 0.4312, sa 1.2 · 10⁻⁷");
 * ```
 */
export function formatMeasured(figure: Measured | null): string {
  if (figure === null) return "–";
  if (typeof figure === "string") return figure;
  if (typeof figure === "number") return formatNumber(figure);
  return Object.entries(figure)
    .map(([name, value]) =>
      `${inWords(name)} ${typeof value === "number" ? formatNumber(value) : value}`
    )
    .join(", ");
}

/**
 * Says in a word whether a claim holds.
 *
 * @param claim The claim.
 * @returns `holds`, `fails` or `not checked`.
 */
export function verdict({ pass }: Pick<Claim, "pass">): string {
  return pass === null ? "not checked" : pass ? "holds" : "fails";
}
