import { formatCount, type Model, Random } from "@heatword/core";
import { isSplit, readOwnTexts, TEST_SHARE, TrainingRows } from "@heatword/datasets/corpus";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import { type LabelledText, splitLabelled } from "@heatword/datasets/tables";
import { showProgress } from "../cli/progress.ts";
import { dataFolderOf, titleOfData } from "../opening/chosen_texts.ts";
import type { RepairSettings } from "./_settings.ts";

/** Texts to learn from and to measure on. */
export interface RepairTexts {
  /** To learn from. */
  readonly learned: readonly LabelledText[];
  /** To measure on. */
  readonly measured: readonly LabelledText[];
  /** Whether the model itself has learned from just those, so that it can be measured, too. */
  readonly isOwn: boolean;
  /** What the texts are called. */
  readonly name: string;
}

/** Texts as a split divides them. */
function partsOf(texts: readonly LabelledText[], note: (line: string) => void) {
  const of = (name: LabelledText["part"]) => texts.filter(({ part }) => part === name);
  const [trained, others] = [of("train"), of("test")];
  if (trained.length === 0) throw new RangeError("The split has no row to train on");
  if (others.length === 0) throw new RangeError("The split has no row to test on");
  const left = texts.length - trained.length - others.length;
  if (left > 0) {
    note(
      `left out ${formatCount(left, "text")} that are neither of the training nor the test part`,
    );
  }
  return { trained, others };
}

async function ownTexts(
  { data, columns, seed }: RepairSettings,
  folder: string,
  note: (line: string) => void,
): Promise<RepairTexts> {
  const { texts, notes } = await readOwnTexts(
    { data: data!, columns, part: "all" },
    showProgress(),
  );
  notes.forEach(note);
  const name = titleOfData(data!);
  const rows = isSplit(columns)
    ? { ...partsOf(texts, note), repeated: 0 }
    : (await TrainingRows.load(folder))?.divide(texts);
  if (rows && rows.trained.length > 0 && rows.others.length > 0) {
    if (rows.repeated > 0) {
      const some = formatCount(rows.repeated, "text");
      note(`measured on, too: ${some} with the text and class of one that is learned from`);
    }
    return { learned: rows.trained, measured: rows.others, isOwn: true, name };
  }
  const { train: learned, test: measured } = splitLabelled(texts, {
    heldOut: 0,
    test: TEST_SHARE,
    random: new Random(seed),
  });
  note(
    (rows === undefined || rows.trained.length === 0
      ? "the model does not tell which of these texts it learned from"
      : "the model has learned from all of these texts") +
      `: what is measured learns from ${learned.length} of them, and is measured on ${measured.length}`,
  );
  return { learned, measured, isOwn: false, name };
}

/**
 * Reads the texts that a model is repaired with.
 *
 * @param settings Which.
 * @param folder What was given as the model.
 * @param model The model; texts of classes that it does not have are left out.
 * @param note Called with what a person should know.
 * @throws {RangeError} If there are too few.
 */
export async function repairTexts(
  settings: RepairSettings,
  folder: string,
  { classes }: Pick<Model, "classes">,
  note: (line: string) => void,
): Promise<RepairTexts> {
  const data = await dataFolderOf({ ...settings, corpus: "all" });
  const found = data === undefined
    ? await ownTexts(settings, folder, note)
    : await newsgroups(data);
  const known = (texts: readonly LabelledText[]) =>
    texts.filter(({ label }) => classes.includes(label));
  const [learned, measured] = [known(found.learned), known(found.measured)];
  const unknown = found.learned.length + found.measured.length - learned.length - measured.length;
  if (unknown > 0) {
    note(`left out ${formatCount(unknown, "text")} of classes that the model does not have`);
  }
  if (new Set(learned.map(({ label }) => label)).size < 2 || measured.length === 0) {
    throw new RangeError(
      "Cannot repair the model with these texts: there must be texts of two of its classes or more to " +
        "learn from, and others to measure on",
    );
  }
  return { ...found, learned, measured };
}

async function newsgroups(data: string): Promise<RepairTexts> {
  const { train, test } = await loadNewsgroups(data, { onProgress: showProgress() });
  return { learned: train, measured: test, isOwn: true, name: "20Newsgroups" };
}
