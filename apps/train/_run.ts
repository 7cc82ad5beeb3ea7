import type { OnProgress } from "@heatword/core";
import {
  compactWordCnn,
  defaultHyperparameters,
  saveWordCnn,
  type WordCnn,
} from "@heatword/core/word-cnn";
import { findCache } from "@heatword/datasets";
import { type Classification, classification, predictedClass } from "@heatword/eval/classification";
import { type CompactDocument, toDocument } from "../../datasets/corpus/corpus.ts";
import { filesLike, keepApart } from "../cli/keep_apart.ts";
import { textReads } from "../opening/reads.ts";
import {
  getModel,
  getVectors,
  type TrainingContext,
  type TrainingCorpus,
} from "../training/model.ts";
import { fullRecipe } from "../training/recipe.ts";
import type { Settings } from "./_settings.ts";
import { readTexts } from "../../datasets/corpus/labelled_corpus.ts";

/** What came of a training. */
export interface Trained {
  /** The folder of the model. */
  readonly folder: string;
  /** How it did on the test part. */
  readonly test: Classification;
  /** How the full-precision model did, when a smaller one was saved. */
  readonly full?: Classification;
  /** Number of words it knows. */
  readonly words: number;
}

/** How many bad rows are told one by one. */
const TOLD = 10;

function measure(model: WordCnn, { classes, test }: TrainingCorpus): Classification {
  const predictions = test.map((document) =>
    predictedClass(model.scores(model.encode(toDocument(document))))
  );
  return classification(test.map(({ label }) => label), predictions, classes);
}

function frequentWords(documents: readonly CompactDocument[], least: number): Set<string> {
  const counts = new Map<string, number>();
  for (const { words } of documents) {
    for (const word of words.toLowerCase().split(" ")) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= least).map(([word]) => word));
}

/**
 * How many words skip-gram leaves out for being frequent. The recipe's 1e-5 was chosen on the three
 * million words of 20Newsgroups; a smaller corpus has too few words to leave so many out.
 */
function subsampleFor(documents: readonly CompactDocument[]): number {
  const words = documents.reduce((sum, { length }) => sum + length, 0);
  return Math.min(1e-3, Math.max(1e-5, 30 / Math.max(1, words)));
}

/** Steps of the descent that a small corpus gets, below which the classifier learns next to nothing. */
const LEAST_STEPS = 300;
/** Passes that no corpus gets more of unless it is asked for. */
const MOST_EPOCHS = 100;

/**
 * How often the documents are passed over. The recipe's number was chosen on 20Newsgroups, which has
 * 150 steps a pass; two hundred texts have three.
 */
function epochsFor({ train }: TrainingCorpus): number {
  const learned = (1 - fullRecipe.heldOut) * train.length;
  const stepsAPass = Math.ceil(learned / defaultHyperparameters.batch);
  const least = Math.min(MOST_EPOCHS, Math.ceil(LEAST_STEPS / Math.max(1, stepsAPass)));
  return Math.max(fullRecipe.hyperparameters.epochs!, least);
}

function context(
  corpus: TrainingCorpus,
  settings: Settings,
  onProgress: OnProgress,
): TrainingContext {
  const { epochs = epochsFor(corpus), filters, seed, workers } = settings;
  const subsample = subsampleFor(corpus.train);
  return {
    recipe: {
      ...fullRecipe,
      skipgram: { ...fullRecipe.skipgram, ...(subsample > 1.1e-5 && { subsample }) },
      hyperparameters: {
        ...fullRecipe.hyperparameters,
        epochs,
        ...(filters !== undefined && { filters }),
      },
    },
    seed,
    workers,
    cache: findCache(settings.cache),
    onProgress,
  };
}

/** Refuses a folder that cannot be one, or a file that is read, before hours are spent. */
async function checkFolder({ out, data, vectors }: Settings): Promise<void> {
  const found = await Deno.stat(out).catch(() => undefined);
  if (found && !found.isDirectory) {
    throw new TypeError(`Cannot write the model to "${out}": it is a file, name a folder`);
  }
  const reads = await textReads(data);
  if (vectors !== "skipgram") reads.push({ path: vectors, what: "the word vectors" });
  await keepApart(
    [
      { path: `${out}/model.json`, what: "the model" },
      ...await filesLike(out, /^(vocabulary|vectors|network)-[0-9a-f]{8}\.(txt|bin)$/, "the model"),
    ],
    reads,
  );
}

/**
 * Trains a word-CNN, measures it, and saves it.
 *
 * @param settings What was asked for.
 * @param onProgress Told how far it is.
 * @param say Told what a person should know.
 */
export async function train(
  settings: Settings,
  onProgress: OnProgress,
  say: (line: string) => void,
): Promise<Trained> {
  await checkFolder(settings);
  const { corpus, bad } = await readTexts(settings, onProgress);
  for (const { place, problem } of bad.slice(0, TOLD)) say(`left out ${place}: ${problem}`);
  if (bad.length > TOLD) say(`left out ${bad.length - TOLD} more`);
  const { classes } = corpus;
  say(
    `${corpus.train.length} documents to train on, ${corpus.test.length} to test on, ` +
      `${classes.length} classes`,
  );
  const training = context(corpus, settings, onProgress);
  const { vectors } = await getVectors(corpus, settings.vectors, training);
  const trained = await getModel(corpus, vectors, training, say);
  const { compact, out } = settings;
  const full = measure(trained.model, corpus);
  let model = trained.model;
  if (compact !== undefined) {
    const kept = frequentWords(corpus.train, compact);
    model = compactWordCnn(model, (word) => kept.has(word.toLowerCase()));
  }
  const test = model === trained.model ? full : measure(model, corpus);
  await saveWordCnn(out, model, {
    vectors: compact === undefined ? "float32" : "int8",
    training: {
      corpus: corpus.name,
      ...trained.training,
      vectors: settings.vectors === "skipgram" ? "skipgram" : "given",
      ...(compact !== undefined && { compact }),
      test: { documents: test.documents, accuracy: test.accuracy },
    },
  });
  return {
    folder: out,
    test,
    words: model.vocabulary.words.length,
    ...(model !== trained.model && { full }),
  };
}
