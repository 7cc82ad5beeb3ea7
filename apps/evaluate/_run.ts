import { getExplainer, isMaxPooled, type Model, type OnProgress } from "@heatword/core";
import {
  charCnnKind,
  kindOfModel,
  linearKind,
  recurrentKind,
  wordCnnKind,
} from "@heatword/core/models";
import { defined } from "../cli/flag.ts";
import { shellWord } from "../cli/shell_word.ts";
import { assess, ASSESSMENT_FILES, type AssessmentResult } from "@heatword/eval/assessment";
import { describeRun } from "@heatword/eval/batch";
import { deletionDefaults } from "@heatword/eval/deletion";
import { assertUnits, chosenExplainers } from "@heatword/eval/explanations";
import { labelledArguments } from "../opening/labelled_settings.ts";
import { modelPath, openModelAt, worksAlone } from "../opening/model.ts";
import { loadPluginsApart } from "../opening/plugins.ts";
import { modelReads, pluginReads, textReads } from "../opening/reads.ts";
import { checkResultPaths } from "../opening/result_paths.ts";
import {
  describeCharCnn,
  describeWordCnn,
  type ExperimentsResult,
  linearDescription,
  recurrentDescription,
  runExperiments,
} from "@heatword/eval/experiments";
import { Stopwatch } from "@heatword/eval/experiments";
import type { Settings } from "./_settings.ts";
import {
  isNewsgroupsFolder,
  labelledPaths,
  readEvaluatedTexts,
  TrainingRows,
} from "@heatword/datasets/corpus";

/** How words are deleted, all of it. */
type Deletion = Required<Settings["deletion"]>;

function commandOf(
  settings: Settings & { readonly explainers?: readonly string[] },
  deletion: Deletion,
): string {
  const { explainers, plugins, seed, testPart, includeTraining, unit, trustDocuments } = settings;
  const { minLength, deletions, runs } = deletion;
  return [
    "deno task evaluate",
    ...(settings.model === undefined ? [] : [`--model ${shellWord(settings.model)}`]),
    ...labelledArguments(settings),
    ...(testPart ? ["--test-part"] : []),
    ...(includeTraining ? ["--include-training"] : []),
    ...(explainers ? [`--explainers ${explainers.join(",")}`] : []),
    ...plugins.map((plugin) => `--plugin ${shellWord(plugin)}`),
    ...(unit ? [`--unit ${unit}`] : []),
    `--min-length ${minLength} --deletions ${deletions} --runs ${runs}`,
    ...(trustDocuments === undefined ? [] : [`--trust-documents ${trustDocuments}`]),
    `--seed ${seed}`,
  ].join(" ");
}

/** What the classifier is, in words. */
async function describeClassifier(folder: string, model: Model): Promise<string> {
  const kind = await kindOfModel(folder);
  if (kind === undefined || kind === wordCnnKind) {
    return describeWordCnn(isMaxPooled(model) ? model.filterBank.convolutions : []);
  }
  if (kind === charCnnKind && isMaxPooled(model)) {
    return describeCharCnn(model.filterBank.convolutions);
  }
  if (kind === recurrentKind) return recurrentDescription;
  if (kind === linearKind) return linearDescription;
  return `A model that was given, of the kind "${kind.name}". Scores are taken before softmax.`;
}

/**
 * Evaluates explanations of a model on labelled texts and writes a report.
 *
 * @param settings What to evaluate, and how.
 * @param onProgress Called with progress.
 * @param onNotice Called with each line that a person should know.
 * @throws {RangeError} If an explainer is unknown or no text has a class of the model.
 * @throws {TypeError} If the model cannot do what an explainer needs.
 */
export async function evaluate(
  settings: Settings,
  onProgress: OnProgress,
  onNotice: (line: string) => void = (line) => console.error(line),
): Promise<ExperimentsResult | AssessmentResult> {
  const find = () => modelPath(defined({ model: settings.model }));
  await loadPluginsApart(settings.plugins, async (withModels) => {
    await checkResultPaths(settings.out, [
      ...withModels ? await modelReads(await find()) : [],
      ...await textReads(settings),
      ...pluginReads(settings.plugins),
    ], ASSESSMENT_FILES);
  });
  const folder = await find();
  settings.explainers?.forEach(getExplainer);
  const watch = new Stopwatch(onNotice);
  const note = (line: string) => onNotice(`note: ${line}`);
  // A table of own texts has no tables of the tokenizer beside it.
  const data = labelledPaths(settings.data);
  const tables = await isNewsgroupsFolder(data) ? { data: data[0]! } : {};
  const resources = { ...tables, ...settings.limits };
  const model = await watch.run("Load the model", () => openModelAt(folder, resources, note));
  const { unit } = settings;
  // SA gives words no relevance that could be added up.
  const usual = unit ? ["lrp"] : ["lrp", "sa"];
  const chosen = chosenExplainers(settings.explainers, usual, model, onNotice, unit !== undefined);
  if (unit) assertUnits(chosen.map((explainer) => ({ explainer, options: {} })), unit);
  const explainers = chosen.map(({ name }) => name);
  const corpus = await watch.run("Read and tokenize the texts", async (setNote) => {
    const trained = await TrainingRows.load(folder);
    const source = { ...settings, ...(trained && { trained }) };
    const corpus = await readEvaluatedTexts(source, model, onProgress, onNotice);
    setNote(`${corpus.test.length} documents`);
    return corpus;
  });
  const { plugins, seed, out, workers } = settings;
  const here = await worksAlone(folder, model);
  const classifier = await describeClassifier(folder, model);
  await Deno.mkdir(out, { recursive: true });
  const shared = {
    corpus,
    model,
    folder,
    explainers,
    plugins,
    seed,
    workers,
    here,
    out,
    classifier,
  };
  if (!await isNewsgroupsFolder(data)) {
    const files = [...await modelReads(folder), ...pluginReads(plugins)].map(({ path }) => path);
    return await assess(
      {
        ...shared,
        deletion: settings.deletion,
        areNamed: settings.explainers !== undefined,
        trustDocuments: settings.trustDocuments,
        unit,
        command: (deletion) => commandOf(settings, deletion),
        describe: (settled) =>
          describeRun({ evaluate: 1, model: folder, ...settled }, files, new Set(), onProgress),
      },
      watch,
      onProgress,
      onNotice,
    );
  }
  const deletion = { ...deletionDefaults, ...settings.deletion };
  return await runExperiments(
    {
      ...shared,
      evaluated: corpus.test,
      deletion,
      ...(unit && { unit }),
      notices: corpus.notices,
      settings: [["Model", folder]],
      metrics: { quick: false, model: folder },
      plainCount: true,
      command: commandOf({ ...settings, explainers }, deletion),
    },
    watch,
    onProgress,
  );
}
