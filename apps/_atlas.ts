import { type Document, getExplainer } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { findData } from "@heatword/datasets";
import { loadMiniature } from "@heatword/datasets/miniature";
import { type Article, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { findPunktParameters, PunktSentenceTokenizer } from "@heatword/datasets/nltk";
import {
  atlasCsv,
  atlasHtml,
  type AtlasOptions,
  type Excerpt,
  excerptBetween,
  makeAtlas,
} from "@heatword/eval/atlas";
import { defined } from "./cli/flag.ts";
import type { AtlasArguments, atlasCorpora } from "./cli/programs/atlas.ts";
import { showProgress } from "./cli/progress.ts";
import { loadModel, modelPath } from "./opening/model.ts";
import { chosenExplainers } from "@heatword/eval/explanations";
import { loadPlugins } from "./opening/plugins.ts";
import { keepApart } from "./cli/keep_apart.ts";
import { dataReads, modelReads, pluginReads } from "./opening/reads.ts";

/** What each corpus is called in an atlas. */
const corpora: Readonly<Record<(typeof atlasCorpora)[number], string>> = {
  test: "20Newsgroups, test split",
  train: "20Newsgroups, train split",
  all: "20Newsgroups",
  miniature: "the miniature corpus",
};

/** What to make an atlas of, and how. */
export interface AtlasSettings extends AtlasOptions {
  /** The folder to write into. */
  readonly out: string;
  /** The documents. */
  readonly corpus: keyof typeof corpora;
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** The data folder, when one was named. */
  readonly data?: string;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
}

/** Reads the settings from the command line. */
export function readAtlasSettings(args: AtlasArguments): AtlasSettings {
  const { out, corpus, explainers, words, examples, ngrams, model, data } = args;
  return {
    out,
    corpus,
    words,
    minDocuments: args["min-documents"],
    examples,
    ngrams,
    plugins: args.plugin,
    ...defined({ model, data, explainer: explainers }),
  };
}

/** What an atlas consists of. */
const fileNames = ["index.html", "words.csv", "filters.csv", "ngrams.csv"] as const;

async function articlesOf({ corpus, data }: AtlasSettings): Promise<readonly Article[]> {
  if (corpus === "miniature") return (await loadMiniature()).test;
  const { train, test } = await loadNewsgroups(findData(data), { onProgress: showProgress() });
  return corpus === "train" ? train : corpus === "test" ? test : [...train, ...test];
}

/** Finds the sentence around a word; those of the last text are kept, as examples come in turn. */
function sentences(tokenizer: PunktSentenceTokenizer) {
  let text: string | undefined;
  let spans: readonly (readonly [number, number])[] = [];
  return (document: Document, token: number): Excerpt => {
    if (document.text !== text) {
      text = document.text;
      spans = tokenizer.spanTokenize(text);
    }
    const { start } = document.tokens[token]!;
    const [from, to] = spans.find(([from, to]) => from <= start && start < to) ?? [0, text.length];
    return excerptBetween(document, token, from, to);
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
  const { out, corpus, plugins } = settings;
  await keepApart(
    fileNames.map((name) => ({ path: `${out}/${name}`, what: "the atlas" })),
    [
      ...await modelReads(await modelPath(settings)),
      ...pluginReads(plugins),
      ...dataReads(findData(settings.data)),
    ],
  );
  await loadPlugins(plugins);
  if (settings.explainer !== undefined) getExplainer(settings.explainer);
  const model = await loadModel(settings);
  const named = settings.explainer === undefined ? undefined : [settings.explainer];
  const [explainer] = chosenExplainers(
    named,
    ["lrp"],
    model,
    (note) => console.error(`note: ${note}`),
  );
  const articles = await articlesOf(settings);
  const punkt = new PunktSentenceTokenizer(await findPunktParameters(findData(settings.data)));
  const onProgress = showProgress();
  const atlas = await makeAtlas(
    model,
    function* () {
      for (const article of articles) yield model.read(article.text, article);
    },
    {
      ...settings,
      explainer: explainer!.name,
      excerpt: sentences(punkt),
      onProgress: (progress) => onProgress({ total: articles.length, ...progress }),
    },
  );
  const { words, filters, ngrams } = atlasCsv(atlas);
  const files: Record<(typeof fileNames)[number], string> = {
    "index.html": atlasHtml(atlas, { corpus: corpora[corpus] }),
    "words.csv": words,
    "filters.csv": filters,
    "ngrams.csv": ngrams,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFileAtomically(`${out}/${name}`, content);
  }
  return Object.keys(files).map((name) => `${out}/${name}`);
}
