import type { LimitOptions } from "./text_limits.ts";

/** What is measured of texts, and how. It can be posted to a worker. */
export interface TrustPlan {
  /** Names of registered explainers. */
  readonly explainers: readonly string[];
  /** Names of the measures. @default {all} */
  readonly measures?: readonly string[];
  /** Where all randomness starts. */
  readonly seed: number;
  /**
   * How many seeds explainers that sample are run with; their figures are means over them.
   *
   * @default {1}
   */
  readonly seeds?: number;
  /** How limits are found. */
  readonly limits?: LimitOptions;
  /** How many deleted sets infidelity draws where there are too many. @default {1000} */
  readonly infidelitySets?: number;
  /**
   * Whether the model, or a copy that is trained on so, has seen texts with words missing.
   *
   * @default {false}
   */
  readonly seesMissingWords?: boolean;
  /** How many permutations of the weights are shuffled. @default {1} */
  readonly permutations?: number;
  /** Of how many texts, the first, max-sensitivity is measured. @default {30} */
  readonly sensitivityTexts?: number;
  /** How many changes of the words each of them gets. @default {3} */
  readonly sensitivityDraws?: number;
}
