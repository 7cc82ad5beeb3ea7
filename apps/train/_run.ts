import { formatPercent } from "@heatword/core/counts";
import { firstReading, type OnProgress, type TextReading, tokenizers } from "@heatword/core";
import { findCache } from "@heatword/datasets/folders";
import { readVectorSpec } from "@heatword/datasets/vector-spec";
import { type Classification, classification, macroF1 } from "@heatword/eval/classification";
import { type Duplicates, duplicatesOf } from "@heatword/eval/duplicates";
import { keepModelApart } from "../training/keep_model_apart.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { pluginReads, textReads } from "../opening/reads.ts";
import {
  isNewsgroupsFolder,
  isSplit,
  labelledPaths,
  readTrainingTexts,
  reportBadRows,
  type TrainingCorpus,
  type TrainingTexts,
  wholeDocument,
} from "@heatword/datasets/corpus";
import type { TrainingContext } from "../training/model.ts";
import { recipeFor } from "../training/recipe.ts";
import type { Candidate } from "./_candidate.ts";
import { linearCandidate, wordCnnCandidate } from "./_candidates.ts";
import { leftOutLines } from "./_left_out.ts";
import { makers } from "./makers.ts";
import type { Settings } from "./_settings.ts";

/** What came of a training. */
export interface Trained {
  /** The folder of the model. */
  readonly folder: string;
  /** Which architecture it has. */
  readonly architecture: Candidate["architecture"];
  /** How it did on the test part. */
  readonly test: Classification;
  /** Test documents that the training documents hold too. */
  readonly duplicates: Duplicates;
  /** How the full-precision model did, when a smaller one was saved. */
  readonly full?: Classification;
  /** How a model of the other architecture did that was trained beside it. */
  readonly other?: {
    readonly architecture: Candidate["architecture"];
    readonly test: Classification;
  };
  /** What it knows, for people. */
  readonly knows: string;
}

/** How texts become words: nothing for 20Newsgroups, which are always read in one way. */
async function readingOf(settings: Settings): Promise<TextReading | undefined> {
  const { data, tokenizer } = settings;
  if (!await isNewsgroupsFolder(labelledPaths(data))) {
    return { ...firstReading, tokenizer: tokenizers.get(tokenizer ?? "unicode").name };
  }
  const alien = settings.vectors === "random"
    ? "--vectors random"
    : (["widths", "budget"] as const).find((name) => settings[name] !== undefined);
  if (alien !== undefined) {
    throw new RangeError(
      `Cannot train the network for 20Newsgroups by ${
        alien.replace(/^(?!--)/, "--")
      }: it is that of ` +
        "Arras et al. 2016; that is for own texts",
    );
  }
  if (tokenizer === undefined || tokenizer === firstReading.tokenizer) return undefined;
  throw new RangeError(
    `Cannot read the 20Newsgroups corpus by the tokenizer "${tokenizer}": only own texts are read by ` +
      `another than "${firstReading.tokenizer}"`,
  );
}

/** Refuses a folder that cannot be one, or a file that is read, before hours are spent. */
async function checkFolder({ out, vectors, plugins, ...settings }: Settings): Promise<void> {
  const found = await Deno.stat(out).catch(() => undefined);
  if (found && !found.isDirectory) {
    throw new TypeError(`Cannot write the model to "${out}": it is a file, name a folder`);
  }
  const reads = [...await textReads(settings), ...pluginReads(plugins)];
  const { file } = vectors === "random" ? {} : readVectorSpec(vectors);
  if (file !== undefined) reads.push({ path: file, what: "the word vectors" });
  await keepModelApart(out, reads);
}

/**
 * The standard error of the accuracy on held-out documents. The figure of a word-CNN is that of the
 * best of several on these very documents, so by less than two of it nothing is proved.
 */
function standardError({ heldOut = 0, heldOutDocuments = 0 }: Candidate): number {
  return heldOutDocuments === 0 ? 0 : Math.sqrt(heldOut * (1 - heldOut) / heldOutDocuments);
}

