import { defined } from "../cli/flag.ts";
import type { EvaluateArguments } from "../cli/programs/evaluate.ts";

/** What to evaluate, and how. */
export interface Settings {
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** A file or folder of labelled texts, or the data folder of the 20Newsgroups corpus. */
  readonly data?: string;
  /** Where a file of labelled texts has what. */
  readonly columns: {
    readonly text?: string;
    readonly label?: string;
    readonly id?: string;
    readonly encoding?: string;
  };
  /** Whether to take only the part that the training of own texts kept for the final measure. */
  readonly testPart: boolean;
  /** The folder of the results. */
  readonly out: string;
  /** Names of the explainers, when some were named. */
  readonly explainers?: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How words are deleted. */
  readonly deletion: {
    readonly minLength: number;
    readonly deletions: number;
    readonly runs: number;
  };
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: EvaluateArguments): Settings {
  const { model, data, text, label, id, encoding, out, explainers, deletions, runs } = args;
  return {
    ...defined({ model, data, explainers }),
    columns: defined({ text, label, id, encoding }),
    testPart: args["test-part"],
    out,
    plugins: args.plugin,
    deletion: { minLength: args["min-length"], deletions, runs },
    seed: args.seed,
    workers: args.workers,
  };
}
