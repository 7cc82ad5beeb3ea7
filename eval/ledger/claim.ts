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

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = Number.isInteger(value)
    ? size.toLocaleString("en")
    : size < 1e-3
    ? size.toExponential(1)
    : size < 1
    ? size.toFixed(4)
    : String(Number(size.toPrecision(5)));
  return value < 0 ? `−${text}` : text;
}

/**
 * Writes a figure for people, e.g. `4,963` or `lrp 0.4312, sa 0.7011`.
 *
 * @param figure The figure.
 * @returns The text.
 */
export function formatMeasured(figure: Measured | null): string {
  if (figure === null) return "–";
  if (typeof figure === "string") return figure;
  if (typeof figure === "number") return formatNumber(figure);
  return Object.entries(figure)
    .map(([name, value]) => `${name} ${typeof value === "number" ? formatNumber(value) : value}`)
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
