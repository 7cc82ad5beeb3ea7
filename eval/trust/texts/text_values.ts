import {
  Coalitions,
  type Input,
  type Model,
  probabilityOf,
  scoreCoalitions,
  scoresWithoutEach,
} from "@heatword/core";
import type { SetFunction } from "../set_function.ts";

/** What of a class is looked at: its score before softmax, or its probability. */
export const READOUTS = ["score", "probability"] as const;
/** One of {@linkcode READOUTS}. */
export type Readout = (typeof READOUTS)[number];

/** Both readouts of one coalition. */
type Values = readonly [score: number, probability: number];

function valuesOf(scores: ArrayLike<number>, target: number): Values {
  return [scores[target]!, probabilityOf(scores, target)];
}

/**
 * What a model says of a class of one text as words are deleted. Each coalition is scored once,
 * however often and by whichever measure it is asked for.
 */
export class TextValues {
  /** How many words the text has; positions after them are padding. */
  readonly words: number;
  /** The class. */
  readonly target: number;
  readonly #model: Model;
  readonly #input: Input;
  readonly #signal: AbortSignal | undefined;
  readonly #known = new Map<string, Values>();
  readonly #singles = new Map<string, Values[]>();

  /**
   * Starts without any coalition scored.
   *
   * @param model The model.
   * @param input The text, as an input of that model.
   * @param words How many words the text has.
   * @param target Index of the class.
   * @param signal Stops scoring.
   */
  constructor(model: Model, input: Input, words: number, target: number, signal?: AbortSignal) {
    this.#model = model;
    this.#input = input;
    this.#signal = signal;
    this.words = words;
    this.target = target;
  }

  /**
   * One readout as a set function.
   *
   * @param readout Score or probability.
   */
  as(readout: Readout): SetFunction {
    const place = READOUTS.indexOf(readout);
    return {
      words: this.words,
      values: async (coalitions) => (await this.#values(coalitions)).map((both) => both[place]!),
      ...(this.#model.scoresWithoutEach && {
        withoutEach: async (deleted) =>
          (await this.#withoutEach(deleted)).map((both) => both[place]!),
      }),
    };
  }

  async #withoutEach(deleted: readonly number[]): Promise<Values[]> {
    const key = deleted.toSorted((a, b) => a - b).join();
    const known = this.#singles.get(key);
    if (known) return known;
    this.#signal?.throwIfAborted();
    const scores = await scoresWithoutEach(this.#model, this.#input, deleted);
    const classes = this.#model.classes.length;
    const found = Array.from(
      { length: this.words },
      (_, t) => valuesOf(scores.subarray(t * classes, (t + 1) * classes), this.target),
    );
    this.#singles.set(key, found);
    return found;
  }

  async #values(coalitions: Coalitions): Promise<Values[]> {
    const sets = Array.from({ length: coalitions.size }, (_, m) => coalitions.deleted(m));
    const keys = sets.map((set) => set.join());
    const missing = new Map<string, readonly number[]>();
    keys.forEach((key, m) => {
      if (!this.#known.has(key)) missing.set(key, sets[m]!);
    });
    const asked = [...missing];
    await scoreCoalitions(this.#model, this.#input, {
      total: asked.length,
      fill: (batch, first) => {
        for (let m = 0; m < batch.size; m++) {
          for (const t of asked[first + m]![1]) batch.delete(m, t);
        }
      },
      take: (scores, index) => {
        this.#known.set(asked[index]![0], valuesOf(scores, this.target));
      },
      ...(this.#signal && { signal: this.#signal }),
    });
    return keys.map((key) => this.#known.get(key)!);
  }
}
