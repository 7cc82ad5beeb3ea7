import { wordLimit } from "../../../word_limit.ts";
import { type CellKind, cellKinds, type Readout, readouts } from "../parameters.ts";

/** How a recurrent classifier is trained. */
export interface RecurrentHyperparameters {
  /** The cell. @default {"lstm"} */
  readonly cell: CellKind;
  /** Whether a second layer reads from the last word on. @default {false} */
  readonly bidirectional: boolean;
  /** Units H of a direction. @default {64} */
  readonly units: number;
  /** What becomes of the states at all words. @default {"max"} */
  readonly readout: Readout;
  /** Passes over the training documents. @default {12} */
  readonly epochs: number;
  /** Documents a step. @default {32} */
  readonly batch: number;
  /** Learning rate of the first step; it falls along half a cosine. @default {0.002} */
  readonly rate: number;
  /** Memory of Adam's mean of the gradients. @default {0.9} */
  readonly beta1: number;
  /** Memory of Adam's mean of their squares. @default {0.999} */
  readonly beta2: number;
  /** Largest norm of the gradient of all weights; a longer one is scaled down to it. @default {1} */
  readonly clip: number;
  /** Chance that what is read out of a unit is left out for a document. @default {0.5} */
  readonly dropout: number;
  /**
   * Largest chance that a word is deleted for a step: each document draws its own, uniformly from
   * 0 to this. @default {0.5}
   */
  readonly wordDropout: number;
  /** Part of the target probability that is spread over all classes. @default {0.1} */
  readonly labelSmoothing: number;
  /** Most words of a document that a step takes, anywhere in it. @default {200} */
  readonly window: number;
  /** Most words of a document that the model will see, the first ones. @default {400} */
  readonly words: number;
}

/** The hyper-parameters that are taken unless others are given. */
export const defaultRecurrentHyperparameters: RecurrentHyperparameters = {
  cell: "lstm",
  bidirectional: false,
  units: 64,
  readout: "max",
  epochs: 12,
  batch: 32,
  rate: 0.002,
  beta1: 0.9,
  beta2: 0.999,
  clip: 1,
  dropout: 0.5,
  wordDropout: 0.5,
  labelSmoothing: 0.1,
  window: 200,
  words: wordLimit(),
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
 * import { readRecurrentHyperparameters } from "@heatword/core/recurrent";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readRecurrentHyperparameters({ units: 100 }).batch, 32);
 * ```
 */
export function readRecurrentHyperparameters(
  given: Partial<RecurrentHyperparameters> = {},
): RecurrentHyperparameters {
  const known = Object.keys(defaultRecurrentHyperparameters);
  const alien = Object.keys(given).find((name) => !known.includes(name));
  if (alien !== undefined) {
    throw new RangeError(`Unknown hyper-parameter "${alien}": known are ${known.join(", ")}`);
  }
  const all = { ...defaultRecurrentHyperparameters, ...given };
  const demand = (name: keyof RecurrentHyperparameters, fits: boolean, takes: string) => {
    if (!fits) {
      throw new RangeError(`Hyper-parameter "${name}" takes ${takes}, not "${all[name]}"`);
    }
  };
  demand("cell", cellKinds.includes(all.cell), cellKinds.join(" or "));
  demand("readout", readouts.includes(all.readout), readouts.join(" or "));
  demand("bidirectional", typeof all.bidirectional === "boolean", "true or false");
  for (const name of ["units", "epochs", "batch", "window", "words"] as const) {
    demand(name, Number.isInteger(all[name]) && all[name] >= 1, "a positive whole number");
  }
  for (const name of ["rate", "clip"] as const) {
    demand(name, Number.isFinite(all[name]) && all[name] > 0, "a positive number");
  }
  for (const name of ["beta1", "beta2", "dropout", "wordDropout", "labelSmoothing"] as const) {
    demand(name, all[name] >= 0 && all[name] < 1, "a number from 0 to below 1");
  }
  return all;
}
