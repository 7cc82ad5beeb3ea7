import { type OnProgress, Random } from "@heatword/core";
import { findData, preprocess } from "@heatword/datasets";
import { findPunktParameters } from "@heatword/datasets/nltk";
import {
  type BadRow,
  type LabelledText,
  readLabelled,
  splitLabelled,
} from "@heatword/datasets/tables";
import { type CompactDocument, type Corpus, readNewsgroups } from "./corpus.ts";
import type { TrainingCorpus } from "../../apps/training/model.ts";
import type { Settings } from "../../apps/train/_settings.ts";

/** Texts to train and test on, and what could not be used. */
export interface Texts {
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
async function readTable(path: string, settings: Settings, onProgress: OnProgress): Promise<Texts> {
  const { rows, classes, bad } = await readLabelled(path, { ...settings.columns, onProgress });
  const random = new Random(settings.seed);
  const parts = splitLabelled(rows, { heldOut: 0, test: TEST_SHARE, random });
  const parameters = await findPunktParameters();
  const compact = (maxTokens: number) => ({ id, text, label }: LabelledText): CompactDocument => {
    const { tokens } = preprocess(text, { parameters, maxTokens });
    return {
      id,
      label: classes.indexOf(label),
      words: tokens.map((token) => token.text).join(" "),
      length: tokens.length,
    };
  };
  const corpus = {
    name: path,
    classes,
    train: parts.train.map(compact(Infinity)),
    test: parts.test.map(compact(400)),
  };
  return { corpus, bad };
}

/**
 * Reads the texts to train and test on.
 *
 * @throws {Deno.errors.NotFound} If there are none.
 * @throws {RangeError} If there are fewer than two classes.
 * @throws {SyntaxError} If they cannot be read.
 */
export async function readTexts(settings: Settings, onProgress: OnProgress): Promise<Texts> {
  const path = findData(settings.data);
  if (await isNewsgroupsFolder(path)) {
    return { corpus: await readNewsgroups(path, onProgress), bad: [] };
  }
  return await readTable(path, settings, onProgress);
}
