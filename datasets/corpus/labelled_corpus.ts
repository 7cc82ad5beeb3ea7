import {
  firstReading,
  type OnProgress,
  openReader,
  Random,
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
} from "../tables/mod.ts";
import { compactDocument, wholeDocument } from "./compact_document.ts";
import { type Corpus, readNewsgroups } from "./corpus.ts";

/** Where labelled texts are. */
export interface LabelledSource {
  /** A file or folder of labelled texts, or the data folder of the 20Newsgroups corpus. */
  readonly data?: string;
  /** Where a file of labelled texts has what. */
  readonly columns: Omit<ReadLabelledOptions, "onProgress">;
  /** Seed of the split into parts. */
  readonly seed: number;
}

/** Which labelled texts to train on, and how they become words. */
export interface TrainingSource extends LabelledSource {
  /** How own texts become words. @default {as those of 20Newsgroups} */
  readonly reading?: TextReading;
}

/** What the training needs of a corpus. */
export type TrainingCorpus = Pick<Corpus, "classes" | "train" | "test">;

/** Texts to train and test on, and what could not be used. */
export interface TrainingTexts {
  /** The texts. */
  readonly corpus: TrainingCorpus & Pick<Corpus, "name">;
  /** Rows that were left out. */
  readonly bad: readonly BadRow[];
}

/** The share of own texts that is kept for the final measure. */
export const TEST_SHARE = 0.2;

/** Whether a path is, or should be, the data folder of the 20Newsgroups corpus. */
export async function isNewsgroupsFolder(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => undefined);
  // A folder that is missing is named by the error of the corpus reader.
  if (info === undefined) return !/\.(csv|tsv|jsonl)(\.gz)?$/i.test(path);
  if (!info.isDirectory) return false;
  for (const name of ["newsgroups", "20news-bydate-train", "20news-bydate.tar.gz"]) {
    if (await Deno.stat(`${path}/${name}`).catch(() => undefined)) return true;
  }
  return false;
}

/** Reads labelled texts and keeps a part of each class for the final measure. */
async function readTable(
  path: string,
  settings: TrainingSource,
  onProgress: OnProgress,
): Promise<TrainingTexts> {
  const { rows, classes, bad } = await readLabelled(path, { ...settings.columns, onProgress });
  const random = new Random(settings.seed);
  const parts = splitLabelled(rows, { heldOut: 0, test: TEST_SHARE, random });
  const reader = await openReader(settings.reading ?? firstReading);
  const compact = (text: LabelledText) => compactDocument(text, classes, reader);
  const corpus = {
    name: path,
    classes,
    train: parts.train.map((text) => wholeDocument(compact(text))),
    test: parts.test.map(compact),
  };
  return { corpus, bad };
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
  const path = findData(settings.data);
  if (await isNewsgroupsFolder(path)) {
    return { corpus: await readNewsgroups(path, onProgress), bad: [] };
  }
  return await readTable(path, settings, onProgress);
}
