import {
  type Document,
  firstReading,
  type Model,
  type OnProgress,
  readText,
  type TextReader,
  wordLimit,
} from "@heatword/core";
import {
  type Article,
  GROUPS,
  loadNewsgroups,
  TOP_LEVEL_CATEGORIES,
  topLevelCategory,
} from "../newsgroups/mod.ts";
import { newsgroups } from "../tokenizers/newsgroups.ts";
import { type CompactDocument, compactDocument, wholeDocument } from "./compact_document.ts";
import type { LeftOutWords } from "./left_out_words.ts";
import { describeReading, maxWordsOf, readsAsNewsgroups } from "./text_preparation.ts";

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

type Reader = Pick<TextReader, "read">;

/** How the articles become words, in whole sentences. */
function preparationOf(
  model: Pick<Model, "maxWords" | "reader"> = { reader: { reading: firstReading } },
) {
  const max = maxWordsOf(model);
  const seen = max === Infinity
    ? ""
    : ` Of each test document the classifier sees the first ${max}`;
  const windows = `; in training it sees windows of ${wordLimit()} anywhere in a document.`;
  const end = seen && (readsAsNewsgroups(model) ? windows : ".");
  return `Headers are removed. ${describeReading(model)}.${seen}${end}`;
}

/**
 * Turns articles of the twenty newsgroups into a corpus.
 *
 * @param articles What to train and test on.
 * @param dataDir The data folder, for the tokenizer's tables; without one, the built-in ones.
 * @param onProgress Called with progress.
 * @param model The model that is to read them. @default {one of this project, not trained yet}
 * @param leftOut Counts the words that the tokenizer leaves out, where there is no model.
 */
export async function newsgroupCorpus(
  articles: { readonly train: readonly Article[]; readonly test: readonly Article[] },
  dataDir: string | undefined,
  onProgress: OnProgress,
  model?: Model,
  leftOut?: LeftOutWords,
): Promise<Omit<Corpus, "name" | "notices" | "comparable">> {
  const tokenize = await newsgroups.open({}, dataDir === undefined ? {} : { data: dataDir });
  const readerUpTo = (max: number): Reader => ({
    read: (text, about) => readText(tokenize, text, max, about),
  });
  // Where nobody asks what is left out, it is not looked for.
  const briefReaderUpTo = (max: number): Reader => ({
    read: (text, about) => readText(() => ({ ...tokenize(text), unseen: [] }), text, max, about),
  });
  const upTo = (max: number) => leftOut ? leftOut.counting(readerUpTo(max)) : briefReaderUpTo(max);
  const readers = model
    ? { train: model, test: model }
    : { train: upTo(Infinity), test: upTo(wordLimit()) };
  const wholeReader = model ?? readerUpTo(wordLimit());
  const total = articles.train.length + articles.test.length;
  let done = 0;
  const compact = (article: Article): CompactDocument => {
    const document = compactDocument(article, GROUPS, readers[article.split]);
    if (++done % 64 === 0 || done === total) {
      onProgress({ task: "Tokenizing", done, total, unit: "documents" });
    }
    return article.split === "train" ? wholeDocument(document) : document;
  };
  const train = articles.train.map(compact);
  const test = articles.test.map(compact);
  const byId = new Map(articles.test.map((article) => [article.id, article]));
  return {
    classes: GROUPS,
    preparation: preparationOf(model),
    train,
    test,
    categories: newsgroupCategories,
    ...(byId.has(shownArticle) && { shown: shownArticle }),
    original(id) {
      const { text, label } = byId.get(id)!;
      return wholeReader.read(text, { id, label });
    },
  };
}

/**
 * Reads the 20Newsgroups corpus.
 *
 * @param dataDir The data folder.
 * @param onProgress Called with progress.
 * @param model The model that is to read it. @default {one of this project, not trained yet}
 * @param leftOut Counts the words that the tokenizer leaves out, where there is no model.
 * @throws {Deno.errors.NotFound} If it is not in the data folder.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readNewsgroups(
  dataDir: string,
  onProgress: OnProgress,
  model?: Model,
  leftOut?: LeftOutWords,
): Promise<Corpus> {
  const articles = await loadNewsgroups(dataDir, { onProgress });
  return {
    name: "the 20Newsgroups corpus (bydate split)",
    notices: [],
    comparable: true,
    ...await newsgroupCorpus(articles, dataDir, onProgress, model, leftOut),
  };
}
