import { type Document, type OnProgress, wordLimit } from "@heatword/core";
import {
  type Article,
  GROUPS,
  loadNewsgroups,
  TOP_LEVEL_CATEGORIES,
  topLevelCategory,
} from "../newsgroups/mod.ts";
import { type CompactDocument, compactDocument } from "./compact_document.ts";
import { type CorpusReading, openCorpusReading } from "./corpus_reading.ts";

/** A corpus that is ready for training and testing. */
export interface Corpus {
  /** Its name, for people. */
  readonly name: string;
  /** How its texts become words, in whole sentences. */
  readonly preparation: string;
  /** Things that must not be overlooked, e.g. that it is not the real one. */
  readonly notices: readonly string[];
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The documents to train on, whole: training takes windows of them. */
  readonly train: readonly CompactDocument[];
  /** The documents to test on, cut as the model sees them. */
  readonly test: readonly CompactDocument[];
  /** Groups of classes, whose separation is measured. */
  readonly categories: Categories;
  /** Whether it is the paper's, so that the paper's counts can be checked. */
  readonly comparable: boolean;
  /** Which test document the heatmaps are of; without one, a long one that is classified correctly. */
  readonly shown?: string;
  /**
   * Gives a test document with its whole text.
   *
   * @param id Its name.
   */
  original(id: string): Document;
}

/** Groups of classes. */
export interface Categories {
  /** Their names. */
  readonly names: readonly string[];
  /** The group of each class; −1 for none. */
  readonly of: readonly number[];
  /** What documents of no group are called. */
  readonly rest: string;
}

/** The article of Fig. 2. */
export const shownArticle = "sci.space/61393";

/** The categories of the twenty newsgroups. */
export const newsgroupCategories: Categories = {
  names: TOP_LEVEL_CATEGORIES,
  of: GROUPS.map((group) =>
    TOP_LEVEL_CATEGORIES.findIndex((category) => category === topLevelCategory(group))
  ),
  rest: "misc.forsale",
};

/**
 * Turns articles of the twenty newsgroups into a corpus.
 *
 * @param articles What to train and test on.
 * @param reading How texts become words.
 * @param onProgress Called with progress.
 * @returns The corpus, but for its name.
 */
export function newsgroupCorpus(
  articles: { readonly train: readonly Article[]; readonly test: readonly Article[] },
  reading: CorpusReading,
  onProgress: OnProgress,
): Omit<Corpus, "name" | "notices" | "comparable"> {
  const total = articles.train.length + articles.test.length;
  let done = 0;
  const compact = (article: Article): CompactDocument => {
    const most = article.split === "train" ? Infinity : reading.maxWords;
    const document = compactDocument(article, GROUPS, reading, most);
    if (++done % 64 === 0 || done === total) {
      onProgress({ task: "Tokenizing", done, total, unit: "documents" });
    }
    return document;
  };
  const train = articles.train.map(compact);
  const test = articles.test.map(compact);
  const byId = new Map(articles.test.map((article) => [article.id, article]));
  return {
    classes: GROUPS,
    preparation: `Headers are removed. ${reading.description} ` +
      `In training the classifier sees windows of ${wordLimit()} words anywhere in a document.`,
    train,
    test,
    categories: newsgroupCategories,
    ...(byId.has(shownArticle) && { shown: shownArticle }),
    original(id) {
      const { text, label } = byId.get(id)!;
      return reading.read(text, { id, label });
    },
  };
}

/**
 * Reads the 20Newsgroups corpus.
 *
 * @param dataDir The data folder.
 * @param onProgress Called with progress.
 * @param reading How texts become words. @default {as the tokenizer `newsgroups` does, 400 words}
 * @returns The corpus.
 * @throws {Deno.errors.NotFound} If it is not in the data folder.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readNewsgroups(
  dataDir: string,
  onProgress: OnProgress,
  reading?: CorpusReading,
): Promise<Corpus> {
  const articles = await loadNewsgroups(dataDir, { onProgress });
  return {
    name: "the 20Newsgroups corpus (bydate split)",
    notices: [],
    comparable: true,
    ...newsgroupCorpus(
      articles,
      reading ?? await openCorpusReading(undefined, { data: dataDir }),
      onProgress,
    ),
  };
}
