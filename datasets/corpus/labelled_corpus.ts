import {
  firstReading,
  formatCount,
  type OnProgress,
  openReader,
  Random,
  shortened,
  type TextReading,
} from "@heatword/core";
import { findData } from "../folders.ts";
import "../tokenizers/newsgroups.ts";
import {
  type BadRow,
  type LabelledText,
  readLabelled,
  type ReadLabelledOptions,
  splitLabelled,
  tableKind,
} from "../tables/mod.ts";
import { type CompactDocument, compactDocument, wholeDocument } from "./compact_document.ts";
import { type Corpus, readNewsgroups } from "./corpus.ts";
import { LeftOutWords } from "./left_out_words.ts";
import { TrainingRows } from "./training_rows.ts";

/** Where labelled texts are. */
export interface LabelledSource {
  /** Files or a folder of labelled texts, or the data folder of the 20Newsgroups corpus. */
  readonly data?: string | readonly string[];
  /** How tables of labelled texts are written, where they have what, and which rows are for what. */
  readonly columns: Omit<ReadLabelledOptions, "onProgress">;
  /** Seed of the split into parts. */
  readonly seed: number;
}

/** Which labelled texts to train on, and how they become words. */
export interface TrainingSource extends LabelledSource {
  /** How own texts become words. @default {as those of 20Newsgroups} */
  readonly reading?: TextReading;
  /** The share of own texts that is kept for the final measure. @default {`TEST_SHARE`} */
  readonly testShare?: number;
}

/** What the training needs of a corpus. */
export interface TrainingCorpus extends Pick<Corpus, "classes" | "train" | "test"> {
  /** Documents to choose by what is not learned, where a split says which; they are never learned. */
  readonly validation?: readonly CompactDocument[];
}

/** Texts to train and test on, and what could not be used. */
export interface TrainingTexts {
  /** The texts. */
  readonly corpus: TrainingCorpus & Pick<Corpus, "name">;
  /** Rows that were left out. */
  readonly bad: readonly BadRow[];
  /** What else should be known of the rows, a line each. */
  readonly notes: readonly string[];
  /** Of own texts, the rows to train on. */
  readonly trainingRows?: TrainingRows;
  /** Of own texts, the rows to train and to test on. */
  readonly allRows?: TrainingRows;
  /** Words that the tokenizer leaves out of the texts. */
  readonly leftOut: LeftOutWords;
}

/** The share of own texts that is kept for the final measure. */
export const TEST_SHARE = 0.2;

/** The data of a program: the files or the folder that were named, else the data folder. */
export function labelledPaths(data?: string | readonly string[]): readonly string[] {
  const named = [data ?? []].flat();
  return named.length > 1 ? named : [findData(named[0])];
}

/** Whether paths are, or should be, the data folder of the 20Newsgroups corpus. */
export async function isNewsgroupsFolder(paths: string | readonly string[]): Promise<boolean> {
  const [path, ...others] = [paths].flat();
  if (path === undefined || others.length > 0) return false;
  const info = await Deno.stat(path).catch(() => undefined);
  // A folder that is missing is named by the error of the corpus reader.
  if (info === undefined) return tableKind(path) === undefined;
  if (!info.isDirectory) return false;
  for (const name of ["newsgroups", "20news-bydate-train", "20news-bydate.tar.gz"]) {
    if (await Deno.stat(`${path}/${name}`).catch(() => undefined)) return true;
  }
  return false;
}

/** What to call data in reports. */
export function nameOfData(paths: readonly string[]): string {
  return paths.length === 1 ? paths[0]! : `${paths[0]} and ${paths.length - 1} more`;
}

/** Rows by what they are for, and what should be known of the others. */
interface Parts {
  readonly train: readonly LabelledText[];
  readonly validation: readonly LabelledText[];
  readonly test: readonly LabelledText[];
  readonly notes: string[];
}

