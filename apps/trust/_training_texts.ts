import { type Document, formatCount, type Model, withWordsBeyond } from "@heatword/core";
import type { LabelledWords } from "@heatword/core/linear";
import { readOwnTexts, TrainingRows } from "@heatword/datasets/corpus";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import type { LabelledText } from "@heatword/datasets/tables";
import { defined } from "../cli/flag.ts";
import { showProgress } from "../cli/progress.ts";
import { dataFolderOf } from "../opening/chosen_texts.ts";
import type { Settings } from "./_settings.ts";

/** Texts that a model can be trained on, or why there are none. */
export type TrainingTexts =
  | { readonly texts: readonly LabelledText[]; readonly notes?: readonly string[] }
  | { readonly why: string };

/** Rows of tables that are for training, as the model or the split tells. */
async function ownTexts(
  data: string | readonly string[],
  columns: Settings["columns"],
  part: "train" | "all",
  folder: string,
): Promise<TrainingTexts> {
  const trained = await TrainingRows.load(folder);
  try {
    return await readOwnTexts({ data, columns, part, ...defined({ trained }) }, showProgress());
  } catch (error) {
    if (part === "all" || !(error instanceof RangeError)) throw error;
    return {
      why: "none of the texts is known to be one to train on (name a file of such texts with " +
        "--training-data)",
    };
  }
}

/**
 * The texts that models like one that is measured can be trained on: those of `--training-data`, else
 * the rest of the data.
 *
 * @param settings What was asked for.
 * @param folder What was given as the model.
 * @param model The model; texts of classes that it does not have are left out.
 * @param read Those of 20Newsgroups, where they were read already.
 * @throws {Error} If a file that was named cannot be read.
 */
export async function trainingTexts(
  settings: Settings,
  folder: string,
  { classes }: Pick<Model, "classes">,
  read?: readonly LabelledText[],
): Promise<TrainingTexts> {
  const { trainingData, columns: { split: _, splitColumn: __, ...columns } } = settings;
  const data = await dataFolderOf(settings);
  const found: TrainingTexts = trainingData.length > 0
    ? await ownTexts(trainingData, columns, "all", folder)
    : settings.corpus === "miniature"
    ? { why: "the miniature corpus has no texts to train on" }
    : data === undefined
    ? await ownTexts(settings.data!, settings.columns, "train", folder)
    : { texts: read ?? (await loadNewsgroups(data, { onProgress: showProgress() })).train };
  if ("why" in found) return found;
  const texts = found.texts.filter(({ label }) => classes.includes(label));
  const kinds = new Set(texts.map(({ label }) => label)).size;
  if (kinds < 2) return { why: "the texts to train on are of fewer than two classes of the model" };
  const others = found.texts.length - texts.length;
  const left = others === 0 ? [] : [
    `${
      formatCount(others, "text")
    } to train on are left out: the model does not know their classes`,
  ];
  return { texts, notes: [...found.notes ?? [], ...left] };
}

/** All words of a text, those too that the model does not see as too many. */
export function allWords(document: Document): string[] {
  return withWordsBeyond(document).tokens.map(({ text }) => text);
}

/** Texts as words, read as the model reads them. */
export function labelledWords(model: Model, texts: readonly LabelledText[]): LabelledWords[] {
  return texts.map(({ text, label }) => {
    return { label: model.classes.indexOf(label), words: allWords(model.read(text)) };
  });
}

/** A text without regard to how its words are spaced. */
const wordsOf = ({ text }: { readonly text: string }) => text.split(/\s+/).join(" ").trim();

/**
 * How many texts are among those to train on, too: of these an explanation is one of what was learned by
 * heart.
 *
 * @param texts The texts.
 * @param training Those to train on.
 */
export function countTrained(
  texts: readonly Pick<Document, "text">[],
  training: readonly LabelledText[],
): number {
  const known = new Set(training.map(wordsOf));
  return texts.filter((text) => known.has(wordsOf(text))).length;
}
