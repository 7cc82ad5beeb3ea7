import { type OnProgress, Random } from "@heatword/core";
import {
  type EmbeddingTable,
  type Hyperparameters,
  plainVectors,
  vectorsToArray,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import { compactDocument, type TrainingCorpus, wholeDocument } from "@heatword/datasets/corpus";
import type { LearnedText } from "@heatword/eval/repair";
import type { ChosenRecord } from "../training/choose_word_cnn.ts";
import { scaledToNorm } from "../training/model.ts";
import { recipeFor } from "../training/recipe.ts";
import type { Recorded } from "../training/retrained.ts";
import { Attempts } from "../training/word_cnn_attempts.ts";
import type { VectorStart } from "../training/word_cnn_choices.ts";

/** Words, and the vectors that they begin with. */
export interface FreshVectors {
  readonly vocabulary: Vocabulary;
  readonly vectors: EmbeddingTable;
}

/** What making them needs. */
export interface VectorsContext {
  readonly texts: readonly LearnedText[];
  readonly seed: number;
  readonly workers: number;
  readonly cache: string;
  readonly onProgress: OnProgress;
}

/** What a network tells of the vectors that it began with. */
export interface VectorsRecord extends Recorded {
  /** Where they began. */
  readonly start?: VectorStart;
  /** The norm that they were scaled to. */
  readonly norm?: number;
  /** All that was tried, each with its norm. */
  readonly tried?: ChosenRecord["tried"];
}

/**
 * The norm that the vectors of a network were scaled to in the beginning.
 *
 * @param record What it tells of its training.
 * @returns Nothing where it does not tell.
 */
export function normOf({ norm, tried, hyperparameters = {} }: VectorsRecord): number | undefined {
  if (norm !== undefined) return norm;
  const isSame = (one: object) =>
    Object.entries(one).every(([name, value]) =>
      JSON.stringify(value) ===
        JSON.stringify(hyperparameters[name as keyof Hyperparameters])
    );
  return tried?.find((one) => isSame(one.hyperparameters))?.norm;
}

/**
 * Words and vectors without some words, which are then like any that is unknown.
 *
 * @param begun The words and vectors.
 * @param gone The words, as texts have them.
 * @param left Words of texts that are to be known all the same.
 */
export function withoutWords(
  { vocabulary, vectors }: FreshVectors,
  gone: readonly string[],
  left: Iterable<string>,
): FreshVectors {
  const rows = new Set(gone.map((word) => vocabulary.row(word)));
  // A word in capitals may share the row of one in small letters.
  for (const word of left) rows.delete(vocabulary.row(word));
  rows.delete(-1);
  if (rows.size === 0) return { vocabulary, vectors };
  const kept = [...vocabulary.words.keys()].filter((row) => !rows.has(row));
  const { dimensions } = vectors;
  const values = new Float32Array(kept.length * dimensions);
  kept.forEach((row, i) => vectors.copyRow(row, values, i * dimensions));
  return {
    vocabulary: new Vocabulary(kept.map((row) => vocabulary.words[row]!)),
    vectors: plainVectors(values, dimensions),
  };
}

/** Vectors that say nothing of the words, as long as those of the model are on average. */
function drawn(network: WordCnn, seed: number): FreshVectors {
  const { vocabulary, vectors, dimensions } = network;
  const values = Float64Array.from(vectorsToArray(vectors));
  const square = values.reduce((sum, value) => sum + value * value, 0) / (vectors.size || 1);
  const random = new Random(seed);
  const scale = Math.sqrt(square / dimensions);
  const fresh = Float32Array.from(values, () => scale * random.normal());
  return { vocabulary, vectors: plainVectors(fresh, dimensions) };
}

/**
 * How the vectors of a network like another begin: made of its texts as those of the other were, drawn
 * where they are trained and nothing tells how they were made, else kept.
 */
function beginningOf(network: WordCnn, recorded: VectorsRecord): "made" | "drawn" | "kept" {
  const { start, hyperparameters } = recorded;
  if (start === "file") return "kept";
  const isKnown = start !== undefined && normOf(recorded) !== undefined;
  if (isKnown && network.reader.reading !== undefined) return "made";
  return hyperparameters?.vectorRate ? "drawn" : "kept";
}

/**
 * What a person should know of the word vectors of a network that are kept.
 *
 * @param path What was given as the network.
 * @param network The network.
 * @param recorded What it tells of its training.
 * @returns Nothing where they begin anew.
 */
export function keptVectorsNote(
  path: string,
  network: WordCnn,
  recorded: VectorsRecord,
): string | undefined {
  if (beginningOf(network, recorded) !== "kept") return undefined;
  if (recorded.start !== "file") {
    return `the word vectors of "${path}" are kept, as it does not tell how to make them anew: ` +
      "if they were made of texts with the leak, they know of it";
  }
  return recorded.hyperparameters?.vectorRate
    ? `what "${path}" learned of its word vectors is kept: they began with those of a file`
    : `the word vectors of "${path}" are kept: they are those of a file`;
}

/**
 * The words and vectors that a network like another begins with: what vectors that were made of its
 * texts know of a leak is not to be kept.
 *
 * @param network The network.
 * @param recorded What it tells of its training.
 * @param context The texts, and where randomness starts.
 * @returns Nothing where those of the network are kept.
 */
export async function freshVectors(
  network: WordCnn,
  recorded: VectorsRecord,
  { texts, ...context }: VectorsContext,
): Promise<FreshVectors | undefined> {
  const beginning = beginningOf(network, recorded);
  if (beginning === "kept") return undefined;
  if (beginning === "drawn") return drawn(network, context.seed);
  const { classes, reader } = network;
  const [start, norm, reading] = [recorded.start!, normOf(recorded)!, reader.reading!];
  const train = texts.map(({ text, label }, i) =>
    wholeDocument(compactDocument({ id: String(i), text, label }, classes, reader))
  );
  const corpus: TrainingCorpus = { classes, train, test: [] };
  const full = { ...context, recipe: recipeFor(train), reading };
  const dimensions = start === "random" ? network.dimensions : undefined;
  const words = await new Attempts(corpus, full, start, () => {}, dimensions).start(start);
  return {
    vocabulary: new Vocabulary(words.words),
    vectors: plainVectors(scaledToNorm(words, norm), words.dimensions),
  };
}
