import { Random } from "@heatword/core";
import { type LabelledText, splitLabelled } from "../tables/mod.ts";
import { TEST_SHARE } from "./labelled_corpus.ts";
import type { TrainingRows } from "./training_rows.ts";

/** Which rows of a table are evaluated. */
export interface Choice {
  /** Whether to take only rows that the model did not learn from. */
  readonly testPart: boolean;
  /** Whether to take those too that it did. */
  readonly includeTraining?: boolean;
  /** Whether the rows have parts. */
  readonly isSplit: boolean;
  /** The rows that the model was trained on, where it tells. */
  readonly trained?: TrainingRows;
  /** Seed of the split that training made where nothing else tells it. */
  readonly seed: number;
}

/** The rows to measure on, and those among them and beside them that were learned from. */
export interface ChosenRows {
  /** To measure on. */
  readonly test: readonly LabelledText[];
  /** Known to be learned from, and not measured on. */
  readonly train: readonly LabelledText[];
}

/** The part of all training rows that a table must have to be the one that was trained on. */
const WHOLE = 0.9;
/** The part of a table that may be training rows by chance, as duplicates. */
const CHANCE = 0.5;

const count = (rows: readonly unknown[] | number) =>
  (typeof rows === "number" ? rows : rows.length).toLocaleString("en");

/** The rows that are meant before anything is known of the training. */
function meant(rows: readonly LabelledText[], choice: Choice): ChosenRows {
  const { isSplit, includeTraining = false, testPart, trained, seed } = choice;
  if (includeTraining) return { test: rows, train: [] };
  if (isSplit) {
    const of = (name: LabelledText["part"]) => rows.filter(({ part }) => part === name);
    return { test: of("test"), train: of("train") };
  }
  if (!testPart || trained) return { test: rows, train: [] };
  // The model tells nothing: training with the same seed made these parts.
  return splitLabelled(rows, { heldOut: 0, test: TEST_SHARE, random: new Random(seed) });
}

/**
 * Chooses the rows to measure on: where the model tells which rows it was trained on, never those
 * unless that is wanted.
 *
 * @param rows All rows.
 * @param choice What is wanted, and what is known.
 * @param onNotice Told what was left out or must not be overlooked.
 * @throws {RangeError} If most rows were trained on and nobody said whether to take them, or none is left.
 */
export function chooseRows(
  rows: readonly LabelledText[],
  choice: Choice,
  onNotice: (line: string) => void,
): ChosenRows {
  const chosen = meant(rows, choice);
  const { test, train } = chosen;
  if (choice.isSplit && !choice.includeTraining) {
    if (test.length === 0) throw new RangeError("The split has no row to test on");
    onNotice(`${count(test)} of these ${count(rows)} rows are of the test part`);
  }
  const { trained: known } = choice;
  if (!known) return chosen;
  const { trained, others, repeated } = known.divide(test);
  if (trained.length === 0) return chosen;
  const these = `${count(trained)} of these ${count(test)} rows were trained on`;
  if (choice.includeTraining) {
    onNotice(`${these}: figures of a model on its training rows say little (--include-training)`);
    return chosen;
  }
  const isThatTable = trained.length >= WHOLE * known.size;
  if (choice.testPart || isThatTable) {
    if (others.length === 0) {
      throw new RangeError(
        `All ${count(test)} rows were trained on: give others, train with --test-percent to keep ` +
          "some, or add --include-training",
      );
    }
    const way = choice.testPart ? "" : ", and left out; --include-training takes them in";
    onNotice(`${these}${way}`);
    const more = repeated === 1 ? "row has" : "rows have";
    if (repeated > 0) {
      onNotice(`${count(repeated)} other ${more} the text and class of one of them`);
    }
    return { test: others, train: [...train, ...trained] };
  }
  if (trained.length > CHANCE * test.length) {
    throw new RangeError(
      `${these}, the first is "${trained[0]!.id}": add --test-part to leave them out, or ` +
        "--include-training to take them",
    );
  }
  onNotice(
    `${count(trained.length + repeated)} of these ${count(test)} rows have the text and class of ` +
      "a row that was trained on; --test-part leaves them out",
  );
  return chosen;
}
