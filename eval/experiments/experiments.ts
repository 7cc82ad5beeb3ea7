import { getExplainer, isVectorInput, type Model, type OnProgress } from "@heatword/core";
import { shareModel } from "@heatword/core/models";
import type { BeyondData } from "@heatword/eval/beyond";
import type { EvaluationPlan } from "@heatword/eval/corpus";
import type { UnitName } from "@heatword/datasets/unit-names";
import { deletionDefaults, type DeletionOptions } from "@heatword/eval/deletion";
import { duplicatesOf, duplicatesText } from "@heatword/eval/duplicates";
import { hasDetail } from "@heatword/eval/explanations";
import { type Claim, makeLedger } from "@heatword/eval/claims";
import {
  defaultPanels,
  inverseDocumentFrequencies,
  type Panel,
  tfIdfPanel,
} from "@heatword/eval/pca";
import type { ReportData, Timing } from "@heatword/eval/report";
import type { TrustTable } from "@heatword/eval/trust";
import { type CompactDocument, type Corpus, toDocument } from "@heatword/datasets/corpus";
import { EvaluationPool } from "./evaluation_pool.ts";
import {
  factsOf,
  groupsOf,
  heatmapsOf,
  plottedTexts,
  probeWordOf,
  shownDocument,
} from "./results.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { metricsOf, writeResults } from "./write.ts";

/** A model and a corpus, ready for the experiments. */
export interface Experiments {
  /** The corpus. */
  readonly corpus: Corpus;
  /** The test documents to evaluate. */
  readonly evaluated: readonly CompactDocument[];
  /** The model. */
  readonly model: Model;
  /** What was given as the model, for the workers. */
  readonly folder: string;
  /** Names of the explainers. */
  readonly explainers: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many workers. */
  readonly workers: number;
  /**
   * Whether all is done by `model` in this thread, as it must not be opened a second time.
   *
   * @default {false}
   */
  readonly here?: boolean;
  /** Most memory for projections of words, in bytes. @default {the model's own limit} */
  readonly memory?: number;
  /** The folder of the results. */
  readonly out: string;
  /** Things that must not be overlooked. */
  readonly notices: readonly string[];
  /** What the classifier is and how it was trained, in whole sentences. */
  readonly classifier: string;
  /** Documents to count words in, to draw documents weighted by TF-IDF too. */
  readonly tfIdf?: readonly CompactDocument[];
  /** Into what words are grouped that are deleted together. @default {each word is on its own} */
  readonly unit?: UnitName;
  /** How words are deleted, where it is not as in the paper. */
  readonly deletion?: DeletionOptions;
  /** What was measured of other networks and on other tasks. */
  readonly beyond?: BeyondData;
  /** Which explainers may be trusted for the model, where that was measured. */
  readonly trust?: TrustTable;
  /** What was set, for people. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** What else belongs into metrics.json. */
  readonly metrics: Readonly<Record<string, unknown>>;
  /**
   * Whether `documents` of metrics.json is the number of documents that were measured on, and
   * `parts` how many each part has, in place of `documents` being that.
   *
   * @default {false}
   */
  readonly plainCount?: boolean;
  /** The command that makes the report again. */
  readonly command: string;
}

/** What the experiments give back. */
export interface ExperimentsResult {
  /** The ledger. */
  readonly claims: readonly Claim[];
  /** What took how long. */
  readonly timings: readonly Timing[];
  /** The path of the report. */
  readonly report: string;
  /** Things that must not be overlooked. */
  readonly notices: readonly string[];
  /** What was measured of other networks and on other tasks. */
  readonly beyond?: BeyondData;
}

/** The classifier of the paper, in words. */
export const wordCnnDescription: string =
  "Word vectors side by side, a convolution over two consecutive words, ReLU, maximum over the whole " +
  "text, a linear layer to the classes. Scores are taken before softmax. Hyper-parameters and the " +
  "epoch are chosen on a held-out part of the training documents, never on the test documents.";

/**
 * A word-CNN in words, by the convolutions that it has.
 *
 * @param convolutions Their widths and numbers of filters.
 */
export function describeWordCnn(
  convolutions: readonly { readonly width: number; readonly filters: number }[],
): string {
  if (convolutions.every(({ width }) => width === 2)) return wordCnnDescription;
  const list = new Intl.ListFormat("en");
  const widths = list.format(convolutions.map(({ width }) => `${width}`));
  return wordCnnDescription.replace(
    "a convolution over two consecutive words",
    `filters over ${widths} consecutive words`,
  );
}

/**
 * A char-CNN in words.
 *
 * @param convolutions The number of filters and of characters that they span.
 */
export function describeCharCnn(
  convolutions: readonly { readonly width: number; readonly filters: number }[],
): string {
  const [{ width, filters }] = convolutions as [{ width: number; filters: number }];
  return `The characters of the words in text order, a blank between two, ${filters} filters over ${width} ` +
    "of their vectors, ReLU, maximum over the whole text, a linear layer to the classes. A word's " +
    "relevance is the sum over its characters and the blank after it, and it is deleted with them. Scores are taken " +
    "before softmax. The epoch is chosen on a held-out part of the training documents, never on the " +
    "test documents.";
}

/** The recurrent classifiers, in words. */
export const recurrentDescription: string =
  "Word vectors that stay as they are, an LSTM or a GRU in one direction or both, the largest state of " +
  "each unit over all words or their mean, a linear layer to the classes. Scores are taken before " +
  "softmax. The epoch is chosen on a held-out part of the training documents, never on the test " +
  "documents.";

/** The linear classifier, in words. */
export const linearDescription: string =
  "Multinomial logistic regression on TF-IDF of words, pairs of words or characters within words, its " +
  "features and its penalty chosen by cross-validation on the training documents. What a feature adds " +
  "is shared out among its words in equal parts; a deleted word takes its parts with it. Scores are " +
  "taken before softmax.";

