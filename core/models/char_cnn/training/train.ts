import { Random } from "../../../random.ts";
import { plainVectors } from "../../embedding_table.ts";
import type { Hyperparameters } from "../../word_cnn/training/hyperparameters.ts";
import type { LabelledRows } from "../../word_cnn/training/labelled_rows.ts";
import {
  type TrainOptions,
  type TrainResult,
  trainWordCnn,
} from "../../word_cnn/training/train.ts";
import type { Vocabulary } from "../../word_cnn/vocabulary.ts";
import { CharCnn } from "../char_cnn.ts";
import { Spelling } from "../spelling.ts";

/** A text for training, as the words that it has. */
export interface LabelledText {
  /** The index of its class. */
  readonly label: number;
  /** Its words, in text order. */
  readonly words: readonly string[];
}

/** What is trained of a char-CNN, and how. */
export interface TrainCharCnnOptions extends
  Pick<
    TrainOptions,
    | "classes"
    | "lastEpoch"
    | "seed"
    | "threads"
    | "checkpoint"
    | "onProgress"
    | "onEpoch"
    | "reader"
    | "signal"
  > {
  /** The characters that it is to know. */
  readonly alphabet: Vocabulary;
  /** The texts to learn from. */
  readonly documents: readonly LabelledText[];
  /** Texts to choose the best epoch by; without any, the last epoch is taken. */
  readonly heldOut?: readonly LabelledText[];
  /** Numbers of the vector of a character. @default {16} */
  readonly dimensions?: number;
  /** How many characters a filter spans. @default {7} */
  readonly width?: number;
  /** Most characters of a word that are seen, the blank after it included. @default {32} */
  readonly wordLength?: number;
  /** Whether a blank follows each word. @default {true} */
  readonly blanks?: boolean;
  /**
   * Hyper-parameters that differ from those of a char-CNN, see {@linkcode charCnnDefaults}; `window` counts
   * characters, and `wordDropout` leaves out words with all their characters.
   */
  readonly hyperparameters?: Partial<Omit<Hyperparameters, "widths">>;
}

/** A trained model, and how it came about. */
export interface TrainedCharCnn extends Omit<TrainResult, "model"> {
  /** The model of the best epoch. */
  readonly model: CharCnn;
}

/** Hyper-parameters of a char-CNN that differ from those of a word-CNN. */
export const charCnnDefaults: Partial<Omit<Hyperparameters, "widths">> = {
  filters: 1024,
  epochs: 12,
  schedule: "cosine",
  vectorRate: 0.02,
  labelSmoothing: 0.1,
  l2: 1e-4,
  window: 2500,
  randomWindow: true,
};

/**
 * Trains a char-CNN as a word-CNN of characters: by mini-batch gradient descent with momentum, of the
 * vectors of the characters by Adagrad. As each filter learns from the window that it won on, a step
 * projects each character of the alphabet once; the same options and seed give the same bytes, with
 * any number of threads.
 *
 * @param options What to train and how.
 * @returns The model of the best epoch.
 * @throws {RangeError} If there are no documents or no characters, or an option is out of range.
 * @throws {SyntaxError} If the checkpoint is damaged.
 *
 * @example
 * ```ts
 * import { alphabetOf, trainCharCnn } from "@heatword/core/char-cnn";
 * import { assert } from "@std/assert";
 *
 * const documents = [
 *   { label: 0, words: ["orbiting", "moons"] },
 *   { label: 1, words: ["riding", "fast"] },
 * ];
 * const { model } = await trainCharCnn({
 *   classes: ["space", "motorcycles"],
 *   alphabet: alphabetOf(["orbiting moons ", "riding fast "], { minCount: 1 }),
 *   documents,
 *   width: 3,
 *   hyperparameters: { filters: 8, epochs: 20 },
 *   threads: 1,
 * });
 * // It knows the ends of words that it never saw.
 * const [space, motorcycles] = model.scores(model.encode(model.read("orbits moon")));
 * assert(space! > motorcycles!);
 * ```
 */
export async function trainCharCnn(options: TrainCharCnnOptions): Promise<TrainedCharCnn> {
  const { alphabet, dimensions = 16, width = 7, wordLength = 32, blanks = true, seed = 1 } =
    options;
  const { documents, heldOut = [], hyperparameters, reader, ...others } = options;
  if (alphabet.size === 0) throw new RangeError("Cannot train: no character is in the texts");
  const spelling = new Spelling({ alphabet, wordLength, blanks });
  const rowsOf = ({ label, words }: LabelledText): LabelledRows => {
    const { rows, places } = spelling.spell(words);
    return { label, rows, words: places.map((place) => Math.floor(place / wordLength)) };
  };
  const random = new Random(seed).fork(1);
  const length = alphabet.size * dimensions;
  const scale = 1 / Math.sqrt(dimensions);
  const vectors = Float32Array.from({ length }, () => random.normal() * scale);
  const { model, ...result } = await trainWordCnn({
    ...others,
    vocabulary: alphabet,
    vectors: plainVectors(vectors, dimensions),
    documents: documents.map(rowsOf),
    heldOut: heldOut.map(rowsOf),
    hyperparameters: { ...charCnnDefaults, ...hyperparameters, widths: [width] },
  });
  return {
    ...result,
    model: new CharCnn({
      ...model.weights,
      classes: options.classes,
      alphabet,
      vectors: model.vectors,
      width,
      wordLength,
      blanks,
      ...(reader && { reader }),
    }),
  };
}
