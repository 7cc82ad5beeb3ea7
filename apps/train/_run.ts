import type { OnProgress } from "@heatword/core";
import { compactWordCnn, saveWordCnn, type WordCnn } from "@heatword/core/word-cnn";
import { findCache } from "@heatword/datasets/folders";
import { type Classification, classification, predictedClass } from "@heatword/eval/classification";
import { type Duplicates, duplicatesOf } from "@heatword/eval/duplicates";
import { filesLike, keepApart } from "../cli/keep_apart.ts";
import { textReads } from "../opening/reads.ts";
import {
  type CompactDocument,
  readTrainingTexts,
  reportBadRows,
  toDocument,
  TRAINING_ROWS,
  type TrainingCorpus,
} from "@heatword/datasets/corpus";
import { getModel, getVectors, type TrainingContext } from "../training/model.ts";
import { recipeFor } from "../training/recipe.ts";
import { leftOutLines } from "./_left_out.ts";
import type { Settings } from "./_settings.ts";

/** What came of a training. */
export interface Trained {
  /** The folder of the model. */
  readonly folder: string;
  /** How it did on the test part. */
  readonly test: Classification;
  /** Test documents that the training documents hold too. */
  readonly duplicates: Duplicates;
  /** How the full-precision model did, when a smaller one was saved. */
  readonly full?: Classification;
  /** Number of words it knows. */
  readonly words: number;
}

function predict(model: WordCnn, { test }: TrainingCorpus): number[] {
  return test.map((document) => predictedClass(model.scores(model.encode(toDocument(document)))));
}

function measure(predictions: readonly number[], { classes, test }: TrainingCorpus) {
  return classification(test.map(({ label }) => label), predictions, classes);
}

function frequentWords(documents: readonly CompactDocument[], minCount: number): Set<string> {
  const counts = new Map<string, number>();
  for (const { words } of documents) {
    for (const word of words.toLowerCase().split(" ")) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= minCount).map(([word]) => word));
}

function context(
  corpus: TrainingCorpus,
  settings: Settings,
  onProgress: OnProgress,
): TrainingContext {
  const { seed, workers } = settings;
  return {
    recipe: recipeFor(corpus.train, settings),
    seed,
    workers,
    cache: findCache(settings.cache),
    onProgress,
  };
}

/** Refuses a folder that cannot be one, or a file that is read, before hours are spent. */
async function checkFolder({ out, vectors, ...settings }: Settings): Promise<void> {
  const found = await Deno.stat(out).catch(() => undefined);
  if (found && !found.isDirectory) {
    throw new TypeError(`Cannot write the model to "${out}": it is a file, name a folder`);
  }
  const reads = await textReads(settings);
  if (vectors !== "skipgram") reads.push({ path: vectors, what: "the word vectors" });
  await keepApart(
    [
      { path: `${out}/model.json`, what: "the model" },
      { path: `${out}/${TRAINING_ROWS}`, what: "the digests of the training rows" },
      ...await filesLike(out, /^(vocabulary|vectors|network)-[0-9a-f]{8}\.(txt|bin)$/, "the model"),
    ],
    reads,
  );
}

/**
 * Trains a word-CNN, measures it, and saves it.
 *
 * @param settings What was asked for.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 */
export async function train(
  settings: Settings,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<Trained> {
  await checkFolder(settings);
  const { corpus, bad, leftOut, notes, trainingRows } = await readTrainingTexts(
    settings,
    onProgress,
  );
  reportBadRows(bad, onNotice);
  notes.forEach(onNotice);
  const { classes } = corpus;
  onNotice(
    `${corpus.train.length} documents to train on, ${corpus.test.length} to test on, ` +
      `${classes.length} classes`,
  );
  leftOutLines(leftOut).forEach(onNotice);
  const training = context(corpus, settings, onProgress);
  const { vectors } = await getVectors(corpus, settings.vectors, training, onNotice);
  const trained = await getModel(corpus, vectors, training, onNotice);
  const { compact, out } = settings;
  const predicted = predict(trained.model, corpus);
  const full = measure(predicted, corpus);
  let model = trained.model;
  if (compact !== undefined) {
    const kept = frequentWords(corpus.train, compact);
    model = compactWordCnn(model, (word) => kept.has(word.toLowerCase()));
  }
  const predictions = model === trained.model ? predicted : predict(model, corpus);
  const test = measure(predictions, corpus);
  const duplicates = duplicatesOf(corpus, corpus.test, predictions);
  await saveWordCnn(out, model, {
    vectors: compact === undefined ? "float32" : "int8",
    training: {
      corpus: corpus.name,
      ...trained.training,
      vectors: settings.vectors === "skipgram" ? "skipgram" : "given",
      ...(compact !== undefined && { compact }),
      test: {
        documents: test.documents,
        accuracy: test.accuracy,
        standardError: test.standardError,
        duplicates: duplicates.documents,
        accuracyWithoutDuplicates: duplicates.others.accuracy,
      },
    },
  });
  await trainingRows?.save(out);
  return {
    folder: out,
    test,
    duplicates,
    words: model.vocabulary.words.length,
    ...(model !== trained.model && { full }),
  };
}
