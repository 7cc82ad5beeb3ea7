import { formatNumber } from "../numbers/format_number.ts";

/** A number, a text, or the two ends of an interval. */
export type Figure = number | string | readonly [low: number, high: number];

/** What was measured: a number, a text, or several named figures. */
export type Measured = number | string | Readonly<Record<string, Figure>>;

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

/** `standardError` as `standard error`. */
const inWords = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function formatFigure(figure: Figure): string {
  if (typeof figure === "string") return figure;
  return typeof figure === "number" ? formatNumber(figure) : figure.map(formatNumber).join(" to ");
}

/**
 * Writes what was measured for people, e.g. `4,963` or `lrp 0.4312, sa 0.7011`.
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
 * assertEquals(formatMeasured({ lrp: 0.43121, sa: 1.2e-7 }), "lrp 0.4312, sa 1.200·10⁻⁷");
 * assertEquals(formatMeasured({ interval: [-0.1, 2] }), "interval −0.1000 to 2");
 * ```
 */
export function formatMeasured(figure: Measured | null): string {
  if (figure === null) return "–";
  if (typeof figure !== "object") return formatFigure(figure);
  return Object.entries(figure)
    .map(([name, value]) => `${inWords(name)} ${formatFigure(value)}`)
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
