import { formatPercent } from "@heatword/core/counts";
import { saveCharCnn } from "@heatword/core/char-cnn";
import type { LinearModel } from "@heatword/core/linear";
import { saveLinear } from "@heatword/core/linear";
import { compactStorage, compactWordCnn, saveWordCnn, type WordCnn } from "@heatword/core/word-cnn";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import { getCharCnn } from "../training/char_cnn.ts";
import { holdOut } from "../training/held_out.ts";
import { getLinear, predictLinear, type TrainedLinear } from "../training/linear.ts";
import { chooseWordCnn, type ChosenRecord } from "../training/choose_word_cnn.ts";
import {
  getModel,
  getVectors,
  type TrainingContext,
  type TrainingRecord,
} from "../training/model.ts";
import { type Candidate, frequentWords, predict, vectorsKept } from "./_candidate.ts";
import type { Settings } from "./_settings.ts";

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
  const trained = await getLinear(corpus, context, compare);
  const { features, cost, accuracy } = trained.training.crossValidation[0]!;
  onNotice(
    `linear: ${features.join(", ")} at a cost of ${cost}; ${formatPercent(accuracy)} ` +
      (corpus.validation
        ? "on the validation part"
        : "in cross-validation on the training documents"),
  );
  return {
    ...linearCandidateOf(trained, corpus),
    heldOutDocuments: holdOut(corpus, context.recipe.heldOut)[1].length,
    again: async (corpus) => {
      const { crossValidation } = trained.training;
      return linearCandidateOf(await getLinear(corpus, context, false, crossValidation), corpus);
    },
  };
}

function linearCandidateOf({ model, training }: TrainedLinear, corpus: TrainingCorpus): Candidate {
  const heldOut = training.heldOutAccuracy;
  return {
    architecture: "linear",
    knows: linearKnows(model),
    ...(heldOut !== undefined && { heldOut }),
    predictions: () => predictLinear(model, corpus.test),
    save: (folder, about) => saveLinear(folder, model, { training: { ...training, ...about } }),
  };
}

/**
 * Trains a char-CNN.
 *
 * @param corpus What to train and test on.
 * @param settings How many filters, if it was said.
 * @param context How.
 * @param onNotice Called with what was reached.
 */
export async function charCnnCandidate(
  corpus: TrainingCorpus,
  { filters }: Pick<Settings, "filters">,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<Candidate> {
  const { model, training } = await getCharCnn(corpus, filters, context, onNotice);
  const { alphabet, width, convolutionBias } = model.parameters;
  const heldOut = training.history[training.bestEpoch - 1]?.heldOut?.accuracy;
  return {
    architecture: "char-cnn",
    knows:
      `${alphabet.size} characters, by ${convolutionBias.length} filters over ${width} of them`,
    ...(heldOut !== undefined && { heldOut }),
    predictions: () => predict(model, corpus),
    save: (folder, { corpus, ...about }) =>
      saveCharCnn(folder, model, { training: { corpus, ...training, ...about } }),
  };
}

/** The time for choosing the hyper-parameters of a word-CNN, in seconds. */
const BUDGET = 60;

/** The network of the paper, or the one for own texts. */
async function trainWordCnn(
  corpus: TrainingCorpus,
  settings: WordCnnSettings,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<TrainedWordCnn> {
  if (settings.architecture !== "arras-2016" && context.reading !== undefined) {
    return await chooseWordCnn(corpus, settings, settings.budget ?? BUDGET, context, onNotice);
  }
  const { vectors } = await getVectors(corpus, settings.vectors, context, onNotice);
  return await getModel(corpus, vectors, context, onNotice);
}

/** A word-CNN, how it came about, and how it is made of other documents. */
interface TrainedWordCnn {
  readonly model: WordCnn;
  readonly training: TrainingRecord | ChosenRecord;
  again?(corpus: TrainingCorpus): Promise<TrainedWordCnn>;
}

/** What is said of a word-CNN. */
type WordCnnSettings = Pick<
  Settings,
  | "architecture"
  | "compact"
  | "bits"
  | "vectors"
  | "budget"
  | "epochs"
  | "filters"
  | "widths"
  | "guidedDropout"
>;

/**
 * Trains a word-CNN: for 20Newsgroups always that of the paper.
 *
 * @param corpus What to train and test on.
 * @param settings Which one, its vectors, and whether it is to be compact.
 * @param context How.
 * @param onNotice Called with what was reached.
 */
export async function wordCnnCandidate(
  corpus: TrainingCorpus,
  settings: WordCnnSettings,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<Candidate> {
  return candidateOf(await trainWordCnn(corpus, settings, context, onNotice), corpus, settings);
}

function candidateOf(
  { model: full, training, again }: TrainedWordCnn,
  corpus: TrainingCorpus,
  settings: WordCnnSettings,
): Candidate {
  const { compact, bits = 8, vectors } = settings;
  const kept = compact === undefined ? undefined : frequentWords(corpus.train, compact);
  const model = kept
    ? compactWordCnn(full, (word) => kept.has(word.toLowerCase()), { bits })
    : full;
  const heldOut = training.history[training.bestEpoch - 1]?.heldOut?.accuracy;
  return {
    architecture: "word-cnn",
    knows: `${model.vocabulary.words.length} words`,
    ...(heldOut !== undefined && { heldOut }),
    predictions: () => predict(model, corpus),
    ...(again && {
      again: async (corpus) => candidateOf(await again(corpus), corpus, settings),
    }),
    ...(kept && { full: () => predict(full, corpus) }),
    save: (folder, { corpus, ...about }) =>
      saveWordCnn(folder, model, {
        ...(kept && compactStorage(bits)),
        training: {
          corpus,
          ...training,
          vectors: vectorsKept(vectors),
          ...(compact !== undefined && { compact, bits }),
          ...about,
        },
      }),
  };
}
