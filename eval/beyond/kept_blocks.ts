import { readFile, writeFileAtomically } from "@heatword/core/files";
import type { DocumentEvaluation } from "../corpus/evaluate_document.ts";

/** An evaluation as it is kept. */
interface Kept {
  readonly label: number;
  readonly prediction: number;
  readonly words: number;
  /** Residuals; null for explainers that promise no sum. */
  readonly residuals: readonly (number | null)[];
  /** A digit for each flag. */
  readonly flags?: string;
}

function toKept({ label, prediction, words, residuals, flags }: DocumentEvaluation): Kept {
  return {
    label,
    prediction,
    words,
    residuals: Array.from(residuals, (value) => Number.isNaN(value) ? null : value),
    ...(flags && { flags: flags.join("") }),
  };
}

function fromKept({ residuals, flags, ...rest }: Kept): DocumentEvaluation {
  return {
    ...rest,
    scores: new Float64Array(),
    residuals: Float64Array.from(residuals, (value) => value ?? NaN),
    ...(flags !== undefined && { flags: Uint8Array.from(flags, Number) }),
  };
}

function isKept(value: unknown): value is Kept {
  const { label, prediction, words, residuals, flags } = (value ?? {}) as Partial<Kept>;
  return [label, prediction, words].every(Number.isInteger) &&
    Array.isArray(residuals) && (flags === undefined || /^[01]*$/.test(flags));
}

/**
 * Reads evaluations that were kept.
 *
 * @param path The file.
 * @param count How many there must be.
 * @returns They, without scores; nothing where there are none, or the file is not whole.
 */
export async function readBlock(
  path: string,
  count: number,
): Promise<DocumentEvaluation[] | undefined> {
  try {
    const kept: unknown = JSON.parse(new TextDecoder().decode(await readFile(path)));
    if (!Array.isArray(kept) || kept.length !== count || !kept.every(isKept)) return undefined;
    return kept.map(fromKept);
  } catch (error) {
    // What is damaged is measured again; whatever else is wrong would be wrong then too.
    if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/**
 * Keeps evaluations.
 *
 * @param path The file.
 * @param evaluations They; scores and vectors are not kept.
 */
export async function writeBlock(
  path: string,
  evaluations: readonly DocumentEvaluation[],
): Promise<void> {
  await writeFileAtomically(path, JSON.stringify(evaluations.map(toKept)) + "\n");
}
