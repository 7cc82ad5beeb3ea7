import { isNewsgroupsFolder, readOwnTexts, TrainingRows } from "@heatword/datasets/corpus";
import { findData } from "@heatword/datasets/folders";
import { formatCount } from "@heatword/eval/numbers";
import { sayNote } from "../opening/model.ts";
import { type ChosenTexts, titleOfData } from "../opening/chosen_texts.ts";
import type { LabelledSettings } from "../opening/labelled_settings.ts";
import { showProgress } from "../cli/progress.ts";
import { distinctIds } from "./_distinct_ids.ts";

/** What `--data` leads to. */
export interface PageData {
  /** The data folder. */
  readonly data: string;
  /** Texts of one's own, where such were named, and what they are called. */
  readonly own?: ChosenTexts;
}

/** Whether data is a data folder: with the corpus, with Punkt's tables, or with no folder of texts. */
async function isDataFolder(data: string | readonly string[]): Promise<boolean> {
  if (await isNewsgroupsFolder(data)) return true;
  const [path, ...others] = [data].flat();
  const info = others.length === 0 ? await Deno.stat(path!).catch(() => undefined) : undefined;
  if (!info?.isDirectory) return false;
  const folders: string[] = [];
  for await (const { name, isFile } of Deno.readDir(path!)) if (!isFile) folders.push(name);
  return folders.length === 0 || folders.includes("punkt");
}

/**
 * Gives texts names of their own, as the page asks for them by name, and tells of names that were not.
 *
 * @param texts The texts.
 */
export function namedApart<T extends { readonly id: string }>(texts: readonly T[]): readonly T[] {
  const { texts: apart, example, renamed } = distinctIds(texts);
  if (example) {
    sayNote(
      `${formatCount(renamed, "text")} had the name of another, as ${
        JSON.stringify(example[0])
      }: ` +
        `the page tells them apart by a number, as in ${JSON.stringify(example[1])}`,
    );
  }
  return apart;
}

/**
 * Finds the data of a page: the data folder, or labelled texts of one's own. Of these, those that a
 * model was trained on are left out, where it tells which they are and others are there.
 *
 * @param settings Where they are.
 * @param models What was given as the model, or as each of two.
 * @throws {Error} If there are no such texts, or they cannot be read.
 */
export async function openData(
  { data, columns = {} }: Partial<LabelledSettings>,
  ...models: readonly string[]
): Promise<PageData> {
  if (data === undefined || await isDataFolder(data)) {
    return { data: findData([data ?? []].flat()[0]) };
  }
  const source = { data, columns: { ...columns, repeatedIds: true }, part: "all" } as const;
  const { texts, notes } = await readOwnTexts(source, showProgress());
  for (const note of notes) sayNote(note);
  const known = await Promise.all(models.map((model) => TrainingRows.load(model)));
  const trained = TrainingRows.ofAny(known.filter((rows) => rows !== undefined));
  const parts = texts.some(({ part }) => part === "test")
    ? texts.filter(({ part }) => part === "test")
    : trained
    ? trained.divide(texts).others
    : texts;
  const chosen = parts.length > 0 ? parts : texts;
  const areTwo = models.length > 1;
  if (parts.length === 0) {
    sayNote(
      areTwo
        ? "on each of these texts one of the models was trained: what both make of others they do not tell"
        : "the model was trained on all of these texts: what it makes of others they do not tell",
    );
  }
  if (chosen.length < texts.length) {
    const [some, all] = [chosen, texts].map(({ length }) => length.toLocaleString("en"));
    const who = areTwo ? "neither model was" : "the model was not";
    sayNote(`the page offers ${some} of these ${all} texts: those that ${who} trained on`);
  }
  return { data: findData(), own: { texts: namedApart(chosen), name: titleOfData(data) } };
}
