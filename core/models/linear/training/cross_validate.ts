import type { OnProgress } from "../../../progress.ts";
import { Random } from "../../../random.ts";
import type { FeatureKind } from "../features.ts";
import type { LabelledWords } from "./labelled_words.ts";
import type { Weighted } from "./_matrix.ts";
import { Problem } from "./_problem.ts";
import type { Learned } from "./_softmax_regression.ts";

/** How a linear model is to be trained. */
export interface LinearChoice {
  /** The kinds of features. */
  readonly features: readonly FeatureKind[];
  /** C of scikit-learn: the larger, the smaller the penalty on the weights. */
  readonly cost: number;
}

/** A choice, and how good it was on documents that were not learned from. */
export interface TriedChoice extends LinearChoice {
  /** The part of the documents that was classified correctly while held out. */
  readonly accuracy: number;
}

/** The features among which is chosen, the fewest first. */
const FEATURES: readonly (readonly FeatureKind[])[] = [
  ["words", "pairs"],
  ["characters"],
  ["words", "pairs", "characters"],
];
/** The cost by which features are compared, and those that are tried with the best of them. */
const COST = 30;
const OTHER_COSTS = [3, 10, 100];
/** Parts of the documents, each of which is held out once. */
const FOLDS = 3;
/** An attempt need not be exact: enough to compare. */
const STOP = { tolerance: 0.01, passes: 8 };

/**
 * Divides documents into parts with the same share of each class, as nearly as whole numbers allow.
 *
 * @returns For each part, whether a document is held out.
 */
function foldsOf(labels: ArrayLike<number>, seed: number): Uint8Array[] {
  const random = new Random(seed);
  const folds = Array.from({ length: FOLDS }, () => new Uint8Array(labels.length));
  const order = random.shuffle(Array.from(labels, (_, i) => i));
  order.sort((a, b) => labels[a]! - labels[b]!);
  order.forEach((document, i) => folds[i % FOLDS]![document] = 1);
  return folds;
}

/** An attempt on one part that is held out. */
interface Attempt {
  readonly matrix: Weighted;
  readonly learned: readonly number[];
  readonly heldOut: readonly number[];
  readonly found: Learned;
}

/** Where the training of models tells how far it is. */
interface Work {
  readonly problem: Problem;
  /** For each attempt, which documents are held out. */
  readonly folds: readonly Uint8Array[];
  readonly step: () => void;
}

function attempts({ problem, folds, step }: Work, features: readonly FeatureKind[]): Attempt[] {
  return folds.map((isHeldOut) => {
    const matrix = problem.matrix(features, isHeldOut.map((is) => 1 - is));
    const rows = [...isHeldOut.keys()];
    const learned = rows.filter((row) => isHeldOut[row] === 0);
    const heldOut = rows.filter((row) => isHeldOut[row] === 1);
    const found = problem.fit(matrix, learned, COST, STOP);
    step();
    return { matrix, learned, heldOut, found };
  });
}

/**
 * Chooses features and cost by three-fold cross-validation, or by documents that are for that: the
 * features first, at one cost, then the cost. Each cost starts where another ended. Of equals the first
 * is taken.
 *
 * @param documents The documents to learn from.
 * @param classes Number of classes.
 * @param seed Where the parts come from.
 * @param onProgress Called with progress.
 * @param validation Documents to hold out instead of a third of the others at a time.
 * @returns What was tried, the best first.
 */
export function crossValidate(
  documents: readonly LabelledWords[],
  classes: number,
  seed: number,
  onProgress: OnProgress = () => {},
  validation: readonly LabelledWords[] = [],
): TriedChoice[] {
  const problem = new Problem([...documents, ...validation], classes, documents.length);
  const folds = validation.length === 0
    ? foldsOf(problem.labels, seed)
    : [Uint8Array.from(problem.labels, (_, i) => i < documents.length ? 0 : 1)];
  const total = folds.length * (FEATURES.length + OTHER_COSTS.length);
  let done = 0;
  const step = () => onProgress({ task: "Choosing the linear model", done: ++done, total });
  const work = { problem, folds, step };
  const accuracy = (of: readonly Attempt[]) => {
    const correct = of.map(({ matrix, heldOut, found }) => problem.correct(matrix, heldOut, found));
    const heldOut = of.reduce((sum, { heldOut }) => sum + heldOut.length, 0);
    return correct.reduce((sum, count) => sum + count, 0) / heldOut;
  };
  let best: readonly Attempt[] = [];
  let chosen: TriedChoice | undefined;
  const tried = FEATURES.map((features): TriedChoice => {
    const found = attempts(work, features);
    const choice = { features, cost: COST, accuracy: accuracy(found) };
    if (chosen === undefined || choice.accuracy > chosen.accuracy) [best, chosen] = [found, choice];
    return choice;
  });
  const { features } = chosen!;
  for (const cost of OTHER_COSTS) {
    const found = best.map((attempt) => {
      const { matrix, learned } = attempt;
      const found = problem.fit(matrix, learned, cost, STOP, attempt.found);
      step();
      return { ...attempt, found };
    });
    tried.push({ features, cost, accuracy: accuracy(found) });
  }
  return tried.sort((one, other) => other.accuracy - one.accuracy);
}
