import { getExplainer, type OnProgress } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { loadWordCnn } from "@heatword/core/word-cnn";
import { type BeyondData, beyondHtml } from "@heatword/eval/beyond";
import { findCache, findData } from "@heatword/datasets/folders";
import { readVectorSpec } from "@heatword/datasets/vectors";
import {
  type CompactDocument,
  type OpenedCorpus,
  shownArticle,
  type TrainingCorpus,
} from "@heatword/datasets/corpus";
import { defined } from "../cli/flag.ts";
import { getModel, getVectors, type Recipe, type TrainingContext } from "../training/model.ts";
import { fullRecipeFor } from "../training/recipe.ts";
import {
  type ExperimentsResult,
  runExperiments,
  wordCnnDescription,
} from "@heatword/eval/experiments";
import { measureBeyond } from "./_beyond.ts";
import { commandOf, settingsTable } from "./_described.ts";
import type { Settings } from "./_settings.ts";
import { trustNames, trustOf } from "./_trust.ts";
import { Stopwatch } from "@heatword/eval/experiments";
import { loadPluginsApart } from "../opening/plugins.ts";
import { dataReads, modelReads, pluginReads, textReads } from "../opening/reads.ts";
import { checkResultPaths } from "../opening/result_paths.ts";

/** How a quick run trains: to show that everything works, not to classify well. */
const quickRecipe: Recipe = {
  skipgram: { dimensions: 50, window: 5, epochs: 5, minCount: 3, subsample: 1e-3 },
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
  const { out, plugins, vectors, beyond } = settings;
  const { file } = readVectorSpec(vectors);
  const table = beyond?.data === undefined ? [] : await textReads({ columns: {}, ...beyond });
  const folders = beyond?.models.flatMap(({ folder }) => folder ?? []) ?? [];
  await loadPluginsApart(plugins, async (withModels) => {
    const models = await Promise.all((withModels ? folders : []).map(modelReads));
    await checkResultPaths(out, [
      ...table,
      ...models.flat(),
      ...pluginReads(plugins),
      ...dataReads(findData(settings.data)),
      ...(file === undefined ? [] : [{ path: file, what: "the word vectors" }]),
    ], [
      ...trustNames(settings),
      ...(beyond ? ["beyond.json", ...(beyond.only ? ["beyond.html"] : [])] : []),
    ]);
  });
  // Throws for an unknown name, and says the nearest known one.
  settings.explainers.forEach(getExplainer);
  if (file !== undefined) {
    try {
      await Deno.stat(file);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Deno.errors.NotFound(
        `Cannot find the word vectors "${file}": give a file, or "skipgram", "ppmi" or "skipgram+ppmi" ` +
          "to train them",
      );
    }
  }
}

function thin<T extends CompactDocument>(documents: readonly T[], stride: number): T[] {
  return documents.filter(({ id }, i) => i % stride === 0 || id === shownArticle);
}

/** What a run learns from, and is evaluated on. */
function thinned(corpus: OpenedCorpus, quick: boolean): OpenedCorpus {
  if (!quick) return corpus;
  const { train, test } = corpus;
  return { ...corpus, train: thin(train, quickStride.train), test: thin(test, quickStride.test) };
}

/** What is measured beyond the paper, where it is asked for. */
async function beyondStep(
  settings: Settings,
  corpus: TrainingCorpus & Pick<OpenedCorpus, "name" | "pretrained">,
  context: TrainingContext,
  watch: Stopwatch,
  onNotice: (line: string) => void,
): Promise<{ readonly beyond?: BeyondData }> {
  const { beyond } = settings;
  if (beyond === undefined) return {};
  return await watch.run("Train other networks, and delete words of texts by each", async () => {
    return { beyond: await measureBeyond(beyond, settings, corpus, context, onNotice) };
  });
}

/** What all runs hand on to the experiments. */
function common({ explainers, plugins, seed, workers, memory, out }: Settings) {
  return { explainers, plugins, seed, workers, memory, out };
}

/** The table of trust, where it is asked for and can be had. */
async function trustStep(
  settings: Settings,
  corpus: OpenedCorpus,
  folder: string,
  watch: Stopwatch,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
) {
  if (settings.trust === "none") return {};
  return await watch.run("Measure which explainers may be trusted", async () => {
    return defined({ trust: await trustOf(settings, corpus, folder, onProgress, onNotice) });
  });
}

