import { Coalitions } from "./coalitions.ts";
import { type Awaitable, type Input, type Model, presentWords } from "./model.ts";
import { Recent } from "./recent.ts";
import type { FloatArray } from "./tensor.ts";

/** Most memory for the scores of one input, in bytes. */
const LIMIT = 2 ** 24;

/** What an entry takes, roughly. */
const bytesOf = (key: string, scores: FloatArray) => 2 * key.length + scores.byteLength + 200;

/**
 * The scores of what was scored of one input, as long as the input is used: of the whole and the empty
 * text, and of the coalitions of a model whose scores do not depend on what is scored with them.
 */
export class ScoreMemory {
  readonly #scores = new Recent<FloatArray>(LIMIT, bytesOf);
  readonly #gone: Coalitions;
  /** What the whole text goes by. */
  readonly whole: string;
  /** What the text with all words deleted goes by. */
  readonly empty: string;

  /** Makes the memory of an input. */
  constructor({ walksCoalitions = false }: Model, input: Input) {
    const { length } = input;
    const all = Array.from({ length }, (_, t) => t);
    // To delete what is not there changes nothing.
    const present = new Set(walksCoalitions ? all : presentWords(input));
    this.#gone = Coalitions.without(length, [all.filter((t) => !present.has(t))]);
    this.whole = this.keyOf(new Coalitions(length, 1), 0);
    this.empty = this.keyOf(Coalitions.without(length, [all]), 0);
  }

  /** What a coalition goes by. */
  keyOf(coalitions: Coalitions, m: number): string {
    return coalitions.key(m, this.#gone);
  }

  /** The scores that were kept, which must not be changed. */
  get(key: string): FloatArray | undefined {
    return this.#scores.get(key);
  }

  /** Keeps scores; others are forgotten where there are too many. */
  keep(key: string, scores: FloatArray): void {
    this.#scores.set(key, scores);
  }
}

const memories = new WeakMap<Input, WeakMap<object, ScoreMemory>>();

/** What is remembered of an input, by its model. */
export function memoryOf(model: Model, input: Input): ScoreMemory {
  const ofInput = memories.get(input) ?? new WeakMap<object, ScoreMemory>();
  memories.set(input, ofInput);
  const memory = ofInput.get(model) ?? new ScoreMemory(model, input);
  ofInput.set(model, memory);
  return memory;
}

/** What is remembered, the caller's; what is not is computed first. */
async function remembered(
  memory: ScoreMemory,
  key: string,
  compute: () => Awaitable<FloatArray>,
): Promise<FloatArray> {
  const known = memory.get(key);
  if (known) return known.slice();
  const scores = await compute();
  memory.keep(key, scores.slice());
  return scores;
}

/**
 * The scores of an input with all its words. They are computed once for an input, whoever asks:
 * programs, explainers and measures.
 *
 * @param model The model.
 * @param input An input of that model.
 * @returns The scores before softmax, shape [C]; the caller's.
 */
export async function wholeScores<I extends Input>(
  model: Model<I>,
  input: I,
): Promise<FloatArray> {
  const memory = memoryOf(model, input);
  return await remembered(memory, memory.whole, () => model.scores(input));
}

/**
 * The scores of an input without its words, which are computed once for an input, too.
 *
 * @param model The model.
 * @param input An input of that model.
 * @returns The scores before softmax, shape [C]; the caller's.
 */
export async function emptyScores<I extends Input>(
  model: Model<I>,
  input: I,
): Promise<FloatArray> {
  const memory = memoryOf(model, input);
  return await remembered(memory, memory.empty, () => {
    const all = Array.from({ length: input.length }, (_, t) => t);
    return model.scores(model.withoutWords(input, all));
  });
}
