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
}

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
  window: 400,
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
    if (!Object.hasOwn(defaultHyperparameters, name)) {
      throw new RangeError(
        `Unknown hyper-parameter "${name}": known are ${
          Object.keys(defaultHyperparameters).join(", ")
        }`,
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
  demand("randomWindow", typeof all.randomWindow === "boolean", "true or false");
  return all;
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