/** The rows to train and to test on: those of the split that was given, else a part of each class. */
function partsOf(
  rows: readonly LabelledText[],
  { columns, seed, testShare = TEST_SHARE }: TrainingSource,
): Parts {
  if (!isSplit(columns)) {
    const random = new Random(seed);
    const { train, test } = splitLabelled(rows, { heldOut: 0, test: testShare, random });
    return { train, validation: [], test, notes: [] };
  }
  const of = (name: LabelledText["part"]) => rows.filter(({ part }) => part === name);
  const [train, test, validation] = [of("train"), of("test"), of("validation")];
  if (train.length === 0) throw new RangeError("The split has no row to train on");
  const classes = new Set(train.map(({ label }) => label));
  const known = (part: readonly LabelledText[]) => part.filter(({ label }) => classes.has(label));
  const [tested, chosenBy] = [known(test), known(validation)];
  const left: [number, string][] = [
    [
      rows.length - train.length - test.length - validation.length,
      "that are in no part of the split",
    ],
    [test.length - tested.length, "of the test part, whose classes no training row has"],
    [
      validation.length - chosenBy.length,
      "of the validation part, whose classes no training row has",
    ],
  ];
  const notes = left.filter(([count]) => count > 0)
    .map(([count, what]) => `left out ${formatCount(count, "row")} ${what}`);
  if (chosenBy.length > 0) {
    const count = formatCount(chosenBy.length, "row");
    const choose = chosenBy.length === 1 ? "chooses" : "choose";
    notes.push(`${count} of the validation part ${choose} what is not learned`);
  }
  return { train, validation: chosenBy, test: tested, notes };
}

/** Whether a split was given. */
export function isSplit({ split, splitColumn }: LabelledSource["columns"]): boolean {
  return split !== undefined || splitColumn !== undefined;
}

/** Reads labelled texts and keeps a part of each class for the final measure. */
async function readOwnTexts(
  paths: readonly string[],
  settings: TrainingSource,
  onProgress: OnProgress,
): Promise<TrainingTexts> {
  const read = await readLabelled(paths, { ...settings.columns, onProgress });
  const { rows, bad } = read;
  const { train, validation, test, notes } = partsOf(rows, settings);
  notes.push(...read.notes ?? []);
  const classes = [...new Set(train.map(({ label }) => label))].sort();
  if (classes.length === 1) {
    throw new RangeError(`All training rows have the class "${shortened(classes[0]!)}"`);
  }
  const leftOut = new LeftOutWords();
  const reader = leftOut.counting(await openReader(settings.reading ?? firstReading));
  const compact = (text: LabelledText) => compactDocument(text, classes, reader);
  const corpus = {
    name: nameOfData(paths),
    classes,
    train: train.map((text) => wholeDocument(compact(text))),
    ...(validation.length > 0 && { validation: validation.map(compact) }),
    test: test.map(compact),
  };
  const trainingRows = TrainingRows.of(train);
  return {
    corpus,
    bad,
    leftOut,
    notes,
    trainingRows,
    allRows: TrainingRows.of([...train, ...test]),
  };
}

/**
 * Reads the texts to train and test on.
 *
 * @param settings Where they are.
 * @param onProgress Called with progress.
 * @returns The texts, and the rows that could not be used.
 * @throws {Deno.errors.NotFound} If there are none.
 * @throws {RangeError} If there are fewer than two classes.
 * @throws {SyntaxError} If they cannot be read.
 */
export async function readTrainingTexts(
  settings: TrainingSource,
  onProgress: OnProgress,
): Promise<TrainingTexts> {
  const paths = labelledPaths(settings.data);
  if (await isNewsgroupsFolder(paths)) {
    refuseTableOptions(settings.columns);
    const leftOut = new LeftOutWords();
    const corpus = await readNewsgroups(paths[0]!, onProgress, undefined, leftOut);
    return { corpus, bad: [], notes: [], leftOut };
  }
  return await readOwnTexts(paths, settings, onProgress);
}

/**
 * Refuses what is said of tables where the corpus is read, which has its own split and form.
 *
 * @throws {RangeError} If something is.
 */
export function refuseTableOptions({ split, splitColumn }: LabelledSource["columns"]): void {
  if (split === undefined && splitColumn === undefined) return;
  throw new RangeError(
    "The 20Newsgroups corpus has a split of its own: name a table with --data to split it by " +
      (split === undefined ? "--split-column" : "--split"),
  );
}
