import { getExplainer, type OnProgress } from "@heatword/core";
import { findCache, findData } from "@heatword/datasets";
import { skipgramDefaults } from "@heatword/datasets/vectors";
import type { EvaluationPlan } from "@heatword/eval/corpus";
import { deletionDefaults } from "@heatword/eval/deletion";
import { hasDetail } from "@heatword/eval/explanations";
import { type Claim, makeLedger } from "@heatword/eval/ledger";
import { defaultPanels } from "@heatword/eval/pca";
import type { ReportData, Timing } from "@heatword/eval/report";
import { loadPlugin } from "@heatword/explainers";
import { type CompactDocument, type Corpus, readNewsgroups, shownArticle } from "./_corpus.ts";
import { getModel, getVectors, type Recipe, type TrainedModel } from "./_model.ts";
import { evaluateInWorkers } from "./_pool.ts";
import { factsOf, groupsOf, heatmapsOf, rideOf } from "./_results.ts";
import type { Settings } from "./_settings.ts";
import { Stopwatch } from "./_stopwatch.ts";
import { metricsOf, writeResults } from "./_write.ts";

/** What a run gives back. */
export interface RunResult {
  /** The ledger. */
  readonly claims: readonly Claim[];
  /** What took how long. */
  readonly timings: readonly Timing[];
  /** The path of the report. */
  readonly report: string;
  /** Things that must not be overlooked. */
  readonly notices: readonly string[];
}

/** How a whole run trains; chosen on held-out training documents. */
const fullRecipe: Recipe = {
  skipgram: {},
  norm: 3,
  hyperparameters: {
    epochs: 12,
    schedule: "cosine",
    wordDropout: 0.8,
    labelSmoothing: 0.1,
    l2: 5e-4,
    randomWindow: true,
  },
  heldOut: 0.15,
};

/** How a quick run trains: to show that everything works, not to classify well. */
const quickRecipe: Recipe = {
  skipgram: { dimension: 50, window: 5, epochs: 5, minCount: 3, subsample: 1e-3 },
  norm: 3,
  hyperparameters: { filters: 200, epochs: 10 },
  heldOut: 0.1,
};

/** A quick run takes one document of so many. */
const quickStride = { train: 4, test: 8 };

const quickNotice =
  "QUICK RUN: few documents, few filters, short training. Its figures prove nothing; " +
  'leave out "--quick" for the real ones.';

/** Checks everything that can be wrong before any long work begins. */
export async function checkSettings(settings: Settings): Promise<void> {
  for (const plugin of settings.plugins) await loadPlugin(plugin);
  // Throws for an unknown name, and says the nearest known one.
  settings.explainers.forEach(getExplainer);
  if (settings.vectors !== "skipgram") {
    try {
      await Deno.stat(settings.vectors);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Deno.errors.NotFound(
        `Cannot find the word vectors "${settings.vectors}": give a file, or "skipgram" to train them`,
      );
    }
  }
}

/** Finds and reads the corpus. */
export async function openCorpus(settings: Settings, onProgress: OnProgress): Promise<Corpus> {
  return await readNewsgroups(findData(settings.data), onProgress);
}

function thin<T extends CompactDocument>(documents: readonly T[], stride: number): T[] {
  return documents.filter(({ id }, i) => i % stride === 0 || id === shownArticle);
}

function planOf(settings: Settings): EvaluationPlan {
  const { explainers, seed } = settings;
  const elementwise = explainers.filter((name) => hasDetail(getExplainer(name)));
  return {
    explainers,
    seed,
    deletion: deletionDefaults,
    panels: defaultPanels(explainers, elementwise),
  };
}

function commandOf(settings: Settings): string {
  const { explainers, plugins, vectors, seed, quick } = settings;
  const quote = (text: string) => /^[\w./,@=-]+$/.test(text) ? text : JSON.stringify(text);
  return [
    "deno task reproduce",
    `--explainers ${explainers.join(",")}`,
    ...plugins.map((plugin) => `--plugin ${quote(plugin)}`),
    `--vectors ${quote(vectors)}`,
    `--seed ${seed}`,
    ...(quick ? ["--quick"] : []),
  ].join(" ");
}

