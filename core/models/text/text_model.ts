import type { Coalitions } from "../../coalitions.ts";
import { assertModel } from "../../define_model.ts";
import type { Document } from "../../document.ts";
import type { Awaitable, Model } from "../../model.ts";
import { readerOfFolder, readText, type TextReader } from "../../text_reader.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import { assertOptions, type TextModelOptions } from "./options.ts";
import { type TextInput, textInput, textsOf, without } from "./_text_input.ts";
import { type ScoreTexts, TextScorer } from "./_text_scorer.ts";

export type { TextInput };

/** A model that takes whole texts. */
export interface TextModelParts extends TextModelOptions {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** Scores some texts: shape [C] for each, before softmax, checked. */
  readonly score: ScoreTexts;
  /** What is worth knowing of it. */
  readonly notes?: readonly string[];
  /** Why it gives scores only. */
  readonly limitation: string;
  /** How many requests were made, where it makes any. */
  readonly requests?: () => number;
  /** Ends what it holds. */
  readonly close?: () => Awaitable<void>;
}

async function readerFor(
  { tokenizer = "unicode", maxWords }: TextModelOptions,
  resources: TokenizerResources,
): Promise<TextReader> {
  if (typeof tokenizer === "function") {
    return { read: (text, about) => readText(tokenizer, text, maxWords ?? Infinity, about) };
  }
  const named = typeof tokenizer === "string" ? { tokenizer, options: {} } : tokenizer;
  if (typeof named?.tokenizer !== "string") {
    throw new TypeError('Cannot take the model: "tokenizer" must be a name or a function');
  }
  const reading = { ...named, options: named.options ?? {} };
  return await readerOfFolder(
    { ...reading, ...(maxWords !== undefined && { maxWords }) },
    resources,
  );
}

/**
 * Makes a model of what scores whole texts: words are deleted from the text itself, in batches, and no
 * text is scored twice as long as it is remembered.
 *
 * @param parts The classes, what scores texts, and how.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {TypeError} If a part is malformed.
 * @throws {RangeError} If an option of the tokenizer is unknown.
 */
export async function textModel(
  parts: TextModelParts,
  resources: TokenizerResources = {},
): Promise<Model<TextInput>> {
  assertOptions(parts);
  const { classes, score, notes, limitation, close, requests, maxWords, deletion = "remove" } =
    parts;
  const { batchSize = 64, concurrency = 1, memory = 2 ** 26 } = parts;
  const reader = await readerFor(parts, resources);
  const scorer = new TextScorer(score, { batchSize, concurrency, memory });
  // Of several documents at once the first to be asked for is the first to be done, so that it takes no
  // longer than it would alone.
  const ranks = new WeakMap<Document, number>();
  let documents = 0;
  const rankOf = (document: Document) => {
    const rank = ranks.get(document) ?? documents++;
    ranks.set(document, rank);
    return rank;
  };
  const model: Model<TextInput> = {
    classes,
    limitation,
    batchSize,
    mergesBatches: true,
    concurrency,
    read: reader.read,
    ...(reader.reading && { reader }),
    ...(maxWords !== undefined && { maxWords }),
    ...(notes && { notes }),
    ...(close && { close }),
    forget: () => scorer.forget(),
    encode: textInput,
    withoutWords: without,
    ...(deletion === "remove" && {
      unitInput: (document, units) =>
        textInput({
          ...document,
          tokens: units.map(({ start, end }) => ({
            text: document.text.slice(start, end),
            start,
            end,
          })),
        }),
    }),
    async scores(input, coalitions?: Coalitions) {
      const rows = await scorer.score(
        textsOf(input, coalitions, deletion),
        rankOf(input.document),
      );
      const scores = new Float64Array(rows.length * classes.length);
      rows.forEach((row, m) => scores.set(row, m * classes.length));
      return scores;
    },
  };
  if (requests) Object.defineProperty(model, "requests", { get: requests, enumerable: true });
  assertModel(model);
  return model;
}
