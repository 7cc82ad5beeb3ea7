import type { UnitName } from "@heatword/datasets/unit-names";
import { defined } from "../cli/flag.ts";
import type { EvaluateArguments } from "../cli/programs/evaluate.ts";
import { UsageError } from "../cli/usage_error.ts";
import { type ModelLimits, modelLimits } from "../opening/model_limits.ts";
import { type LabelledSettings, labelledSettings } from "../opening/labelled_settings.ts";

/** What to evaluate, and how. */
export interface Settings extends LabelledSettings {
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** How the model is asked. */
  readonly limits?: ModelLimits;
  /** Whether to take only the part that the training of own texts kept for the final measure. */
  readonly testPart: boolean;
  /** Whether to take rows too that the model was trained on. @default {false} */
  readonly includeTraining?: boolean;
  /** The folder of the results. */
  readonly out: string;
  /** Names of the explainers, when some were named. */
  readonly explainers?: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Into what words are grouped that are deleted together; absent where each is on its own. */
  readonly unit?: UnitName;
  /** How words are deleted; what is not said suits the texts. */
  readonly deletion: {
    readonly minLength?: number;
    readonly deletions?: number;
    readonly runs?: number;
  };
  /** How many texts the table of trust has, when it was said. */
  readonly trustDocuments?: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: EvaluateArguments): Settings {
  const { model, out, explainers, deletions, runs, unit } = args;
  const [testPart, includeTraining] = [args["test-part"], args["include-training"]];
  if (testPart && includeTraining) {
    throw new UsageError("Options --test-part and --include-training exclude each other");
  }
  return {
    ...labelledSettings(args),
    ...modelLimits(args),
    ...defined({ model, explainers, unit, trustDocuments: args["trust-documents"] }),
    testPart,
    includeTraining,
    out,
    plugins: args.plugin,
    deletion: defined({ minLength: args["min-length"], deletions, runs }),
    seed: args.seed,
    workers: args.workers,
  };
}
