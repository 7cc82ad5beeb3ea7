import type { PooledConvolution } from "../../../max_pooled_model.ts";
import { wordLimit } from "../../../word_limit.ts";
import { FILTER_WIDTH } from "../parameters.ts";

/** How a word-CNN is trained. */
export interface Hyperparameters {
  /** Number of filters F. @default {800} */
  readonly filters: number;
  /** Passes over the training documents. @default {16} */
  readonly epochs: number;
  /** Documents a step. @default {64} */
  readonly batch: number;
  /** Learning rate of the first epoch. @default {0.1} */
  readonly rate: number;
  /** How the rate falls: by a factor each epoch, or along half a cosine. @default {"exponential"} */
  readonly schedule: "exponential" | "cosine";
  /** The factor of the exponential schedule. @default {0.85} */
  readonly decay: number;
  /** Momentum of the descent. @default {0.9} */
  readonly momentum: number;
  /** L2 penalty on the weights λ, of the term λ/2 · ‖w‖². @default {1e-4} */
  readonly l2: number;
  /** Chance that a filter is left out for a document. @default {0.5} */
  readonly dropout: number;
  /**
   * Largest chance that a word is deleted for a step: each document draws its own, uniformly from
   * 0 to this. @default {0}
   */
  readonly wordDropout: number;
  /** Part of the target probability that is spread over all classes. @default {0} */
  readonly labelSmoothing: number;
  /** Memory of the running average of the weights, which is then the model; 0 for none. @default {0} */
  readonly averaging: number;
  /** Longest document in words; the first ones are taken. @default {400} */
  readonly window: number;
  /** Whether a step takes the window of a longer document anywhere in it. @default {false} */
  readonly randomWindow: boolean;
  /** How many words the filters span, in equal shares of them. @default {[2]} */
  readonly widths?: readonly number[];
  /**
   * Learning rate of the word vectors, which falls as that of the filters; 0 leaves them as they are.
   *
   * @default {0}
   */
  readonly vectorRate?: number;
  /**
   * How much more the documents of rare classes count: (N / (C · n))^balance, of which the mean over
   * the documents is made 1. @default {0}
   */
  readonly balance?: number;
  /**
   * λ of the penalty λ · Σ_t Σ_c m_t · R_tc² of a document on the relevance R_tc of its marked words
   * (m_t = 1) for the classes; less in a step that would go beyond where the penalty is least.
   * @default {0}
   */
  readonly relevancePenalty?: number;
  /**
   * How far the chance that a word is left out follows its relevance in the epoch before, from 0, the
   * same for all, to 1, in proportion to it; as many words are left out on the average.
   *
   * @default {0}
   */
  readonly guidedDropout?: number;
}

/** Hyper-parameters that are only told where they are given: the paper's network has none of them. */
const optional = [
  "widths",
  "vectorRate",
  "balance",
  "relevancePenalty",
  "guidedDropout",
] as const;

/** Most words that a filter may span. */
const MAX_WIDTH = 10;

/** The hyper-parameters that are taken unless others are given. */
export const defaultHyperparameters: Hyperparameters = {
  filters: 800,
  epochs: 16,
  batch: 64,
  rate: 0.1,
  schedule: "exponential",
  decay: 0.85,
  momentum: 0.9,
  l2: 1e-4,
  dropout: 0.5,
  wordDropout: 0,
  labelSmoothing: 0,
  averaging: 0,
  window: wordLimit(),
  randomWindow: false,
};

/**
 * Fills in and checks hyper-parameters.
 *
 * @param given Those that differ from the defaults.
 * @returns All of them.
 * @throws {RangeError} If one is unknown or out of range.
 *
 * @example
 * ```ts
 * import { readHyperparameters } from "@heatword/core/word-cnn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readHyperparameters({ filters: 100 }).batch, 64);
 * ```
 */