function settingsTable(
  settings: Settings,
  recipe: Recipe,
  { training, model }: TrainedModel,
  vectors: { words: number; path: string },
): [string, string][] {
  const { minLength, deletions, runs } = deletionDefaults;
  const skipgram = Object.entries(skipgramDefaults({ ...recipe.skipgram, seed: settings.seed }));
  const list = (entries: [string, unknown][]) => entries.map(([k, v]) => `${k} ${v}`).join(", ");
  return [
    ["Seed of everything", String(settings.seed)],
    [
      "Word vectors",
      settings.vectors === "skipgram"
        ? `skip-gram on the training documents, lower-cased: ${list(skipgram)}`
        : settings.vectors,
    ],
    [
      "Words with a vector",
      `${
        vectors.words.toLocaleString("en")
      }, each of ${model.dimensions} numbers, scaled to norm ${recipe.norm}`,
    ],
    ["Classifier", list(Object.entries(training.hyperparameters))],
    [
      "Choice of the epoch",
      `epoch ${training.bestEpoch}, best of ${training.history.length} on ${
        training.heldOut.toLocaleString("en")
      } held-out training documents; then trained on all ${
        training.documents.toLocaleString("en")
      } up to it`,
    ],
    [
      "Word deletion",
      `documents of at least ${minLength} words, 0 to ${deletions} deletions, ${runs} random runs`,
    ],
    ...settings.explainers.map((name): [string, string] => {
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
 * Runs all experiments on a corpus and writes the report.
 *
 * @param settings What to run; must be checked.
 * @param open Gives the corpus.
 * @param onProgress Told how far it is.
 * @param log Takes a line for people now and then.
 */
export async function reproduce(
  settings: Settings,
  open: (settings: Settings, onProgress: OnProgress) => Promise<Corpus>,
  onProgress: OnProgress,
  log: (line: string) => void = (line) => console.error(line),
): Promise<RunResult> {
  const { explainers, seed, workers, quick, out } = settings;
  const watch = new Stopwatch(log);
  const cache = `${findCache(settings.cache)}${quick ? "/quick" : ""}`;
  const recipe = quick ? quickRecipe : fullRecipe;
  const context = { recipe, seed, workers, cache, onProgress };
  if (quick) log(quickNotice);

  const corpus = await watch.run("Read and tokenize the corpus", async (note) => {
    const corpus = await open(settings, onProgress);
    note(`${corpus.train.length} training and ${corpus.test.length} test documents`);
    return corpus;
  });
  for (const notice of corpus.notices) log(notice);
  // A folder that cannot be made is found out now rather than at the end.
  await Deno.mkdir(out, { recursive: true });
  const train = quick ? { ...corpus, train: thin(corpus.train, quickStride.train) } : corpus;
  const evaluated = quick ? thin(corpus.test, quickStride.test) : corpus.test;

  const { words, path } = await watch.run("Get the word vectors", async (note) => {
    const { vectors: words, path } = await getVectors(train, settings.vectors, context);
    note(`${words.size} words, in ${path}`);
    return { words, path };
  });
  const trained = await watch.run(
    "Train the classifier",
    (note) => getModel(train, words, context, note),
  );
  const plan = planOf(settings);
  const evaluations = await watch.run(
    "Classify, explain and delete",
    () =>
      evaluateInWorkers(
        evaluated,
        { model: trained.folder, plugins: settings.plugins, plan },
        workers,
        onProgress,
      ),
  );
  const summed = await watch.run(
    "Principal components and silhouettes",
    () =>
      factsOf(
        corpus,
        evaluated,
        evaluations,
        plan,
        (done, total) => onProgress({ task: "Projecting", done, total, unit: "panels" }),
      ),
  );
  const { model } = trained;
  const heatmaps = heatmapsOf(model, corpus, evaluated, evaluations, explainers, seed);
  const ride = rideOf(model, corpus.shown, explainers);
  const facts = { ...summed, ...(ride && { ride }) };
  const claims = makeLedger(facts);
  const notices = [...(quick ? [quickNotice] : []), ...corpus.notices];
  const settingsRows = settingsTable(settings, recipe, trained, { words: words.size, path });
  const { report } = await watch.run("Write the report", async () => {
    const data: ReportData = {
      ...facts,
      corpus: corpus.name,
      notices,
      claims,
      groups: groupsOf(corpus, evaluated),
      ...(heatmaps && { heatmaps }),
      explainers: explainers.map(getExplainer),
      settings: settingsRows,
      timings: watch.timings,
      command: commandOf(settings),
    };
    const metrics = metricsOf(facts, {
      version: 1,
      corpus: corpus.name,
      quick,
      seed,
      explainers,
      command: data.command,
      settings: Object.fromEntries(settingsRows),
      training: trained.training,
      evaluated: evaluated.length,
      timings: watch.timings,
    });
    return { report: await writeResults(out, data, metrics, corpus, evaluated, evaluations) };
  });
  return { claims, timings: watch.timings, report, notices };
}
