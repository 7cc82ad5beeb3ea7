import type { OpenedCorpus } from "@heatword/datasets/corpus";
import { ppmiDefaults, readVectorSpec, skipgramDefaults } from "@heatword/datasets/vectors";
import { shellWord } from "../cli/shell_word.ts";
import { labelledArguments } from "../opening/labelled_settings.ts";
import type { Recipe, TrainedModel } from "../training/model.ts";
import type { Settings } from "./_settings.ts";

/**
 * The command that makes the same report again.
 *
 * @param settings What was asked for.
 * @param corpus The corpus.
 */
export function commandOf(
  settings: Settings,
  { pretrained }: Pick<OpenedCorpus, "pretrained">,
): string {
  const { explainers, plugins, vectors, seed, quick, beyond } = settings;
  const isTrained = pretrained === undefined || beyond?.data !== undefined;
  return [
    "deno task reproduce",
    ...(pretrained === undefined ? [] : ["--corpus miniature"]),
    `--explainers ${explainers.join(",")}`,
    ...plugins.map((plugin) => `--plugin ${shellWord(plugin)}`),
    ...(isTrained ? [`--vectors ${shellWord(vectors)}`] : []),
    `--seed ${seed}`,
    ...(settings.tfIdf ? ["--tf-idf"] : []),
    ...beyondArguments(beyond),
    ...(settings.trust === "table" ? [] : [`--trust ${settings.trust}`]),
    ...(quick ? ["--quick"] : []),
  ].join(" ");
}

function beyondArguments(beyond: Settings["beyond"]): string[] {
  if (beyond === undefined) return [];
  const { models, documents, runs, only, data, columns = {} } = beyond;
  const list = models.map(({ kind, folder }) => folder === undefined ? kind : `${kind}=${folder}`);
  const ofTable = labelledArguments({ columns });
  return [
    only ? "--beyond-only" : "--beyond",
    `--models ${shellWord(list.join(","))} --documents ${documents} --runs ${runs}`,
    ...(data === undefined ? [] : [`--beyond-data ${shellWord(data)}`, ...ofTable]),
  ];
}

/**
 * How a model was trained, as a table.
 *
 * @param settings What was asked for.
 * @param recipe How everything was trained.
 * @param trained What came of it.
 * @param vectors How many words have a vector, and where these are.
 */
export function settingsTable(
  settings: Settings,
  recipe: Recipe,
  { training, model }: TrainedModel,
  vectors: { words: number; path: string },
): [string, string][] {
  const skipgram = skipgramDefaults({ ...recipe.skipgram, seed: settings.seed });
  const { dimensions, window, minCount, seed } = skipgram;
  const how = {
    skipgram: ["skip-gram", skipgram],
    ppmi: ["PPMI and SVD", ppmiDefaults({ dimensions, window, minCount, seed })],
  } as const;
  const { trained, file } = readVectorSpec(settings.vectors);
  const list = (entries: [string, unknown][]) => entries.map(([k, v]) => `${k} ${v}`).join(", ");
  return [
    [
      "Word vectors",
      [
        ...trained.map((kind) => {
          const [name, options] = how[kind];
          return `${name} on the training documents, lower-cased: ${list(Object.entries(options))}`;
        }),
        ...(file === undefined ? [] : [file]),
      ].join("; joined with "),
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
  ];
}