/**
 * The document vectors that can be made of a model's inputs; none where it has no word vectors. A plane
 * takes two documents, and word vectors of two numbers: those of one all become ±1.
 */
export function panelsFor(
  model: Model,
  documents: number,
  explainers: readonly string[],
): Panel[] | undefined {
  const empty = model.encode({ text: "", tokens: [] });
  if (documents < 2 || !isVectorInput(empty) || empty.dimensions < 2) return undefined;
  const elementwise = explainers.filter((name) => hasDetail(getExplainer(name)));
  return defaultPanels(explainers, elementwise);
}

function planOf(experiments: Experiments): EvaluationPlan {
  const { model, evaluated, explainers, seed, deletion, tfIdf, unit } = experiments;
  const panels = panelsFor(model, evaluated.length, explainers);
  return {
    explainers,
    seed,
    deletion: { ...deletionDefaults, ...deletion },
    ...(unit && { unit }),
    ...(panels && { panels: [...panels, ...(tfIdf ? [tfIdfPanel] : [])] }),
    ...(panels && tfIdf && { frequencies: inverseDocumentFrequencies(tfIdf.map(toDocument)) }),
  };
}

/** What was set about the experiments, for people. */
export function settingsOf(
  experiments: Pick<Experiments, "deletion" | "explainers" | "seed" | "unit">,
): [string, string][] {
  const { minLength, deletions, runs } = { ...deletionDefaults, ...experiments.deletion };
  const list = (entries: [string, unknown][]) => entries.map(([k, v]) => `${k} ${v}`).join(", ");
  return [
    ["Seed of everything", String(experiments.seed)],
    [
      "Word deletion",
      `documents of at least ${minLength} words, 0 to ${deletions} deletions, ${runs} random runs`,
    ],
    ...(experiments.unit ? [["Deleted as a whole", experiments.unit] as [string, string]] : []),
    ...experiments.explainers.map((name): [string, string] => {
      const options = Object.entries(getExplainer(name).options);
      return [
        `Explainer ${name}`,
        list(options.map(([option, spec]) => [option, spec.default])) || "no options",
      ];
    }),
    ["Versions", `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`],
  ];
}

/**
 * Runs all experiments and writes the report.
 *
 * @param experiments A model, a corpus, and how to go on.
 * @param watch Takes the time.
 * @param onProgress Called with progress.
 */
export async function runExperiments(
  experiments: Experiments,
  watch: Stopwatch,
  onProgress: OnProgress,
): Promise<ExperimentsResult> {
  const { corpus, evaluated, model, folder, explainers, plugins, seed, workers, out, notices } =
    experiments;
  const { memory, here = false } = experiments;
  if (evaluated.length === 0) throw new RangeError("There is no document to evaluate on");
  const plan = planOf(experiments);
  // Workers share the memory of a word-CNN; any other model each of them loads by itself.
  const forWorkers = shareModel(model, memory === undefined ? {} : { memory }) ?? folder;
  const groups = groupsOf(corpus, evaluated);
  // Words alone do not tell where a sentence ends.
  const documents = plan.unit === undefined
    ? evaluated
    : evaluated.map((one) => ({ ...one, text: corpus.original(one.id).text }));
  const start = { model: forWorkers, plugins, plan };
  await using pool = new EvaluationPool(start, workers, here ? model : undefined);
  const evaluations = await watch.run(
    "Classify, explain and delete",
    () => pool.evaluate(documents, onProgress),
  );
  const panels = await watch.run(
    "Principal components and silhouettes",
    () => pool.panels(evaluations, groups, onProgress),
  );
  const predictions = evaluations.map(({ prediction }) => prediction);
  const duplicates = corpus.train.length === 0
    ? undefined
    : await watch.run("Compare test with training documents", (setNote) => {
      const found = duplicatesOf(corpus, evaluated, predictions);
      setNote(duplicatesText(found));
      return found;
    });
  const summed = factsOf(corpus, duplicates, evaluations, plan, panels);
  const document = shownDocument(corpus, evaluated, evaluations);
  const probeWord = document && await probeWordOf(model, document, explainers);
  const facts = { ...summed, ...(probeWord && { probeWord }) };
  const claims = makeLedger(facts);
  const settings = [...experiments.settings, ...settingsOf(experiments)];
  const report = await watch.run("Write the report", async () => {
    const data: ReportData = {
      ...facts,
      corpus: corpus.name,
      preparation: corpus.preparation,
      classifier: experiments.classifier,
      minLength: plan.deletion!.minLength!,
      notices,
      claims,
      groups,
      points: plottedTexts(corpus, evaluated, evaluations),
      ...(document && {
        heatmaps: await heatmapsOf(model, document, explainers, { seed, unit: experiments.unit }),
      }),
      explainers: explainers.map(getExplainer),
      settings,
      timings: watch.timings,
      ...(experiments.beyond && { beyond: experiments.beyond }),
      ...(experiments.trust && { trust: experiments.trust }),
      command: experiments.command,
    };
    const metrics = metricsOf(facts, {
      version: 1,
      corpus: corpus.name,
      seed,
      explainers,
      command: experiments.command,
      settings: Object.fromEntries(settings),
      ...experiments.metrics,
      evaluated: evaluated.length,
      timings: watch.timings,
    });
    const { documents: parts } = facts;
    const counted = { ...metrics, documents: evaluated.length, parts };
    const figures = experiments.plainCount ? counted : metrics;
    return await writeResults(out, data, figures, corpus, evaluated, evaluations);
  });
  return {
    claims,
    timings: watch.timings,
    report,
    notices,
    ...(experiments.beyond && { beyond: experiments.beyond }),
  };
}
