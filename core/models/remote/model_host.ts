import { Coalitions } from "../../coalitions.ts";
import { finiteScores } from "../../finite_scores.ts";
import type { Input, Model } from "../../model.ts";
import type { Asked, ModelAbout, ScoresWanted, TextRead } from "./messages.ts";

/** How many texts are kept as they were read. */
const KEPT = 64;
/** How often a text may be scored in one question. */
const MOST = 1024;

const isPosition = (value: unknown, length: number) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < length;

/** What a {@linkcode ModelHost} needs of a model. */
export type HostedModel = Pick<
  Model,
  "classes" | "limitation" | "batchSize" | "maxWords" | "notes" | "read" | "encode" | "scores"
>;

/**
 * Answers for a model, of any kind, what a {@linkcode remoteModel} elsewhere asks: in a browser, or in
 * another process. The model is opened once, and stays where it is.
 *
 * @example
 * ```ts
 * import { ModelHost } from "@heatword/core/remote";
 * import { modelFromFunction } from "@heatword/core/models";
 * import "@heatword/datasets/tokenizers";
 * import { assertEquals } from "@std/assert";
 *
 * const model = await modelFromFunction({
 *   classes: ["long", "short"],
 *   outputs: "logits",
 *   predict: (texts) => texts.map(({ length }) => [length, 5]),
 * });
 * const host = new ModelHost(model);
 * assertEquals(await host.scores({ text: "a film", deleted: [[], [1]] }), [[6, 5], [1, 5]]);
 * ```
 */
export class ModelHost implements Asked {
  readonly #model: HostedModel;
  readonly #kept = new Map<string, Input>();

  /** Makes a host of a model, which whoever opened it closes. */
  constructor(model: HostedModel) {
    this.#model = model;
  }

  /** What is known of the model before any text. */
  get about(): ModelAbout {
    const { classes, limitation, batchSize, maxWords, notes } = this.#model;
    return {
      classes,
      ...(limitation !== undefined && { limitation }),
      ...(batchSize !== undefined && { batchSize }),
      ...(maxWords !== undefined && { maxWords }),
      ...(notes && { notes }),
    };
  }

  #inputOf(text: string): Input {
    const input = this.#kept.get(text) ?? this.#model.encode(this.#model.read(text));
    this.#kept.delete(text);
    this.#kept.set(text, input);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return input;
  }

  /** Reads a text. */
  read({ text }: { readonly text: string }): Promise<TextRead> {
    if (typeof text !== "string") throw new TypeError('Cannot read a text: "text" is not a string');
    const { tokens, unseen, truncated } = this.#model.read(text);
    const { length, unknown } = this.#inputOf(text);
    return Promise.resolve({
      tokens: tokens.map(({ text, start, end }) => ({ text, start, end })),
      length,
      ...(unseen && { unseen }),
      ...(truncated !== undefined && { truncated }),
      ...(unknown && { unknown }),
    });
  }

  /**
   * Scores a text, with words deleted.
   *
   * @param wanted The text, and which words are deleted each time.
   * @returns The scores before softmax, shape [M, C].
   * @throws {TypeError} If that is not what is wanted.
   * @throws {RangeError} If there is no such word, or too many scores are wanted at once.
   */
  async scores({ text, deleted }: ScoresWanted): Promise<number[][]> {
    const isList = Array.isArray(deleted) && deleted.every(Array.isArray);
    if (typeof text !== "string" || !isList) {
      throw new TypeError('Cannot score: "text" takes a string, and "deleted" lists of positions');
    }
    const model = this.#model;
    if (deleted.length > MOST) {
      throw new RangeError(`Cannot score a text ${deleted.length} times at once: ${MOST} at most`);
    }
    const input = this.#inputOf(text);
    const wrong = deleted.flat().find((position) => !isPosition(position, input.length));
    if (wrong !== undefined) {
      throw new RangeError(`Cannot delete word ${wrong}: the text has ${input.length} words`);
    }
    const found = await model.scores(input, Coalitions.without(input.length, deleted));
    const C = model.classes.length;
    return deleted.map((_, m) => {
      return Array.from(finiteScores(found.subarray(m * C, m * C + C), model.classes));
    });
  }
}
