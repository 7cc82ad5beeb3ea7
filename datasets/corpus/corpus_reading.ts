import {
  type AboutText,
  type Document,
  firstReading,
  type Model,
  openReader,
  type TextReading,
  type TokenizerResources,
} from "@heatword/core";
import "../tokenizers/mod.ts";

/** How the texts of a corpus become words. */
export interface CorpusReading {
  /** Reads all words of a text. */
  readWhole(text: string, about?: AboutText): Document;
  /** Reads a text as the model sees it. */
  read(text: string, about?: AboutText): Document;
  /** Most words of a text that the model sees. */
  readonly maxWords: number;
  /** How texts become words, in whole sentences. */
  readonly description: string;
}

/** What is said of each tokenizer's words, in a whole sentence but for its end. */
const sentences: Readonly<Record<string, string>> = {
  newsgroups: "Texts are tokenized as NLTK 3.1 does (Punkt, then Treebank); tokens of letters, " +
    "apostrophe, hyphen and dot are kept",
};

/**
 * Opens a way to read the texts of a corpus.
 *
 * @param reading The tokenizer, its options, and the most words. @default {firstReading}
 * @param resources Where the tokenizer may look for tables.
 * @returns The way.
 * @throws {RangeError} If the tokenizer or an option is unknown.
 */
export async function openCorpusReading(
  reading: TextReading = firstReading,
  resources: TokenizerResources = {},
): Promise<CorpusReading> {
  const { maxWords = Infinity, ...rest } = reading;
  const [whole, cut] = await Promise.all([
    openReader(rest, resources),
    openReader(reading, resources),
  ]);
  const { tokenizer } = reading;
  const sentence = sentences[tokenizer] ??
    `Texts are cut into words by the tokenizer "${tokenizer}"`;
  return {
    readWhole: whole.read,
    read: cut.read,
    maxWords,
    description: maxWords === Infinity
      ? `${sentence}.`
      : `${sentence}, the first ${maxWords} of each text.`,
  };
}

/**
 * How a model reads the texts of a corpus.
 *
 * @param model The model.
 * @param resources Where its tokenizer may look for tables.
 * @returns The way; of a model whose way is known to itself alone, what it gives.
 */
export async function corpusReadingOf(
  model: Model,
  resources: TokenizerResources = {},
): Promise<CorpusReading> {
  const reading = model.reader?.reading;
  if (reading) return await openCorpusReading(reading, resources);
  const read = (text: string, about?: AboutText) => model.read(text, about);
  const description = "Texts are cut into words by the model itself.";
  return { readWhole: read, read, maxWords: model.maxWords ?? Infinity, description };
}
