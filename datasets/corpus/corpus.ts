import type { Document, OnProgress } from "@heatword/core";
import { preprocess } from "@heatword/datasets";
import { findPunktParameters } from "@heatword/datasets/nltk";
import {
  type Article,
  GROUPS,
  loadNewsgroups,
  TOP_LEVEL_CATEGORIES,
  topLevelCategory,
} from "@heatword/datasets/newsgroups";

/** A document in little space: its words without their places in the text. */
export interface CompactDocument {
  /** Its name. */
  readonly id: string;
  /** Index of its true class. */
  readonly label: number;
  /** Its words, a blank between two. */
  readonly words: string;
  /** How many words it has. */
  readonly length: number;
}

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

/** Turns a compact document into one that models and explainers take. */
export function toDocument({ words }: Pick<CompactDocument, "words">): Document {
  let start = 0;
  const texts = words === "" ? [] : words.split(" ");
  const tokens = texts.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: words, tokens };
}

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
 * @param dataDir The data folder, for the tokenizer's tables; without one, the built-in ones.
 * @param onProgress Told how far it is.
 */
export async function newsgroupCorpus(
  articles: { readonly train: readonly Article[]; readonly test: readonly Article[] },
  dataDir: string | undefined,
  onProgress: OnProgress,
): Promise<Omit<Corpus, "name" | "notices" | "comparable">> {
  const parameters = await findPunktParameters(dataDir);
  const total = articles.train.length + articles.test.length;
  let done = 0;
  const compact = ({ id, label, text, split }: Article): CompactDocument => {
    const maxTokens = split === "train" ? Infinity : 400;
    const { tokens } = preprocess(text, { parameters, maxTokens });
    if (++done % 64 === 0 || done === total) {
      onProgress({ task: "Tokenizing", done, total, unit: "documents" });
    }
    return {
      id,
      label: GROUPS.indexOf(label),
      words: tokens.map((token) => token.text).join(" "),
      length: tokens.length,
    };
  };
  const train = articles.train.map(compact);
  const test = articles.test.map(compact);
  const byId = new Map(articles.test.map((article) => [article.id, article]));
  return {
    classes: GROUPS,
    preparation:
      "Headers are removed. Texts are tokenized as NLTK 3.1 does (Punkt, then Treebank); " +
      "tokens of letters, apostrophe, hyphen and dot are kept. Of each test document the classifier " +
      "sees the first 400; in training it sees windows of 400 anywhere in a document.",
    train,
    test,
    categories: newsgroupCategories,
    ...(byId.has(shownArticle) && { shown: shownArticle }),
    original(id) {
      const { text, label } = byId.get(id)!;
      return preprocess(text, { parameters, id, label });
    },
  };
}

/**
 * Reads the 20Newsgroups corpus.
 *
 * @throws {Deno.errors.NotFound} If it is not in the data folder.
 * @throws {SyntaxError} If it is damaged.
 */
export async function readNewsgroups(dataDir: string, onProgress: OnProgress): Promise<Corpus> {
  const articles = await loadNewsgroups(dataDir, { onProgress });
  return {
    name: "the 20Newsgroups corpus (bydate split)",
    notices: [],
    comparable: true,
    ...await newsgroupCorpus(articles, dataDir, onProgress),
  };
}
