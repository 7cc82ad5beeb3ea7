import { getExplainer, isDifferentiable, isLayered, type OnProgress } from "@heatword/core";
import { kindOfModel, openModel, wordCnnKind } from "@heatword/core/models";
import { loadPlugin } from "@heatword/explainers";
import { modelPath } from "../opening/model.ts";
import { modelReads, pluginReads, textReads } from "../opening/reads.ts";
import { checkResultPaths } from "../opening/result_paths.ts";
import {
  type ExperimentsResult,
  runExperiments,
  wordCnnDescription,
} from "@heatword/eval/experiments";
import { Stopwatch } from "@heatword/eval/experiments";
import type { Settings } from "./_settings.ts";
import { readEvaluatedTexts } from "@heatword/datasets/corpus";

function commandOf(settings: Settings): string {
  const { columns, deletion, explainers, plugins, seed, testPart } = settings;
  const quote = (text: string) => /^[\w./,@=-]+$/.test(text) ? text : JSON.stringify(text);
  const given = { model: settings.model, data: settings.data, ...columns };
  return [
    "deno task evaluate",
    ...Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name} ${quote(value)}`]
    ),
    ...(testPart ? ["--test-part"] : []),
    `--explainers ${explainers.join(",")}`,
    ...plugins.map((plugin) => `--plugin ${quote(plugin)}`),
    `--min-length ${deletion.minLength} --deletions ${deletion.deletions} --runs ${deletion.runs}`,
    `--seed ${seed}`,
  ].join(" ");
}

/**
 * Evaluates explanations of a model on labelled texts and writes a report.
 *
 * @param settings What to evaluate, and how.
 * @param onProgress Told how far it is.
 * @param log Takes a line for people now and then.
 * @throws {RangeError} If an explainer is unknown or no text has a class of the model.
 * @throws {TypeError} If the model cannot do what an explainer needs.
 */
export async function evaluate(
  settings: Settings,
  onProgress: OnProgress,
  log: (line: string) => void = (line) => console.error(line),
): Promise<ExperimentsResult> {
  const folder = await modelPath(settings);
  await checkResultPaths(settings.out, [
    ...await modelReads(folder),
    ...await textReads(settings.data),
    ...pluginReads(settings.plugins),
  ]);
  for (const plugin of settings.plugins) await loadPlugin(plugin);
  const explainers = settings.explainers.map(getExplainer);
  const watch = new Stopwatch(log);
  const model = await watch.run("Load the model", () => openModel(folder));
  for (const { name, tags } of explainers) {
    const able = tags.needs === "layers"
      ? isLayered(model)
      : tags.needs === "gradients"
      ? isDifferentiable(model)
      : true;
    if (!able) {
      throw new TypeError(
        `Explainer "${name}" needs ${tags.needs}, which the model in "${folder}" does not give; ` +
          'black-box ones work with every model: --explainers occlusion, see "deno task explainers"',
      );
    }
  }
  const corpus = await watch.run("Read and tokenize the texts", async (note) => {
    const corpus = await readEvaluatedTexts(settings, model, onProgress, log);
    note(`${corpus.test.length} documents`);
    return corpus;
  });
  const { plugins, seed, workers, out, deletion } = settings;
  await Deno.mkdir(out, { recursive: true });
  return await runExperiments(
    {
      corpus,
      evaluated: corpus.test,
      model,
      folder,
      explainers: settings.explainers,
      plugins,
      seed,
      workers,
      out,
      deletion,
      notices: corpus.notices,
      classifier: await kindOfModel(folder) === wordCnnKind
        ? wordCnnDescription
        : "A model in TensorFlow.js's format that was given; scores are taken before softmax.",
      settings: [["Model", folder]],
      metrics: { quick: false, model: folder },
      command: commandOf(settings),
    },
    watch,
    onProgress,
  );
}
