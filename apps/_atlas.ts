import { getExplainer } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { findPunktParameters, PunktSentenceTokenizer } from "@heatword/datasets/nltk";
import {
  atlasCsv,
  atlasHtml,
  type AtlasOptions,
  makeAtlas,
  sentenceExcerpts,
} from "@heatword/eval/atlas";
import { defined } from "./cli/flag.ts";
import type { AtlasArguments } from "./cli/programs/atlas.ts";
import { showProgress } from "./cli/progress.ts";
import { loadModel, modelPath, sayNote } from "./opening/model.ts";
import { chosenExplainers } from "@heatword/eval/explanations";
import { type ModelLimits, modelLimits } from "./opening/model_limits.ts";
import { loadPluginsApart } from "./opening/plugins.ts";
import { keepApart } from "./cli/keep_apart.ts";
import { keepForeign } from "./cli/keep_foreign.ts";
import { dataFolderOf, readTexts, type TextsSettings } from "./opening/chosen_texts.ts";
import { labelledSettings } from "./opening/labelled_settings.ts";
import { dataReads, modelReads, pluginReads, textReads } from "./opening/reads.ts";

/** What to make an atlas of, and how. */
export interface AtlasSettings extends AtlasOptions, TextsSettings {
  /** The folder to write into. */
  readonly out: string;
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** How it is asked. */
  readonly limits?: ModelLimits;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
}

/** Reads the settings from the command line. */
export function readAtlasSettings(args: AtlasArguments): AtlasSettings {
  const { out, corpus, explainers, rank, words, examples, ngrams, model } = args;
  return {
    ...labelledSettings(args),
    out,
    corpus,
    rank,
    words,
    minDocuments: args["min-documents"],
    examples,
    ngrams,
    plugins: args.plugin,
    ...modelLimits(args),
    ...defined({ model, explainer: explainers }),
  };
}

/** What an atlas consists of. */
const fileNames = ["index.html", "words.csv", "filters.csv", "ngrams.csv"] as const;

/**
 * Makes an atlas and writes it.
 *
 * @param settings Of what, and how.
 * @returns The files.
 * @throws {Error} If there is no model or no corpus, or the explainer is unknown.
 */
export async function writeAtlas(settings: AtlasSettings): Promise<string[]> {
  const { out, plugins } = settings;
  const data = await dataFolderOf(settings);
  const given = defined({ model: settings.model, data, limits: settings.limits });
  const writes = fileNames.map((name) => ({ path: `${out}/${name}`, what: "the atlas" }));
  await loadPluginsApart(plugins, async (withModels) => {
    await keepApart(writes, [
      ...withModels ? await modelReads(await modelPath(given)) : [],
      ...pluginReads(plugins),
      ...data === undefined ? await textReads(settings) : dataReads(data),
    ]);
    await keepForeign(writes);
  });
  const folder = await modelPath(given);
  if (settings.explainer !== undefined) getExplainer(settings.explainer);
  const model = await loadModel(given);
  const named = settings.explainer === undefined ? undefined : [settings.explainer];
  const [explainer] = chosenExplainers(named, ["lrp"], model, sayNote);
  const { texts, name } = await readTexts(settings, folder);
  const punkt = new PunktSentenceTokenizer(await findPunktParameters(data));
  const onProgress = showProgress();
  const atlas = await makeAtlas(
    model,
    function* () {
      for (const { text, id, label } of texts) yield model.read(text, { id, label });
    },
    {
      ...settings,
      explainer: explainer!.name,
      excerpt: sentenceExcerpts(punkt),
      onProgress: (progress) => onProgress({ total: texts.length, ...progress }),
    },
  );
  const { words, filters, ngrams } = atlasCsv(atlas);
  const files: Record<(typeof fileNames)[number], string> = {
    "index.html": await atlasHtml(atlas, { corpus: name }),
    "words.csv": words,
    "filters.csv": filters,
    "ngrams.csv": ngrams,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return Object.keys(files).map((name) => `${out}/${name}`);
}
