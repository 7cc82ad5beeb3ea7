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
  /** `random`, or what `readVectorSpec` reads: `skipgram`, `ppmi`, a file, or several joined. */
  readonly vectors: string;
  /**
   * Save a small model, with only those words that the training documents have at least so many
   * times; when absent, all words in full precision.
   */
  readonly compact?: number;
  /** Bits of each number of a word vector of a small model. @default {8} */
  readonly bits?: 4 | 8;
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
  /** How far word dropout of a word-CNN follows relevance, from 0 to 1, when it was said. */
  readonly guidedDropout?: number;
  /** Units of each direction of a recurrent network, when it was said. */
  readonly units?: number;
  /** Chance that what is read out of a unit is left out while a recurrent network learns, when it was said. */
  readonly dropout?: number;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many threads. */
  readonly workers: number;
}

/** Networks on word vectors. */
const ofWords = ["word-cnn", "auto", "arras-2016", "lstm", "bilstm", "gru"] as const;
const recurrent = ["lstm", "bilstm", "gru"] as const;

/** Which architectures an option is for, and what they are called. */
const takers = {
  compact: ["models of word vectors", ofWords],
  epochs: ["networks", [...ofWords, "char-cnn"]],
  filters: ["convolutional networks", ["word-cnn", "auto", "arras-2016", "char-cnn"]],
  widths: ["word-CNNs", ["word-cnn", "auto", "arras-2016"]],
  budget: ["word-CNNs", ["word-cnn", "auto", "arras-2016"]],
  "guided-dropout": ["word-CNNs", ["word-cnn", "auto", "arras-2016"]],
  units: ["recurrent networks", recurrent],
  dropout: ["recurrent networks", recurrent],
} as const satisfies Partial<Record<keyof TrainArguments, [string, readonly Architecture[]]>>;

/** Models that have no word vectors, and what they have instead. */
const withoutVectors = {
  "char-cnn": "a char-CNN learns its characters",
  linear: "a linear model counts words",
} as const;

/** Those of word-CNNs for own texts alone. */
const ofOwnWordCnn = ["widths", "budget"] as const;

/** Refuses options that have no meaning for the architecture. */
function checkOptions(args: TrainArguments): void {
  const { architecture, vectors } = args;
  for (const [name, [what, taken]] of Object.entries(takers)) {
    const isIdle = !(taken as readonly string[]).includes(architecture);
    if (isIdle && args[name as keyof typeof takers] !== undefined) {
      throw new UsageError(
        `Option --${name} is for ${what}, not for --architecture ${architecture}`,
      );
    }
  }
  const without = withoutVectors[architecture as keyof typeof withoutVectors];
  if (without !== undefined && args.given.has("vectors")) {
    throw new UsageError(`Option --vectors is for models of word vectors: ${without}`);
  }
  const alien = ofOwnWordCnn.find((name) =>
    architecture === "arras-2016" && args[name] !== undefined
  );
  if (alien !== undefined) {
    throw new UsageError(
      `Option --${alien} is for --architecture word-cnn: the network of arras-2016 is what it is`,
    );
  }
  if (args.bits !== undefined && args.compact === undefined) {
    throw new UsageError("Option --bits is for small models: give --compact N, too");
  }
  const stay = ["arras-2016", ...recurrent] as readonly string[];
  if (vectors === "random" && stay.includes(architecture)) {
    throw new UsageError("Option --vectors random is for word vectors that are trained");
  }
}

/**
 * Reads the settings from a command line.
 *
 * @throws {UsageError} If an option has no meaning for the architecture.
 */
export function readSettings(args: TrainArguments): Settings {
  checkOptions(args);
  const { architecture, tokenizer, plugin, units, dropout } = args;
  const { out, cache, vectors, compact, epochs, filters, widths, budget } = args;
  if (widths !== undefined && filters !== undefined && filters < widths.length) {
    throw new UsageError("Option --filters takes at least one filter of each of the --widths");
  }
  const guided = args["guided-dropout"];
  const percent = args["test-percent"];
  if (percent !== undefined && (args.split ?? args["split-column"]) !== undefined) {
    throw new UsageError("Option --test-percent has no meaning where a split is given");
  }
  return {
    ...labelledSettings(args),
    ...defined({ cache, compact, epochs, filters, widths, budget, units, tokenizer }),
    ...(dropout !== undefined && { dropout: dropout / 100 }),
    ...(guided !== undefined && { guidedDropout: guided / 100 }),
    ...(percent !== undefined && { testShare: percent / 100 }),
    out,
    architecture,
    plugins: plugin,
    vectors,
    ...(args.bits && { bits: args.bits === "4" ? 4 : 8 }),
    seed: args.seed,
    workers: args.workers,
  };
}
