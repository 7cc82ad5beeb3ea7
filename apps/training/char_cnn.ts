import {
  alphabetOf,
  type CharCnn,
  loadCharCnn,
  saveCharCnn,
  trainCharCnn,
} from "@heatword/core/char-cnn";
import type { Hyperparameters } from "@heatword/core/word-cnn";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { type ChosenModel, trainToChosenEpoch } from "./chosen_epoch.ts";
import { endDigest, startDigest, type TrainingContext } from "./model.ts";

/** A char-CNN and how it came about. */
export type TrainedCharCnn = ChosenModel<CharCnn, Hyperparameters>;

/** A character that the training documents have less often is not learned. */
const MIN_COUNT = 2;
/** Most characters of a word that are seen, the blank after it included. */
const LONGEST = 32;

const labelled = (document: CompactDocument) => ({
  label: document.label,
  words: toDocument(document).tokens.map(({ text }) => text),
});

/** The sizes of a char-CNN for these documents, as far as they are not always the same. */
function sizesFor(documents: readonly CompactDocument[], { reading }: TrainingContext) {
  // Characters that are words of their own have no blanks between them.
  const blanks = reading?.tokenizer !== "characters";
  let longest = 1;
  for (const { words } of documents) {
    for (const word of words.split(" ")) longest = Math.max(longest, [...word].length);
  }
  return {
    width: 7,
    dimensions: 16,
    blanks,
    wordLength: Math.min(LONGEST, longest + Number(blanks)),
  };
}

/**
 * Trains a char-CNN, or takes it out of the cache; see {@linkcode trainToChosenEpoch}.
 *
 * @param corpus What to train on.
 * @param filters How many filters, where it was said.
 * @param context How.
 * @param onNotice Called with whether the cache was used, and what was reached.
 */
export async function getCharCnn(
  corpus: TrainingCorpus,
  filters: number | undefined,
  context: TrainingContext,
  onNotice: (text: string) => void,
): Promise<TrainedCharCnn> {
  const { recipe } = context;
  const hyperparameters = {
    epochs: recipe.hyperparameters.epochs!,
    ...(filters !== undefined && { filters }),
  };
  const sizes = sizesFor(corpus.train, context);
  const about = ["char-cnn", 1, sizes, hyperparameters, recipe.heldOut];
  const alphabet = alphabetOf(corpus.train.map(({ words }) => `${words} `), {
    minCount: MIN_COUNT,
  });
  return await trainToChosenEpoch(
    corpus,
    {
      kind: "char-cnn",
      key: endDigest(startDigest(about, corpus, context)),
      label: "char-cnn: ",
      labelled,
      train: (training) => trainCharCnn({ ...training, alphabet, ...sizes, hyperparameters }),
      load: loadCharCnn,
      save: saveCharCnn,
    },
    context,
    onNotice,
  );
}
