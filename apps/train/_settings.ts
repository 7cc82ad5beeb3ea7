import { defined } from "../cli/flag.ts";
import { UsageError } from "../cli/usage_error.ts";
import type { Architecture, TrainArguments } from "../cli/programs/train.ts";
import { type LabelledSettings, labelledSettings } from "../opening/labelled_settings.ts";

/** What to train on, how, and where to. */
export interface Settings extends LabelledSettings {
  /** The folder of the model. */
  readonly out: string;
  /** The cache folder, when one was named. */
  readonly cache?: string;
  /** `skipgram`, `random`, or a file of word vectors. */
  readonly vectors: string;
  /**
   * Save the word vectors in 8 bits a number, and only of words that the training documents have at
   * least so many times; when absent, all words in full precision.
   */
  readonly compact?: number;
  /** Numbers that differ from the recipe's. */
  readonly epochs?: number;
  /** Which kind of model to train. */
  readonly architecture: Architecture;
  /** The tokenizer of own texts, when one was named. */
  readonly tokenizer?: string;
  /** The share of own texts that is kept for the final measure, when it was said. */
  readonly testShare?: number;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Number of filters, when it was said. */
  readonly filters?: number;
  /** How many words filters span, when it was said. */
  readonly widths?: readonly number[];
  /** Seconds for choosing the hyper-parameters of a word-CNN, when it was said. */
  readonly budget?: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Options that say how a word-CNN is trained. */
const ofWordCnn = ["compact", "epochs", "filters", "widths", "budget"] as const;
/** Those that char-CNNs do not have. */
const ofWordsAlone = ["compact", "widths", "budget"] as const;
/** Those of word-CNNs for own texts alone. */
const ofOwnWordCnn = ["widths", "budget"] as const;

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If an option has no meaning for the architecture.
 */
export function readSettings(args: TrainArguments): Settings {
  const { architecture, tokenizer, plugin } = args;
  const idle = ofWordCnn.find((name) => architecture === "linear" && args[name] !== undefined);
  if (idle !== undefined) {
    throw new UsageError(`Option --${idle} is for word-CNNs, not for --architecture linear`);
  }
  const ofWords = ofWordsAlone.find((name) =>
    architecture === "char-cnn" && args[name] !== undefined
  );
  if (ofWords !== undefined) {
    throw new UsageError(`Option --${ofWords} is for word-CNNs, not for --architecture char-cnn`);
  }
  if (architecture === "char-cnn" && args.vectors !== "skipgram") {
    throw new UsageError("Option --vectors is for word-CNNs: a char-CNN learns its characters");
  }
  const alien = ofOwnWordCnn.find((name) =>
    architecture === "arras-2016" && args[name] !== undefined
  );
  if (alien !== undefined) {
    throw new UsageError(
      `Option --${alien} is for --architecture word-cnn: the network of arras-2016 is what it is`,
    );
  }
  const { out, cache, vectors, compact, epochs, filters, widths, budget } = args;
  if (widths !== undefined && filters !== undefined && filters < widths.length) {
    throw new UsageError("Option --filters takes at least one filter of each of the --widths");
  }
  if (vectors === "random" && architecture === "arras-2016") {
    throw new UsageError("Option --vectors random is for word vectors that are trained");
  }
  const percent = args["test-percent"];
  if (percent !== undefined && (args.split ?? args["split-column"]) !== undefined) {
    throw new UsageError("Option --test-percent has no meaning where a split is given");
  }
  return {
    ...labelledSettings(args),
    ...defined({ cache, compact, epochs, filters, widths, budget, tokenizer }),
    ...(percent !== undefined && { testShare: percent / 100 }),
    out,
    architecture,
    plugins: plugin,
    vectors,
    seed: args.seed,
    workers: args.workers,
  };
}
