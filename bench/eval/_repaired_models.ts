import { firstReading, openReader, Random } from "@heatword/core";
import { saveLinear } from "@heatword/core/linear";
import { saveWordCnn } from "@heatword/core/word-cnn";
import { compactDocument, TrainingRows, wholeDocument } from "@heatword/datasets/corpus";
import type { LabelledText } from "@heatword/datasets/tables";
import { chooseWordCnn } from "../../apps/training/choose_word_cnn.ts";
import { recipeFor } from "../../apps/training/recipe.ts";
import { linearModel, smallLinear, smallWordCnn, wordCnn } from "./_audited_models.ts";
import type { PlantedLeak } from "./_leaks.ts";

/** What models are made of, and how. */
export interface MakingModel {
  readonly kind: PlantedLeak["model"];
  readonly rows: readonly LabelledText[];
  readonly classes: readonly string[];
  readonly seed: number;
  /** Filters of word-CNNs of one to three words; without it they are small ones. */
  readonly filters: number | undefined;
  readonly cache: string;
}

/** The norm of the vectors that small networks begin with. */
const SMALL_NORM = 4;

/** A word-CNN as `deno task train` makes it where there is no time to choose between settings. */
async function fullWordCnn(
  folder: string,
  { rows, classes, seed, filters, cache }: MakingModel,
): Promise<void> {
  const reading = { ...firstReading, tokenizer: "unicode" };
  const reader = await openReader(reading);
  const train = rows.map(({ text, label }, i) =>
    wholeDocument(compactDocument({ id: String(i), text, label }, classes, reader))
  );
  const fixed = { vectors: "skipgram", filters: filters! };
  const { model, training } = await chooseWordCnn(
    { classes, train, test: [] },
    fixed,
    0,
    { recipe: recipeFor(train, fixed), seed, workers: 1, cache, reading, onProgress: () => {} },
    () => {},
  );
  await saveWordCnn(folder, model, { training: { ...training } });
}

/**
 * Trains a model and saves it, unless it is there.
 *
 * @param folder Where.
 * @param making How.
 * @throws {RangeError} If there is one of other rows.
 */
export async function makeModel(folder: string, making: MakingModel): Promise<void> {
  const { kind, rows, classes, seed, filters } = making;
  // Saved last of all.
  const kept = await TrainingRows.load(folder).catch(() => undefined);
  if (kept) {
    if (kept.size === rows.length && kept.divide(rows).others.length === 0) return;
    throw new RangeError(`"${folder}" holds a model of other rows: give another --cache`);
  }
  if (kind === "linear") {
    await saveLinear(folder, await linearModel(rows, classes, "unicode"), {
      training: { crossValidation: [smallLinear], seed },
    });
  } else if (filters !== undefined) {
    await fullWordCnn(folder, making);
  } else {
    const training = {
      hyperparameters: smallWordCnn,
      seed,
      bestEpoch: smallWordCnn.epochs,
      start: "random",
      norm: SMALL_NORM,
    };
    await saveWordCnn(folder, await wordCnn(rows, classes, seed, SMALL_NORM), { training });
  }
  await TrainingRows.of(rows).save(folder);
}

/** A table as it is and with a leak, and what is measured on. */
export interface LeakingTable {
  readonly leaking: readonly LabelledText[];
  readonly isTest: readonly boolean[];
}

/**
 * Plants a leak into texts of a class, and draws a fifth of all texts to measure on.
 *
 * @param rows The table.
 * @param leak The leak.
 * @param label The class.
 * @param seed Where randomness starts.
 */
export function leakingTable(
  rows: readonly LabelledText[],
  leak: PlantedLeak,
  label: string,
  seed: number,
): LeakingTable {
  const random = new Random(seed);
  const isTest = rows.map(() => random.uniform() < 0.2);
  const leaking = rows.map((row) =>
    row.label === label && random.uniform() < leak.share
      ? { ...row, text: leak.put(row.text, random) }
      : row
  );
  return { leaking, isTest };
}
