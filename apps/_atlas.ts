import { getExplainer } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { isNewsgroupsFolder, readOwnTexts, TrainingRows } from "@heatword/datasets/corpus";
import { findData } from "@heatword/datasets/folders";
import { loadMiniature } from "@heatword/datasets/miniature";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import type { LabelledText } from "@heatword/datasets/tables";
import { findPunktParameters, PunktSentenceTokenizer } from "@heatword/datasets/nltk";
import {
  atlasCsv,
  atlasHtml,
  type AtlasOptions,
  makeAtlas,
  sentenceExcerpts,
} from "@heatword/eval/atlas";
import { defined } from "./cli/flag.ts";
import type { AtlasArguments, atlasCorpora } from "./cli/programs/atlas.ts";
import { showProgress } from "./cli/progress.ts";
import { loadModel, modelPath, sayNote } from "./opening/model.ts";
import { chosenExplainers } from "@heatword/eval/explanations";
import { loadPlugins } from "./opening/plugins.ts";
import { keepApart } from "./cli/keep_apart.ts";
import { type LabelledSettings, labelledSettings } from "./opening/labelled_settings.ts";
import { dataReads, modelReads, pluginReads, textReads } from "./opening/reads.ts";

/** What each corpus is called in an atlas. */
const corpora: Readonly<Record<(typeof atlasCorpora)[number], string>> = {
  test: "20Newsgroups, test split",
  train: "20Newsgroups, train split",
  all: "20Newsgroups",
  miniature: "the miniature corpus",
};

/** What to make an atlas of, and how. */
export interface AtlasSettings extends AtlasOptions, LabelledSettings {
  /** The folder to write into. */
  readonly out: string;
  /** The documents. */
  readonly corpus: keyof typeof corpora;
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
}

/** Reads the settings from the command line. */
export function readAtlasSettings(args: AtlasArguments): AtlasSettings {
  const { out, corpus, explainers, words, examples, ngrams, model } = args;
  return {
    ...labelledSettings(args),
    out,
    corpus,
    words,
    minDocuments: args["min-documents"],
    examples,
    ngrams,
    plugins: args.plugin,
    ...defined({ model, explainer: explainers }),
  };
}

/** What an atlas consists of. */
const fileNames = ["index.html", "words.csv", "filters.csv", "ngrams.csv"] as const;

/** The texts of an atlas. */
interface AtlasTexts {
  /** The texts. */
  readonly texts: readonly LabelledText[];
  /** What they are called. */
  readonly name: string;
}

/** Whether the texts are those of tables or of a folder that was named. */
async function hasOwnTexts({ corpus, data }: AtlasSettings): Promise<boolean> {
  return corpus !== "miniature" && data !== undefined && !await isNewsgroupsFolder(data);
}

/** The data folder; none where the data are texts of one's own. */
async function dataFolder(settings: AtlasSettings): Promise<string | undefined> {
  return await hasOwnTexts(settings) ? undefined : findData([settings.data ?? []].flat()[0]);
}

async function ownTexts(settings: AtlasSettings, folder: string): Promise<AtlasTexts> {
  const { corpus, data, columns } = settings;
  const trained = await TrainingRows.load(folder);
  const part = corpus === "train" || corpus === "all" ? corpus : "test";
  const { texts, notes } = await readOwnTexts(
    { data: data!, columns, part, ...(trained && { trained }) },
    showProgress(),
  );
  for (const note of notes) console.error(`note: ${note}`);
  const [first, ...others] = [data!].flat().map((path) => path.replace(/^.*\//s, ""));
  return { texts, name: others.length === 0 ? first! : `${first} and ${others.length} more` };
}

async function textsOf(settings: AtlasSettings, folder: string): Promise<AtlasTexts> {
  const { corpus } = settings;
  const name = corpora[corpus];
  if (corpus === "miniature") return { texts: (await loadMiniature()).test, name };
  const data = await dataFolder(settings);
  if (data === undefined) return await ownTexts(settings, folder);
  const { train, test } = await loadNewsgroups(data, { onProgress: showProgress() });
  return {
    texts: corpus === "train" ? train : corpus === "test" ? test : [...train, ...test],
    name,
  };
}

/**
 * Makes an atlas and writes it.
 *
 * @param settings Of what, and how.
 * @returns The files.
 * @throws {Error} If there is no model or no corpus, or the explainer is unknown.
 */
export async function writeAtlas(settings: AtlasSettings): Promise<string[]> {
  const { out, plugins } = settings;
  const data = await dataFolder(settings);
  const given = defined({ model: settings.model, data });
  const folder = await modelPath(given);
  await keepApart(
    fileNames.map((name) => ({ path: `${out}/${name}`, what: "the atlas" })),
    [
      ...await modelReads(folder),
      ...pluginReads(plugins),
      ...data === undefined ? await textReads(settings) : dataReads(data),
    ],
  );
  await loadPlugins(plugins);
  if (settings.explainer !== undefined) getExplainer(settings.explainer);
  const model = await loadModel(given);
  const named = settings.explainer === undefined ? undefined : [settings.explainer];
  const [explainer] = chosenExplainers(named, ["lrp"], model, sayNote);
  const { texts, name } = await textsOf(settings, folder);
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
    "index.html": atlasHtml(atlas, { corpus: name }),
    "words.csv": words,
    "filters.csv": filters,
    "ngrams.csv": ngrams,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return Object.keys(files).map((name) => `${out}/${name}`);
}
