import { basename } from "node:path";
import { isNewsgroupsFolder, readOwnTexts, TrainingRows } from "@heatword/datasets/corpus";
import { findData } from "@heatword/datasets/folders";
import { loadMiniature } from "@heatword/datasets/miniature";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import type { LabelledText } from "@heatword/datasets/tables";
import type { corpora } from "../cli/corpus_flag.ts";
import { showProgress } from "../cli/progress.ts";
import type { LabelledSettings } from "./labelled_settings.ts";

/** What each corpus is called. */
const titles: Readonly<Record<(typeof corpora)[number], string>> = {
  test: "20Newsgroups, test split",
  train: "20Newsgroups, train split",
  all: "20Newsgroups",
  miniature: "the miniature corpus",
};

/** Which texts are meant. */
export interface TextsSettings extends LabelledSettings {
  /** The part of the corpus, or of own texts. */
  readonly corpus: keyof typeof titles;
}

/** Texts with their classes. */
export interface ChosenTexts {
  /** The texts. */
  readonly texts: readonly LabelledText[];
  /** What they are called. */
  readonly name: string;
  /** Of a corpus with a part for training the texts of that part, which were read with the others. */
  readonly train?: readonly LabelledText[];
}

/** Whether the texts are those of tables or of a folder that was named. */
async function hasOwnTexts({ corpus, data }: TextsSettings): Promise<boolean> {
  return corpus !== "miniature" && data !== undefined && !await isNewsgroupsFolder(data);
}

/** The data folder; none where the data are texts of one's own. */
export async function dataFolderOf(settings: TextsSettings): Promise<string | undefined> {
  return await hasOwnTexts(settings) ? undefined : findData([settings.data ?? []].flat()[0]);
}

/** What texts of one's own are called: as their first file or folder is. */
export function titleOfData(data: string | readonly string[]): string {
  const [first, ...others] = [data].flat();
  const name = basename(first!);
  return others.length === 0 ? name : `${name} and ${others.length} more`;
}

async function ownTexts(
  settings: TextsSettings,
  folders: readonly string[],
): Promise<ChosenTexts> {
  const { corpus, data, columns } = settings;
  const known = await Promise.all(folders.map((folder) => TrainingRows.load(folder)));
  const trained = TrainingRows.ofAny(known.filter((rows) => rows !== undefined));
  const part = corpus === "train" || corpus === "all" ? corpus : "test";
  const { texts, notes } = await readOwnTexts(
    { data: data!, columns, part, ...(trained && { trained }) },
    showProgress(),
  );
  for (const note of notes) console.error(`note: ${note}`);
  return { texts, name: titleOfData(data!) };
}

/**
 * Reads the texts that are meant; of own texts, by default those that no model was trained on.
 *
 * @param settings Which texts.
 * @param folders What was given as the model, or as each of several.
 * @throws {Error} If there are none.
 */
export async function readTexts(
  settings: TextsSettings,
  ...folders: readonly string[]
): Promise<ChosenTexts> {
  const { corpus } = settings;
  const name = titles[corpus];
  if (corpus === "miniature") return { texts: (await loadMiniature()).test, name };
  const data = await dataFolderOf(settings);
  if (data === undefined) return await ownTexts(settings, folders);
  const { train, test } = await loadNewsgroups(data, { onProgress: showProgress() });
  return {
    texts: corpus === "train" ? train : corpus === "test" ? test : [...train, ...test],
    name,
    train,
  };
}
