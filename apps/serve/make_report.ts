import { pathOf } from "@heatword/core/models";
import { findData } from "@heatword/datasets/folders";
import { loadMiniature } from "@heatword/datasets/miniature";
import { GROUPS, loadArticle } from "@heatword/datasets/newsgroups";
import { readTextFile } from "@heatword/datasets/text-file";
import type { ChosenTexts } from "../opening/chosen_texts.ts";
import { defined } from "../cli/flag.ts";
import { modelPath } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { pageModel, punktTables, refuseRemote } from "./_model_files.ts";
import { pageFile } from "./_page_file.ts";
import { namedApart } from "./own_texts.ts";
import { bundlePage } from "./bundle.ts";
import type { EmbeddedCorpus } from "./page/source.ts";

/** What goes into the file. */
export interface ReportSettings {
  /** Articles of the corpus, by their ids. */
  readonly articles: readonly string[];
  /** Text files. */
  readonly files: readonly string[];
  /** The encoding of the text files. */
  readonly encoding: string;
  /** What was given as the model, when one was named. */
  readonly model?: string;
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

/**
 * Makes the page as one HTML file with the model and texts in it, which opens from disk.
 *
 * @param settings Model and texts; the miniature corpus is always in it.
 * @returns The HTML.
 * @throws {Deno.errors.NotFound} If there is no model, or an article or file is not there.
 */
export async function makeReport(settings: ReportSettings): Promise<string> {
  await loadPlugins(settings.plugins);
  const model = await pageModel(await modelPath(defined({ model: settings.model })));
  refuseRemote(model);
  const data = findData(settings.data);
  const [scripts, punkt, own, { test }] = await Promise.all([
    bundlePage(model, settings.plugins),
    punktTables(data),
    chosen(settings, data),
    loadMiniature(),
  ]);
  const files: Record<string, string> = {};
  for (const file of model.files) {
    files[file.name] = (await Deno.readFile(pathOf(model, file))).toBase64();
  }
  const miniature: EmbeddedCorpus = {
    name: "miniature",
    title: "Miniature corpus",
    classes: GROUPS,
    articles: test.map(({ id, label, text }) => ({ id, label, text })),
  };
  return await pageFile(scripts, {
    worker: scripts.worker,
    files,
    punkt,
    corpora: [...own, miniature],
  });
}
