import { type ModelFolder, pathOf } from "@heatword/core/models";
import { findData } from "@heatword/datasets/folders";
import { loadMiniature } from "@heatword/datasets/miniature";
import { GROUPS, loadArticle } from "@heatword/datasets/newsgroups";
import { readTextFile } from "@heatword/datasets/text-file";
import type { ChosenTexts } from "../opening/chosen_texts.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { pageModel, punktTables, refuseRemote } from "./_model_files.ts";
import { pageFile } from "./_page_file.ts";
import { namedApart } from "./own_texts.ts";
import { modelNames } from "./_model_names.ts";
import { bundleMain, bundleWorker } from "./bundle.ts";
import type { EmbeddedCorpus, EmbeddedModel } from "./page/source.ts";

/** What goes into the file. */
export interface ReportSettings {
  /** Articles of the corpus, by their ids. */
  readonly articles: readonly string[];
  /** Text files. */
  readonly files: readonly string[];
  /** The encoding of the text files. */
  readonly encoding: string;
  /** What `openModel` takes for the model, or for both that are compared. */
  readonly models: readonly string[];
  /** The data folder, when one was named. */
  readonly data?: string;
  /** Texts that were named, and what they are called; they are offered first. */
  readonly own?: ChosenTexts;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
}

async function chosen(settings: ReportSettings, data: string): Promise<EmbeddedCorpus[]> {
  const { articles, files, encoding } = settings;
  const corpora: EmbeddedCorpus[] = [];
  const { own } = settings;
  if (own) {
    const articles = own.texts.map(({ id, label, text }) => ({ id, label, text }));
    corpora.push({ name: "data", title: own.name, articles });
  }
  if (articles.length > 0) {
    const found = await Promise.all(articles.map((id) => loadArticle(data, id)));
    corpora.push({
      name: "test",
      title: "20Newsgroups",
      articles: found.map(({ id, label, text }) => ({ id, label, text })),
    });
  }
  if (files.length > 0) {
    const found = await Promise.all(files.map(async (path) => ({
      id: `files/${path.replace(/^.*[\\/]/, "")}`,
      text: await readTextFile(path, { encoding, stripHeader: false }),
    })));
    corpora.push({ name: "files", title: "Files", articles: namedApart(found) });
  }
  return corpora;
}

/** The files of a model in base64, by their names. */
async function filesOf(model: ModelFolder): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const file of model.files) {
    files[file.name] = (await Deno.readFile(pathOf(model, file))).toBase64();
  }
  return files;
}

/**
 * Makes the page as one HTML file with the models and texts in it, which opens from disk.
 *
 * @param settings Models and texts; the miniature corpus is always in it.
 * @returns The HTML.
 * @throws {Deno.errors.NotFound} If an article or file is not there.
 * @throws {TypeError} If no browser runs a model.
 */
export async function makeReport(settings: ReportSettings): Promise<string> {
  const { models: paths, plugins } = settings;
  await loadPlugins(plugins);
  const folders = await Promise.all(paths.map(pageModel));
  refuseRemote(folders);
  const data = findData(settings.data);
  const [main, workers, punkt, own, { test }] = await Promise.all([
    bundleMain(),
    Promise.all(folders.map((folder) => bundleWorker(folder, plugins))),
    punktTables(data),
    chosen(settings, data),
    loadMiniature(),
  ]);
  // Models of one kind are run by the same script.
  const scripts = [...new Set(workers)];
  const names = modelNames(paths);
  const models: EmbeddedModel[] = [];
  for (const [i, folder] of folders.entries()) {
    const script = scripts.indexOf(workers[i]!);
    models.push({ name: names[i]!, script, files: await filesOf(folder) });
  }
  const miniature: EmbeddedCorpus = {
    name: "miniature",
    title: "Miniature corpus",
    classes: GROUPS,
    articles: test.map(({ id, label, text }) => ({ id, label, text })),
  };
  return await pageFile(main, { scripts, models, punkt, corpora: [...own, miniature] });
}
