import { formatPercent } from "@heatword/core/counts";
import { wordLimit } from "@heatword/core";
import {
  type EpochReport,
  type Hyperparameters,
  type TrainResult,
  type WordCnn,
} from "@heatword/core/word-cnn";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { classification, macroF1, predictedClass } from "@heatword/eval/classification";
import { holdOut } from "./held_out.ts";
import type { TrainingContext } from "./model.ts";
import { Attempts } from "./word_cnn_attempts.ts";
import {
  choiceText,
  firstChoice,
  type FixedChoice,
  variationsFor,
  varied,
  type VectorStart,
  type WordCnnChoice,
} from "./word_cnn_choices.ts";

/** A choice that was tried, and how it did on the held-out documents at its best epoch. */
export interface TriedWordCnn extends WordCnnChoice {
  /** The epoch that was best, the first of equals. */
  readonly bestEpoch: number;
  /** The part that was classified correctly. */
  readonly accuracy: number;
  /** The mean F1 of the classes. */
  readonly macroF1: number;
}

/** What is kept with a word-CNN for own texts of how it was trained. */
export interface ChosenRecord {
  /** All that was tried, in that order. */
  readonly tried: readonly TriedWordCnn[];
  /** How much was left untried when the time was up. */
  readonly untried: number;
  /** The time that there was for it, in seconds. */
  readonly budget: number;
  /** Where the word vectors began. */
  readonly start: VectorStart;
  /** All hyper-parameters of the choice that was best. */
  readonly hyperparameters: Hyperparameters;
  /** Its best epoch. */
  readonly bestEpoch: number;
  /** How each of its epochs did, with the held-out documents held out. */
  readonly history: readonly EpochReport[];
  /** The seed. */
  readonly seed: number;
  /** How many documents were held out. */
  readonly heldOut: number;
  /** How many documents the model learned from. */
  readonly documents: number;
}

/** A word-CNN for own texts and how it came about. */
export interface ChosenWordCnn {
  /** The model. */
  readonly model: WordCnn;
  /** What the training found, as it is kept with the model. */
  readonly training: ChosenRecord;
  /**
   * Trains the same once more, of other documents.
   *
   * @param corpus The documents.
   */
  again(corpus: TrainingCorpus): Promise<ChosenWordCnn>;
}

/** Accuracy and macro-F1 of a model, which sees the first words of each document. */
function figuresOf(model: WordCnn, documents: readonly CompactDocument[]) {
  const predict = (compact: CompactDocument) => {
    const { text, tokens } = toDocument(compact);
    return predictedClass(
      model.scores(model.encode({ text, tokens: tokens.slice(0, wordLimit()) })),
    );
  };
  const labels = documents.map(({ label }) => label);
  const result = classification(labels, documents.map(predict), model.classes);
  return { accuracy: result.accuracy, macroF1: macroF1(result) };
}

/** How good something tried is: rare classes count as well as right documents. */
const quality = ({ accuracy, macroF1 }: TriedWordCnn) => accuracy + macroF1;

/**
 * Trains a word-CNN for own texts: with filters of several widths and trained word vectors. What is
 * not learned is chosen on held-out documents: one thing after the other is varied, on top of what was
 * best so far, as long as the time suffices. Then all training documents are learned as was best,
 * unless a validation part chose.
 *
 * Where the time suffices for all that can be tried, the same seed gives the same bytes, on any number
 * of threads; a budget of 0 tries nothing but the first choice.
 *
 * @param corpus The texts.
 * @param fixed What is not to be chosen.
 * @param budget The time for choosing, in seconds.
 * @param context How to train.
 * @param onNotice Called with what was tried and reached.
 */
export async function chooseWordCnn(
  corpus: TrainingCorpus,
  fixed: FixedChoice,
  budget: number,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<ChosenWordCnn> {
  const { recipe, seed } = context;
  const [learned, heldOut] = holdOut(corpus, recipe.heldOut);
  const attempts = new Attempts(corpus, context, fixed.vectors, onNotice);
  const first = firstChoice(fixed, recipe.hyperparameters.epochs!);
  await attempts.start(first.start);
  const all = variationsFor(fixed);
  const tried: TriedWordCnn[] = [];
  let best: { choice: WordCnnChoice; result: TrainResult; tried: TriedWordCnn } | undefined;
  const attempt = async (choice: WordCnnChoice) => {
    const task = `Choosing the word-CNN, attempt ${tried.length + 1} of up to ${all.length + 1}`;
    const result = await attempts.train(choice, learned, heldOut, task);
    const { bestEpoch } = result;
    const one = { ...choice, bestEpoch, ...figuresOf(result.model, heldOut) };
    tried.push(one);
    if (!best || quality(one) > quality(best.tried)) best = { choice, result, tried: one };
    return best;
  };
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let found = await attempt(first);
  let [slowest, untried] = [seconds(), 0];
  for (const variation of heldOut.length > 0 ? all : []) {
    const choice = varied(found.choice, variation);
    if (choice === undefined) continue;
    const before = seconds();
    // What is best is learned once more in the end.
    const reserve = corpus.validation ? 0 : slowest;
    if (before + slowest + reserve > budget) {
      untried++;
      continue;
    }
    found = await attempt(choice);
    slowest = Math.max(slowest, seconds() - before);
  }
  const { choice, result } = found;
  onNotice(
    `word-CNN: ${tried.length} ${tried.length === 1 ? "attempt" : "attempts"} in ` +
      `${seconds().toFixed(0)} of ${budget} s` +
      (untried > 0 ? `, ${untried} left untried (--budget)` : ""),
  );
  if (heldOut.length > 0) {
    const { accuracy, macroF1, bestEpoch } = found.tried;
    onNotice(
      `word-CNN: ${choiceText(choice)}; ${formatPercent(accuracy)}, macro-F1 ${
        formatPercent(macroF1)
      } at epoch ` +
        `${bestEpoch} on ${heldOut.length} ` +
        (corpus.validation ? "validation documents" : "held-out training documents"),
    );
  }
  const { hyperparameters, bestEpoch, history } = result;
  const record = {
    tried,
    untried,
    budget,
    start: choice.start,
    hyperparameters,
    bestEpoch,
    history,
    seed,
    heldOut: heldOut.length,
  };
  const trainAll = async (corpus: TrainingCorpus, attempts: Attempts): Promise<ChosenWordCnn> => {
    const { train } = corpus;
    const { model } = await attempts.train(
      choice,
      train,
      [],
      "Training on all documents",
      bestEpoch,
    );
    return finished(model, train.length);
  };
  const finished = (model: WordCnn, documents: number): ChosenWordCnn => ({
    model,
    training: { ...record, documents },
    again: (corpus) => trainAll(corpus, new Attempts(corpus, context, fixed.vectors, () => {})),
  });
  return corpus.validation
    ? finished(result.model, corpus.train.length)
    : await trainAll(corpus, attempts);
}
