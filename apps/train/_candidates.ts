import type { LinearModel } from "@heatword/core/linear";
import { saveLinear } from "@heatword/core/linear";
import { compactWordCnn, saveWordCnn, type WordCnn } from "@heatword/core/word-cnn";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { predictedClass } from "@heatword/eval/classification";
import { getLinear, predictLinear } from "../training/linear.ts";
import { getModel, getVectors, type TrainingContext } from "../training/model.ts";
import type { Settings } from "./_settings.ts";

/** A model that was trained, of one architecture. */
export interface Candidate {
  /** Its architecture. */
  readonly architecture: "linear" | "word-cnn";
  /** What it knows, for people. */
  readonly knows: string;
  /** The part that it classified correctly of training documents that it had not learned from. */
  readonly heldOut?: number;
  /** The class that it gives each test document. */
  readonly predictions: readonly number[];
  /** The same of the model in full precision, where a smaller one is saved. */
  readonly full?: readonly number[];
  /**
   * Saves it.
   *
   * @param folder Where.
   * @param about What is to be kept with it besides how it was trained.
   */
  save(folder: string, about: Readonly<Record<string, unknown>>): Promise<void>;
}

function linearKnows({ parameters: { features } }: LinearModel): string {
  const what = { words: "words", pairs: "pairs of words", characters: "runs of characters" };
  return features.map(({ kind, names }) => `${names.length} ${what[kind]}`).join(", ");
}

/**
 * Trains a linear model.
 *
 * @param corpus What to train and test on.
 * @param context How.
 * @param compare Whether it is to be compared on held-out documents.
 * @param onNotice Called with what was chosen.
 */
export async function linearCandidate(
  corpus: TrainingCorpus,
  context: TrainingContext,
  compare: boolean,
  onNotice: (line: string) => void,
): Promise<Candidate> {
  const { model, training } = await getLinear(corpus, context, compare);
  const { features, cost, accuracy } = training.crossValidation[0]!;
  onNotice(
    `linear: ${features.join(", ")} at a cost of ${cost}; ${(100 * accuracy).toFixed(1)} % ` +
      (corpus.validation
        ? "on the validation part"
        : "in cross-validation on the training documents"),
  );
  const heldOut = training.heldOutAccuracy;
  return {
    architecture: "linear",
    knows: linearKnows(model),
    ...(heldOut !== undefined && { heldOut }),
    predictions: predictLinear(model, corpus.test),
    save: (folder, about) => saveLinear(folder, model, { training: { ...training, ...about } }),
  };
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

function predict(model: WordCnn, { test }: TrainingCorpus): number[] {
  return test.map((document) => predictedClass(model.scores(model.encode(toDocument(document)))));
}

/**
 * Trains a word-CNN.
 *
 * @param corpus What to train and test on.
 * @param settings Its vectors, and whether it is to be compact.
 * @param context How.
 * @param onNotice Called with what was reached.
 */
export async function wordCnnCandidate(
  corpus: TrainingCorpus,
  settings: Pick<Settings, "compact" | "vectors">,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<Candidate> {
  const { compact } = settings;
  const { vectors } = await getVectors(corpus, settings.vectors, context, onNotice);
  const { model: full, training } = await getModel(corpus, vectors, context, onNotice);
  const kept = compact === undefined ? undefined : frequentWords(corpus.train, compact);
  const model = kept ? compactWordCnn(full, (word) => kept.has(word.toLowerCase())) : full;
  const heldOut = training.history[training.bestEpoch - 1]?.heldOut?.accuracy;
  return {
    architecture: "word-cnn",
    knows: `${model.vocabulary.words.length} words`,
    ...(heldOut !== undefined && { heldOut }),
    predictions: predict(model, corpus),
    ...(kept && { full: predict(full, corpus) }),
    save: (folder, { corpus, ...about }) =>
      saveWordCnn(folder, model, {
        vectors: kept ? "int8" : "float32",
        training: {
          corpus,
          ...training,
          vectors: settings.vectors === "skipgram" ? "skipgram" : "given",
          ...(compact !== undefined && { compact }),
          ...about,
        },
      }),
  };
}
