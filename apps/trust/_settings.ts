import { defined } from "../cli/flag.ts";
import type { TrustArguments } from "../cli/programs/trust.ts";
import { UsageError } from "../cli/usage_error.ts";
import type { TextsSettings } from "../opening/chosen_texts.ts";
import { type ModelLimits, modelLimits } from "../opening/model_limits.ts";
import { dataButNewsgroups, labelledSettings } from "../opening/labelled_settings.ts";

/** What to measure, and how. */
export interface Settings extends TextsSettings {
  /** What was given as models: none, one, or several that were trained alike. */
  readonly models: readonly string[];
  /** How it is asked. */
  readonly limits?: ModelLimits;
  /** The folder of the results. */
  readonly out: string;
  /** Names of the explainers, when some were named. */
  readonly explainers?: readonly string[];
  /** Names of the measures, when some were named. */
  readonly measures?: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How many texts are explained. */
  readonly documents: number;
  /** The fewest and the most words of a text. */
  readonly length: readonly [least: number, most: number];
  /** How many hybrid texts, and of how many sentences each. */
  readonly hybrids: number;
  /** How many sentences a hybrid text has. */
  readonly sentences: number;
  /** Two explainers to compare in every column. */
  readonly compare?: readonly [string, string];
  /** How many texts with each shortcut are explained; 0 plants none. */
  readonly plants: number;
  /** Files of texts to train on, where some were named. */
  readonly trainingData: readonly string[];
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** The word dropout of a model to train and measure in the place of the one that was named. */
  readonly wordDropout?: number;
  /** Whether weights are shuffled five times, and words moved ten times of every text. */
  readonly thorough?: boolean;
  /** How many models are trained; where that cannot be, how many seeds explainers are run with. */
  readonly seeds: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Reads the settings from a command line. */
export function readSettings(args: TrustArguments): Settings {
  const { model: models, corpus, out, explainers, documents, hybrids, sentences, seeds, seed } =
    args;
  const length = [args["min-words"], args["max-words"]] as const;
  if (length[0] > length[1]) {
    throw new UsageError(
      `No text has at least ${length[0]} and at most ${length[1]} words: ` +
        "--min-words is above --max-words",
    );
  }
  if (models.length > 1 && args["word-dropout"] !== undefined) {
    throw new UsageError(
      "Options --word-dropout and several --model exclude each other: one model is trained anew",
    );
  }
  const isRepeated = ["randomised", "max-sensitivity"].some((name) =>
    args.measures?.includes(name) ?? true
  );
  if (args.thorough && !isRepeated) {
    throw new UsageError(
      "Option --thorough has no meaning where --measures names neither randomised nor max-sensitivity",
    );
  }
  const { data, ...labelled } = labelledSettings(args);
  return {
    ...labelled,
    ...defined({ data: dataButNewsgroups(data) }),
    ...modelLimits(args),
    ...defined({ explainers, measures: args.measures, cache: args.cache }),
    ...defined({ wordDropout: args["word-dropout"], compare: args.compare }),
    thorough: args.thorough,
    models,
    plants: args.plants,
    trainingData: args["training-data"],
    corpus,
    out,
    plugins: args.plugin,
    documents,
    length,
    hybrids,
    sentences,
    seeds,
    seed,
    workers: args.workers,
  };
}