/** Runs the experiments on a corpus that comes with a model. */
async function reproducePretrained(
  settings: Settings,
  corpus: OpenedCorpus,
  folder: string,
  context: TrainingContext,
  watch: Stopwatch,
  onNotice: (line: string) => void,
): Promise<ExperimentsResult> {
  const { onProgress } = context;
  const beyond = await beyondStep(settings, corpus, context, watch, onNotice);
  const { model, training } = await watch.run("Load the model", () => loadWordCnn(folder));
  const trust = await trustStep(settings, corpus, folder, watch, onProgress, onNotice);
  return await runExperiments(
    {
      ...common(settings),
      ...beyond,
      ...trust,
      corpus,
      evaluated: corpus.test,
      ...(settings.tfIdf && { tfIdf: corpus.test }),
      model,
      folder,
      notices: corpus.notices,
      classifier: wordCnnDescription,
      settings: [["Classifier", "the pretrained model that comes with the project"]],
      metrics: { quick: false, training },
      command: commandOf(settings, corpus),
    },
    watch,
    onProgress,
  );
}

/**
 * Runs all experiments on a corpus and writes the report.
 *
 * @param settings What to run; must be checked.
 * @param open Gives the corpus.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 */
export async function reproduce(
  settings: Settings,
  open: (
    settings: Settings,
    onProgress: OnProgress,
    onNotice: (line: string) => void,
  ) => Promise<OpenedCorpus>,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<ExperimentsResult> {
  const { seed, workers, quick, out } = settings;
  const watch = new Stopwatch(onNotice);
  const cache = `${findCache(settings.cache)}${quick ? "/quick" : ""}`;
  const recipe = quick ? quickRecipe : fullRecipeFor(settings.vectors);
  const context = { recipe, seed, workers, cache, onProgress };

  const corpus = await watch.run("Read and tokenize the corpus", async (setNote) => {
    const corpus = await open(settings, onProgress, onNotice);
    setNote(`${corpus.train.length} training and ${corpus.test.length} test documents`);
    return corpus;
  });
  for (const notice of corpus.notices) onNotice(notice);
  // A folder that cannot be made is found out now rather than at the end.
  await Deno.mkdir(out, { recursive: true });
  if (settings.beyond?.only) {
    if (quick) onNotice(quickNotice);
    const { beyond } = await beyondStep(settings, thinned(corpus, quick), context, watch, onNotice);
    const report = `${out}/beyond.html`;
    const notices = [...(quick ? [quickNotice] : []), ...corpus.notices];
    const command = commandOf(settings, corpus);
    await writeFileAtomically(report, beyondHtml(beyond!, { notices, command }));
    return { claims: [], timings: watch.timings, report, notices, beyond: beyond! };
  }
  if (corpus.pretrained) {
    return await reproducePretrained(
      settings,
      corpus,
      corpus.pretrained,
      context,
      watch,
      onNotice,
    );
  }
  if (quick) onNotice(quickNotice);
  const train = { ...corpus, train: thinned(corpus, quick).train };
  const evaluated = thinned(corpus, quick).test;

  const { words, path } = await watch.run("Get the word vectors", async (setNote) => {
    const { vectors: words, path } = await getVectors(train, settings.vectors, context, onNotice);
    setNote(`${words.size} words, in ${path}`);
    return { words, path };
  });
  const trained = await watch.run(
    "Train the classifier",
    (setNote) => getModel(train, words, context, setNote),
  );
  const beyond = await beyondStep(
    settings,
    thinned(corpus, quick),
    context,
    watch,
    onNotice,
  );
  const trust = await trustStep(settings, corpus, trained.folder, watch, onProgress, onNotice);
  return await runExperiments(
    {
      ...common(settings),
      ...beyond,
      ...trust,
      corpus,
      evaluated,
      ...(settings.tfIdf && { tfIdf: train.train }),
      model: trained.model,
      folder: trained.folder,
      classifier: wordCnnDescription,
      notices: [...(quick ? [quickNotice] : []), ...corpus.notices],
      settings: settingsTable(settings, recipe, trained, { words: words.size, path }),
      metrics: { quick, training: trained.training },
      command: commandOf(settings, corpus),
    },
    watch,
    onProgress,
  );
}
