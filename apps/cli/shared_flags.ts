/**
 * The options that several programs have: the same name, default and meaning in all of them.
 *
 * @module
 */
import { encodingOf } from "@heatword/datasets/encoding";
import { type UnitName, unitNames } from "@heatword/datasets/unit-names";
import { readVectorSpec } from "@heatword/datasets/vector-spec";
import type { TypedFlag } from "./flag.ts";
import {
  type Look,
  oneOf,
  readFlag,
  repeatedFlag,
  secondsFlag,
  splitList,
  switchFlag,
  textFlag,
  wholeNumberFlag,
} from "./flag_kinds.ts";
import { UsageError } from "./usage_error.ts";

const otherwise = "else $HEATWORD_MODEL, the pretrained one, the newest cached";

/** `--model`, in the order in which `modelPath` looks for it. */
export const modelFlag = textFlag("model", {
  value: "MODEL",
  complete: "file",
  help: "Folder of a model, a .ts file with one or with a function that classifies texts, " +
    `"command: …", or the address of a server; ${otherwise}`,
});

/** `--model` of the programs that need the files of a model. */
export const modelFolderFlag = textFlag("model", {
  value: "DIR",
  complete: "folder",
  help: `Folder of a model; ${otherwise}`,
});

/** How a model is asked that is a server or a program. */
export const modelLimitFlags = [
  wholeNumberFlag("max-requests", {
    value: "N",
    from: 1,
    to: 1_000_000_000,
    help: "Of a model that is a server: most requests to it, tries included",
  }),
  secondsFlag("request-timeout", {
    from: 0.1,
    to: 86_400,
    shown: "60",
    help: "Of a model that is a server: seconds that an answer may take before it is asked again",
  }),
  wholeNumberFlag("concurrency", {
    value: "N",
    from: 1,
    to: 1024,
    help: "Of a model that is a server: requests that are under way at once",
    shown: "4",
  }),
  wholeNumberFlag("batch-size", {
    value: "N",
    from: 1,
    to: 1_000_000,
    help: "Of a model that is a server or a program: texts that it is given at once",
    shown: "32 for a server, 64 for a program",
  }),
] as const;

/** `--model`, and how it is asked. */
export const modelFlags = [modelFlag, ...modelLimitFlags] as const;

/** `--compare-model` of the programs that show a page. */
export const compareFlag = textFlag("compare-model", {
  value: "MODEL",
  complete: "file",
  help: "Another model, to compare with --model on the same text",
});

const dataHelp = "The data folder; else $HEATWORD_DATA, ./data";

/**
 * `--data`
 *
 * @param more What else the help says.
 */
export const dataFlag = (more = "") =>
  textFlag("data", { value: "DIR", complete: "folder", help: `${dataHelp}${more}` });

/** `--cache` */
export const cacheFlag = textFlag("cache", {
  value: "DIR",
  complete: "folder",
  help:
    "The cache folder, for word vectors, checkpoints and models; else $HEATWORD_CACHE, ./.cache",
});

/** `--plugin` */
export const pluginFlag = repeatedFlag("plugin", {
  value: "FILE",
  complete: "file",
  help: "A file with explainers, tokenizers or kinds of models of your own",
});

/** `--seed` */
export const seedFlag = wholeNumberFlag("seed", {
  value: "N",
  from: 0,
  to: 4294967295,
  default: 0,
  help: "Seed of all randomness",
});

/**
 * `--workers`
 *
 * @param help What they are.
 */
export const workersFlag = (help = "Threads; the results are the same for any number") =>
  wholeNumberFlag("workers", {
    value: "N",
    from: 1,
    to: 256,
    default: navigator.hardwareConcurrency,
    shown: "one per processor",
    help,
  });

/**
 * `--explainers`, also by the name `--explainer`.
 *
 * @param otherwise Which the program takes where it is not given.
 */
export const explainersFlag = (otherwise: string) =>
  readFlag("explainers", {
    ...explainersLook,
    help: "Explainers with commas between",
    shown: otherwise,
  }, (given, name) => splitList(name, given));

/** What programs take that explain by layers where there are any. */
export const usualExplainer = "lrp, or occlusion where the model shows no layers,";

/** `--unit`; nothing where each word is on its own. */
export const unitFlag = readFlag("unit", {
  value: "UNIT",
  complete: unitNames,
  help: "What is deleted as a whole and gets a relevance: word, phrase, sentence or paragraph",
  shown: "word",
}, (given, name): Exclude<UnitName, "word"> | undefined => {
  const unit = oneOf(name, given, unitNames);
  return unit === "word" ? undefined : unit;
});

/** `--example` of the programs that look at a model or a tokenizer. */
export const exampleFlag = repeatedFlag("example", {
  value: "TEXT",
  formerly: ["text"],
  help: "A text of your own to try it on, best with words that it knows",
});

const explainersLook = {
  value: "NAMES",
  aliases: ["explainer"],
  complete: "explainers",
} satisfies Omit<Look, "help">;

/**
 * `--explainers` where there can be but one.
 *
 * @param otherwise Which is taken where it is not given.
 * @param help What it is for.
 */
export function oneExplainerFlag(
  otherwise: string,
  help: string,
): TypedFlag<"explainers", string | undefined> {
  return readFlag("explainers", {
    ...explainersLook,
    value: "NAME",
    help,
    shown: otherwise,
  }, (given, name) => {
    const names = splitList(name, given);
    if (names.length === 1) return names[0]!;
    throw new UsageError(`Option --${name} takes one explainer here, not "${given}"`);
  });
}

/** Encodings that completions offer. */
const encodings = ["utf-8", "latin1", "windows-1252", "utf-16le"];

/**
 * `--encoding`, in the one spelling of `encodingOf`.
 *
 * @param help What has it.
 * @param otherwise Which is taken where it is not given; a reader may have its own default.
 */
export function encodingFlag<D extends string | undefined = undefined>(
  help: string,
  otherwise?: D,
): TypedFlag<"encoding", string | D> {
  return readFlag("encoding", {
    value: "NAME",
    complete: encodings,
    help: `${help}: utf-8, latin1, windows-1252, …`,
    default: otherwise as D,
    shown: otherwise ?? "utf-8",
  }, (given): string => {
    try {
      return encodingOf(given);
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  });
}

/** `--offline` */
export const offlineFlag = switchFlag("offline", "Use no network: take only what is there");

/** `--vectors` */
export const vectorsFlag = readFlag("vectors", {
  value: "WHAT",
  complete: "file",
  default: "skipgram",
  help:
    '"skipgram" trains word vectors on the training documents, "ppmi" makes them of counts there; ' +
    "else a file of vectors in word2vec's binary format (plain or .gz), or as text (word2vec, GloVe); " +
    '"skipgram+ppmi" and "skipgram+ppmi+FILE" join them',
}, (given): string => {
  try {
    readVectorSpec(given);
    return given;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
});

/**
 * `--json`
 *
 * @param help What it prints.
 */
export const jsonFlag = (help: string) => switchFlag("json", help);

/** `--out` of the programs that write a report. */
export const resultsFlag = textFlag("out", {
  value: "DIR",
  complete: "folder",
  default: "out",
  help: "Folder of the results",
});
