import type { UnitName } from "@heatword/datasets/unit-names";
import type { ModelLimits } from "./model_limits.ts";
import type { Reading } from "./source.ts";

/** What to explain and how, whether one text or many. */
export interface Settings extends Reading {
  /** Names of the explainers, when some were named. */
  readonly explainers?: readonly string[];
  /** The values of `--target`, as given; none for the predicted class. */
  readonly targets: readonly string[];
  /** `--option` settings, as given. */
  readonly options: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Into what words are grouped; absent where each is on its own. */
  readonly unit?: Exclude<UnitName, "word">;
  /** Whether to keep ledgers. */
  readonly ledger: boolean;
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** How the model is asked. */
  readonly limits?: ModelLimits;
  /** Where the result goes; standard output when absent. */
  readonly out?: string;
}