/** Trains what was asked for: the model that is taken first. */
async function trainCandidates(
  corpus: TrainingCorpus,
  settings: Settings,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<[Candidate, Candidate?]> {
  const { architecture } = settings;
  const isNamed = architecture !== "linear" && architecture !== "auto";
  // For a figure alone, the long articles of 20Newsgroups would take too much time and memory.
  if (isNamed && context.reading === undefined) {
    return [await makers[architecture](corpus, settings, context, onNotice)];
  }
  const linear = await linearCandidate(corpus, context, architecture === "auto", onNotice);
  if (architecture === "linear") return [linear];
  const make = isNamed ? makers[architecture] : wordCnnCandidate;
  const wordCnn = await make(corpus, settings, context, onNotice);
  if (isNamed) return [wordCnn, linear];
  const margin = 2 * standardError(linear);
  const [taken, other] = (wordCnn.heldOut ?? 0) > (linear.heldOut ?? 0) + margin
    ? [wordCnn, linear]
    : [linear, wordCnn];
  const figures = [taken, other].map(({ architecture, heldOut = NaN }) =>
    `${formatPercent(heldOut)} (${architecture})`
  );
  onNotice(
    `${corpus.validation ? "validation" : "held-out training"} documents: ${figures.join(", ")}; ` +
      `taken: ${taken.architecture} (a word-cnn, the best of several, is where it is better by more ` +
      `than two standard errors, ${formatPercent(margin)})`,
  );
  return [taken, other];
}

/**
 * Trains a model, measures it, and saves it.
 *
 * @param settings What was asked for.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 */
export async function train(
  settings: Settings,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<Trained> {
  await checkFolder(settings);
  await loadPlugins(settings.plugins);
  const reading = await readingOf(settings);
  const source = { ...settings, ...(reading && { reading }) };
  const texts = await readTrainingTexts(source, onProgress);
  const { corpus, bad, leftOut, notes } = texts;
  reportBadRows(bad, onNotice);
  notes.forEach(onNotice);
  const { classes } = corpus;
  onNotice(
    `${corpus.train.length} documents to train on, ${corpus.test.length} to test on, ` +
      `${classes.length} classes`,
  );
  leftOutLines(leftOut).forEach(onNotice);
  const { seed, workers, out } = settings;
  const context = {
    recipe: recipeFor(corpus.train, settings),
    seed,
    workers,
    cache: findCache(settings.cache),
    onProgress,
    ...(reading && { reading }),
  };
  const [taken, other] = await trainCandidates(corpus, settings, context, onNotice);
  const labels = corpus.test.map(({ label }) => label);
  const measure = (predictions: readonly number[]) => classification(labels, predictions, classes);
  const predictions = taken.predictions();
  const test = measure(predictions);
  const duplicates = duplicatesOf(corpus, corpus.test, predictions);
  const beside = other && { architecture: other.architecture, test: measure(other.predictions()) };
  const again = learnsAgain(settings, taken, texts);
  if (again) {
    onNotice(
      `the ${taken.architecture} model learns once more, from all ${again.train.length} documents: the figures are ` +
        `those of the one that learned from ${corpus.train.length} of them`,
    );
  }
  const saved = again ? await taken.again!(again) : taken;
  await saved.save(out, {
    corpus: corpus.name,
    ...(again && { learnedFrom: { documents: again.train.length, measured: corpus.train.length } }),
    ...(beside && {
      beside: { architecture: beside.architecture, ...figuresOf(beside.test) },
    }),
    test: {
      ...figuresOf(test),
      confusion: test.confusion,
      duplicates: duplicates.documents,
      accuracyWithoutDuplicates: duplicates.others.accuracy,
    },
  });
  await (again ? texts.allRows : texts.trainingRows)?.save(out);
  return {
    folder: out,
    architecture: taken.architecture,
    test,
    duplicates,
    knows: saved.knows,
    ...(taken.full && { full: measure(taken.full()) }),
    ...(beside && { other: beside }),
  };
}

/**
 * What a model learns from once it is measured: the test part, too, unless somebody said which part is
 * for tests. Of word-CNNs only one that was taken as the better model does, since who asks for one
 * may have its explanations in mind, which are evaluated on texts that it has not learned from.
 */
function learnsAgain(
  { columns, testShare, architecture }: Settings,
  taken: Candidate,
  { corpus, allRows }: TrainingTexts,
): TrainingCorpus | undefined {
  const isOurs = testShare === undefined && !isSplit(columns) && corpus.test.length > 0;
  const isWanted = taken.again && (taken.architecture === "linear" || architecture === "auto");
  if (!isWanted || !isOurs || allRows === undefined) return undefined;
  return { ...corpus, train: [...corpus.train, ...corpus.test.map(wholeDocument)], test: [] };
}

/** The figures of a classification that are kept with a model. */
function figuresOf(test: Classification) {
  const { documents, accuracy, standardError } = test;
  return { documents, accuracy, standardError, macroF1: macroF1(test) };
}
