import { failCheck, relativeDifference, shortNumber } from "../checks.ts";
import type { Coalitions } from "../coalitions.ts";
import type { Input, Model } from "../model.ts";
import type { FloatArray } from "../tensor.ts";

/** A text that a model is tried on. */
export interface Trial {
  /** Which text it is, for messages. */
  readonly name: string;
  /** The text. */
  readonly text: string;
  /** What the model makes of it. */
  readonly input: Input;
}

/** The model under test, with shorthands to run it. */
export class ModelSubject {
  #trials: readonly Trial[] | undefined;

  /**
   * Puts a model under test.
   *
   * @param model The model.
   * @param texts What it is tried on, by name.
   * @param tolerance How far two ways to the same numbers may be apart, as a part of the largest.
   */
  constructor(
    readonly model: Model,
    readonly texts: readonly (readonly [name: string, text: string])[],
    readonly tolerance: number,
  ) {}

  /** Every text as an input. */
  get trials(): readonly Trial[] {
    return this.#trials ??= this.texts.map(([name, text]) => ({
      name,
      text,
      input: this.encode(text, name),
    }));
  }

  /** The texts of two words or more, the first ones: those that words are deleted from. */
  get several(): readonly Trial[] {
    return this.trials.filter(({ input }) => input.length > 1).slice(0, 4);
  }

  /** Reads a text and encodes it. */
  encode(text: string, name: string): Input {
    try {
      return this.model.encode(this.model.read(text));
    } catch (error) {
      return failCheck(`${(error as Error).message}, for a text ${name}`);
    }
  }

  /** The scores of an input, checked to be numbers, as many as there are classes (and coalitions). */
  async scores(input: Input, name: string, coalitions?: Coalitions): Promise<FloatArray> {
    const { model } = this;
    let scores: unknown;
    try {
      scores = await (coalitions ? model.scores(input, coalitions) : model.scores(input));
    } catch (error) {
      failCheck(`${(error as Error).message}, for a text ${name}`);
    }
    if (!(scores instanceof Float32Array || scores instanceof Float64Array)) {
      failCheck(`the scores are not a Float32Array or Float64Array, for a text ${name}`);
    }
    const wanted = model.classes.length * (coalitions?.size ?? 1);
    const shape = coalitions ? `${coalitions.size} coalitions of ${model.classes.length}` : "";
    if (scores.length !== wanted) {
      const of = shape || `${wanted}`;
      failCheck(`there are ${scores.length} scores for ${of} classes, for a text ${name}`);
    }
    const wrong = scores.findIndex((score) => !Number.isFinite(score));
    if (wrong >= 0) {
      const { classes } = model;
      const named = classes[wrong % classes.length];
      failCheck(`the score for class "${named}" is ${scores[wrong]}, for a text ${name}`);
    }
    return scores;
  }

  /** Fails unless two ways to the same numbers agree. */
  same(one: ArrayLike<number>, other: ArrayLike<number>, what: string, name: string): void {
    const off = relativeDifference(one, other);
    if (!(off <= this.tolerance)) {
      failCheck(`${what} by ${shortNumber(100 * off)} %, for a text ${name}`);
    }
  }
}
