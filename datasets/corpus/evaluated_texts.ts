import { formatCount, type Model, type OnProgress, shortened } from "@heatword/core";
import { type LabelledText, readLabelled } from "../tables/mod.ts";
import { MAX_REPORTED_ROWS, reportBadRows } from "./bad_rows.ts";
import { chooseRows } from "./_evaluated_rows.ts";
import { compactDocument, wholeDocument } from "./compact_document.ts";
import { type Corpus, readNewsgroups } from "./corpus.ts";
import {
  isNewsgroupsFolder,
  isSplit,
  labelledPaths,
  type LabelledSource,
  nameOfData,
  refuseTableOptions,
} from "./labelled_corpus.ts";
import { describeReading, maxWordsOf } from "./text_preparation.ts";
import type { TrainingRows } from "./training_rows.ts";

/** Which labelled texts to evaluate on. */
export interface EvaluatedSource extends LabelledSource {
  /** Whether to take only the part that the training of own texts kept for the final measure. */
  readonly testPart: boolean;
  /** Whether to take rows too that the model was trained on. @default {false} */
  readonly includeTraining?: boolean;
  /** The rows that the model was trained on, where it tells. */
  readonly trained?: TrainingRows;
}

/** Leaves out texts of classes that the model does not know, and says so. */
function knownTexts(
  rows: readonly LabelledText[],
  classes: readonly string[],
  onNotice: (line: string) => void,
): LabelledText[] {
  const known = rows.filter(({ label }) => classes.includes(label));
  const unknown = new Set(rows.map(({ label }) => label).filter((name) => !classes.includes(name)));
  if (known.length === 0) {
    throw new RangeError(
      `The model knows none of the classes of these texts ("${shortened([...unknown][0]!)}", …); ` +
        `it knows ${classes.slice(0, 20).map((name) => `"${shortened(name)}"`).join(", ")}`,
    );
  }
  if (unknown.size > 0) {
    const names = [...unknown].slice(0, MAX_REPORTED_ROWS).map((name) => `"${shortened(name)}"`)
      .join(", ");
    onNotice(
      `left out ${
        formatCount(rows.length - known.length, "text")
      } of classes unknown to the model: ${names}`,
    );
  }
  return known;
}

async function readTable(
  paths: readonly string[],
  settings: EvaluatedSource,
  model: Model,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<Corpus> {
  const { classes } = model;
  const { rows, bad, notes } = await readLabelled(paths, { ...settings.columns, onProgress });
  reportBadRows(bad, onNotice);
  notes?.forEach((note) => onNotice(`note: ${note}`));
  const isSplitGiven = isSplit(settings.columns);
  const parts = chooseRows(rows, { ...settings, isSplit: isSplitGiven }, onNotice);
  const texts = knownTexts(parts.test, classes, onNotice);
  const compact = (text: LabelledText) => compactDocument(text, classes, model);
  const max = maxWordsOf(model);
  const byId = new Map(texts.map((text) => [text.id, text]));
  return {
    name: `"${nameOfData(paths.map((path) => path.split("/").at(-1)!))}"`,
    preparation: `${describeReading(model)}${
      max === Infinity ? "" : `, the first ${max} of each text`
    }.`,
    notices: [],
    comparable: false,
    classes,
    train: parts.train.filter(({ label }) => classes.includes(label))
      .map((text) => wholeDocument(compact(text))),
    test: texts.map(compact),
    categories: { names: classes, of: classes.map((_, c) => c), rest: "" },
    original(id) {
      const { text, label } = byId.get(id)!;
      return model.read(text, { id, label });
    },
  };
}

/**
 * Reads the texts to evaluate on.
 *
 * @param settings Where they are.
 * @param model The model, which reads the texts.
 * @param onProgress Called with progress.
 * @param onNotice Called with what was left out.
 * @returns The texts.
 * @throws {Deno.errors.NotFound} If there are none.
 * @throws {RangeError} If the model knows none of their classes.
 * @throws {SyntaxError} If they cannot be read.
 */
export async function readEvaluatedTexts(
  settings: EvaluatedSource,
  model: Model,
  onProgress: OnProgress,
  onNotice: (line: string) => void,
): Promise<Corpus> {
  const paths = labelledPaths(settings.data);
  if (!await isNewsgroupsFolder(paths)) {
    return await readTable(paths, settings, model, onProgress, onNotice);
  }
  refuseTableOptions(settings.columns);
  const corpus = await readNewsgroups(paths[0]!, onProgress, model);
  if (corpus.classes.join() !== model.classes.join()) {
    throw new RangeError(
      "The model does not have the twenty newsgroups as its classes, in their order: " +
        "give the texts that it is for with --data",
    );
  }
  return { ...corpus, comparable: false };
}
