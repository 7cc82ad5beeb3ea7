import type { OnProgress } from "@heatword/core";
import { type LabelledText, readLabelled } from "../tables/mod.ts";
import { isSplit, labelledPaths, type LabelledSource } from "./labelled_corpus.ts";
import type { TrainingRows } from "./training_rows.ts";

/** Which of one's own texts are wanted. */
export interface OwnTextsSource extends Omit<LabelledSource, "seed"> {
  /** The texts that a model was trained on, the others, or all. */
  readonly part: "train" | "test" | "all";
  /** The rows that the model was trained on, where it tells. */
  readonly trained?: TrainingRows;
}

/** Texts of one's own, and what could not be used. */
export interface OwnTexts {
  /** The texts. */
  readonly texts: readonly LabelledText[];
  /** What should be known of the rows, a line each. */
  readonly notes: readonly string[];
}

const MAX_REPORTED_ROWS = 10;

function partOf(rows: readonly LabelledText[], source: OwnTextsSource): readonly LabelledText[] {
  const { part, columns, trained } = source;
  if (part === "all") return rows;
  if (isSplit(columns)) return rows.filter((row) => row.part === part);
  if (trained) {
    const divided = trained.divide(rows);
    return part === "train" ? divided.trained : divided.others;
  }
  // Nobody knows which of them the model learned from.
  return part === "test" ? rows : [];
}

/**
 * Reads texts of one's own, by the part that they are of.
 *
 * @param source Where they are, and which are wanted.
 * @param onProgress Called with progress.
 * @throws {Deno.errors.NotFound} If there are none.
 * @throws {RangeError} If no text is of the part.
 * @throws {SyntaxError} If they cannot be read.
 */
export async function readOwnTexts(
  source: OwnTextsSource,
  onProgress: OnProgress,
): Promise<OwnTexts> {
  const paths = labelledPaths(source.data);
  const { rows, bad, notes: known = [] } = await readLabelled(paths, {
    ...source.columns,
    onProgress,
  });
  const notes = bad.slice(0, MAX_REPORTED_ROWS).map(({ place, problem }) =>
    `left out ${place}: ${problem}`
  );
  if (bad.length > MAX_REPORTED_ROWS) notes.push(`left out ${bad.length - MAX_REPORTED_ROWS} more`);
  notes.push(...known);
  const texts = partOf(rows, source);
  if (texts.length === 0) {
    throw new RangeError(
      `None of these ${rows.length.toLocaleString("en")} texts is known to be of the part ` +
        `"${source.part}": --corpus all takes all`,
    );
  }
  if (texts.length < rows.length) {
    const [part, all] = [texts, rows].map(({ length }) => length.toLocaleString("en"));
    notes.push(`${part} of these ${all} texts are of the part "${source.part}"`);
  }
  return { texts, notes };
}