export function readHyperparameters(given: Partial<Hyperparameters> = {}): Hyperparameters {
  for (const name of Object.keys(given)) {
    const known = [...Object.keys(defaultHyperparameters), ...optional];
    if (!known.includes(name)) {
      throw new RangeError(
        `Unknown hyper-parameter "${name}": known are ${known.join(", ")}`,
      );
    }
  }
  const all = { ...defaultHyperparameters, ...given };
  const demand = (name: keyof Hyperparameters, fits: boolean, takes: string) => {
    if (!fits) {
      throw new RangeError(`Hyper-parameter "${name}" takes ${takes}, not "${all[name]}"`);
    }
  };
  for (const name of ["filters", "epochs", "batch"] as const) {
    demand(name, Number.isInteger(all[name]) && all[name] >= 1, "a positive whole number");
  }
  demand("window", Number.isInteger(all.window) && all.window >= 2, "a whole number from 2");
  demand("rate", Number.isFinite(all.rate) && all.rate > 0, "a positive number");
  demand("l2", Number.isFinite(all.l2) && all.l2 >= 0, "a number from 0");
  for (
    const name of ["momentum", "dropout", "wordDropout", "labelSmoothing", "averaging"] as const
  ) {
    demand(name, all[name] >= 0 && all[name] < 1, "a number from 0 to below 1");
  }
  demand("decay", all.decay > 0 && all.decay <= 1, "a number above 0, at most 1");
  demand(
    "schedule",
    ["exponential", "cosine"].includes(all.schedule),
    "exponential or cosine",
  );
  const {
    widths = [FILTER_WIDTH],
    vectorRate = 0,
    balance = 0,
    relevancePenalty = 0,
    guidedDropout = 0,
  } = all;
  demand(
    "widths",
    Array.isArray(widths) && widths.length > 0 && new Set(widths).size === widths.length &&
      widths.every((width) => Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH),
    `different whole numbers from 1 to ${MAX_WIDTH}`,
  );
  demand("filters", all.filters >= widths.length, "at least one filter of each width");
  demand("window", all.window >= Math.max(...widths), "at least as many words as filters span");
  demand("vectorRate", Number.isFinite(vectorRate) && vectorRate >= 0, "a number from 0");
  demand(
    "relevancePenalty",
    Number.isFinite(relevancePenalty) && relevancePenalty >= 0,
    "a number from 0",
  );
  demand("guidedDropout", guidedDropout >= 0 && guidedDropout <= 1, "a number from 0 to 1");
  demand("guidedDropout", guidedDropout === 0 || all.wordDropout > 0, "0 where wordDropout is 0");
  demand("balance", balance >= 0 && balance <= 1, "a number from 0 to 1");
  demand("averaging", all.averaging === 0 || vectorRate === 0, "0 where word vectors are trained");
  demand("randomWindow", typeof all.randomWindow === "boolean", "true or false");
  return all;
}

/**
 * The convolutions that hyper-parameters ask for: of each width as many filters, of the first ones
 * one more where the number does not divide.
 *
 * @param hyperparameters Filters and widths.
 * @returns The convolutions.
 */
export function convolutionsFor(
  { filters, widths = [FILTER_WIDTH] }: Pick<Hyperparameters, "filters" | "widths">,
): PooledConvolution[] {
  return widths.map((width, i) => {
    return { width, filters: Math.floor((filters + widths.length - 1 - i) / widths.length) };
  });
}

/**
 * How much a document of each class counts in training.
 *
 * @param labels The classes of the documents.
 * @param classes How many classes there are.
 * @param balance 0: all the same; 1: rare ones so much more that all classes count alike.
 * @returns For each class (N / (C · n))^balance, scaled so that the mean over the documents is 1; 0
 * for a class without documents.
 */
export function classWeights(
  labels: readonly number[],
  classes: number,
  balance: number,
): number[] {
  const sizes = new Array<number>(classes).fill(0);
  for (const label of labels) sizes[label]!++;
  const raw = sizes.map((n) => n === 0 ? 0 : (labels.length / (classes * n)) ** balance);
  const sum = raw.reduce((total, weight, c) => total + weight * sizes[c]!, 0);
  return raw.map((weight) => weight * labels.length / sum);
}

/**
 * The learning rate of a step.
 *
 * @param hyperparameters The schedule.
 * @param epoch The epoch, from 0.
 * @param progress How much of the epoch is done, from 0 to below 1.
 * @returns The rate.
 */
export function learningRate(
  { rate, schedule, decay, epochs }: Hyperparameters,
  epoch: number,
  progress: number,
): number {
  if (schedule === "exponential") return rate * decay ** epoch;
  return rate * 0.5 * (1 + Math.cos(Math.PI * (epoch + progress) / epochs));
}
