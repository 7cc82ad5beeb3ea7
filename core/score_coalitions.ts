import { Coalitions } from "./coalitions.ts";
import type { ExplainSettings } from "./explain.ts";
import type { Awaitable, Input, Model } from "./model.ts";
import { memoryOf, type ScoreMemory } from "./score_memory.ts";
import { type FloatArray, zerosLike } from "./tensor.ts";

/**
 * Scores coalitions one by one: the way of models that have no better one.
 *
 * @param input The input.
 * @param coalitions Which words stay each time.
 * @param without Gives an input with some words deleted.
 * @param score Scores one input, shape [C].
 * @returns The scores, shape [M, C]; a promise if `score` gives one.
 */
export function scoreEach<I extends Input>(
  input: I,
  coalitions: Coalitions,
  without: (input: I, positions: Iterable<number>) => I,
  score: (input: I) => Awaitable<FloatArray>,
): Awaitable<FloatArray> {
  const rows: FloatArray[] = [];
  const next = () => score(without(input, coalitions.deleted(rows.length)));
  const joined = () => {
    const classes = rows[0]?.length ?? 0;
    const scores = rows[0] ? zerosLike(rows[0], rows.length * classes) : new Float64Array(0);
    rows.forEach((row, m) => scores.set(row, m * classes));
    return scores;
  };
  const later = async (first: Promise<FloatArray>) => {
    rows.push(await first);
    while (rows.length < coalitions.size) rows.push(await next());
    return joined();
  };
  while (rows.length < coalitions.size) {
    const found = next();
    if (found instanceof Promise) return later(found);
    rows.push(found);
  }
  return joined();
}

/** Coalitions that are asked for at once, at most, but whole batches of a model that has batches. */
const BATCH = 256;
/** Milliseconds that a model that answers at once should take for a batch: all else waits meanwhile. */
const BATCH_TIME = 500;
/** Milliseconds of work after which others get their turn, so that a signal can arrive. */
const TURN = 50;
/** How many coalitions whose scores are known may wait for those that are asked for. */
const WAITING = 4096;

/**
 * How long models took for a word of a coalition, the last time, in milliseconds; 0 for one that
 * answers later, which nothing waits for.
 */
const paces = new WeakMap<object, number>();

/** How many coalitions to ask for: a single batch of a model that was never asked. */
function batchFor(model: Pick<Model, "batchSize" | "walksCoalitions">, words: number): number {
  if (model.walksCoalitions) return BATCH;
  const { batchSize = 1 } = model;
  const pace = paces.get(model);
  if (pace === undefined) return batchSize;
  const batches = Math.floor(BATCH_TIME / (pace * Math.max(1, words)) / batchSize);
  return batchSize * Math.max(1, Math.min(Math.ceil(BATCH / batchSize), batches));
}

/** What {@linkcode scoreCoalitions} is to do. */
export interface CoalitionWork extends ExplainSettings {
  /** How many coalitions there are. */
  readonly total: number;
  /**
   * Deletes the words of some coalitions.
   *
   * @param coalitions Coalitions of all words.
   * @param first The index, among all, of the first of them.
   */
  fill(coalitions: Coalitions, first: number): void;
  /**
   * Takes the scores of one coalition.
   *
   * @param scores Shape [C]; kept by others, so copy what must stay, and change nothing.
   * @param index The index of the coalition among all.
   */
  take(scores: FloatArray, index: number): void;
}

/** The scores of a coalition, once they are there. */
interface Row {
  readonly key: string | undefined;
  scores?: FloatArray;
}

/** Coalitions that follow each other, and those of them that have to be scored. */
interface Stretch {
  readonly rows: readonly Row[];
  readonly asked: readonly Row[];
  readonly coalitions: Coalitions;
}

/** Draws coalitions, and sorts out those whose scores are known or on their way. */
class Drawer {
  readonly #length: number;
  readonly #work: CoalitionWork;
  readonly #memory: ScoreMemory | undefined;
  readonly #pending = new Map<string, Row>();
  #drawn = 0;

  constructor(length: number, work: CoalitionWork, memory: ScoreMemory | undefined) {
    this.#length = length;
    this.#work = work;
    this.#memory = memory;
  }

  /** How many coalitions nobody has asked for yet. */
  get left(): number {
    return this.#work.total - this.#drawn;
  }

  get isDone(): boolean {
    return this.left <= 0;
  }

  #part(size: number): Coalitions {
    const part = new Coalitions(this.#length, Math.min(size, this.#work.total - this.#drawn));
    this.#work.fill(part, this.#drawn);
    this.#drawn += part.size;
    return part;
  }

  /** As many coalitions as there are `size` of them to be scored, where there are so many. */
  draw(size: number): Stretch {
    if (!this.#memory) {
      const coalitions = this.#part(size);
      const rows = Array.from({ length: coalitions.size }, (): Row => ({ key: undefined }));
      return { rows, asked: rows, coalitions };
    }
    const rows: Row[] = [];
    const asked: Row[] = [];
    const coalitions = new Coalitions(this.#length, size);
    while (asked.length < size && rows.length < WAITING && !this.isDone) {
      const part = this.#part(size - asked.length);
      for (let m = 0; m < part.size; m++) {
        const key = this.#memory.keyOf(part, m);
        const known = this.#known(key);
        if (!known) coalitions.copy(asked.length, m, part);
        const row = known ?? { key };
        if (!known) asked.push(row), this.#pending.set(key, row);
        rows.push(row);
      }
    }
    return { rows, asked, coalitions: coalitions.slice(0, asked.length) };
  }

  #known(key: string): Row | undefined {
    const scores = this.#memory!.get(key);
    return scores ? { key, scores } : this.#pending.get(key);
  }

  /** Takes the scores of what was asked for. */
  settle({ asked }: Stretch, scores: FloatArray, classes: number): void {
    asked.forEach((row, m) => {
      const part = [m * classes, (m + 1) * classes] as const;
      if (row.key === undefined) return row.scores = scores.subarray(...part);
      row.scores = scores.slice(...part);
      this.#memory!.keep(row.key, row.scores);
      this.#pending.delete(row.key);
    });
  }
}

const nothing = new Float64Array();

/** Asks a model, and learns how long it takes. */
function ask<I extends Input>(
  model: Model<I>,
  input: I,
  coalitions: Coalitions,
): Awaitable<FloatArray> {
  const began = performance.now();
  const given = model.scores(input, coalitions);
  const isLater = given instanceof Promise;
  // Another may fail first, and then nobody waits for this one.
  if (isLater) given.catch(() => {});
  const took = performance.now() - began;
  paces.set(model, isLater ? 0 : took / (coalitions.size * Math.max(1, input.length)));
  return given;
}

/**
 * Has coalitions scored, in batches; reports progress, and stops when the signal says so. A batch has
 * 256 coalitions at most, and of a slow model that answers at once as few as it scores in half a
 * second, so that progress is seen and a signal arrives: a first one tells how long it takes.
 *
 * No coalition of an input is scored twice, and all batches but the last are full ones: what is known
 * of the input is taken from memory, 16 MiB at most for an input. A model that walks from one coalition
 * to the next is an exception, as its scores may depend on its way.
 *
 * @param model The model.
 * @param input An input of that model.
 * @param work The coalitions, and what becomes of their scores.
 */
export async function scoreCoalitions<I extends Input>(
  model: Model<I>,
  input: I,
  work: CoalitionWork,
): Promise<void> {
  const { total, take, signal, onProgress } = work;
  const classes = model.classes.length;
  let turn = performance.now();
  let done = 0;
  const memory = model.walksCoalitions ? undefined : memoryOf(model, input);
  const drawer = new Drawer(input.length, work, memory);
  const report = () => {
    const { requests, batchSize = 1 } = model;
    const figures = requests === undefined
      ? undefined
      : { requests, requestsLeft: Math.ceil(drawer.left / batchSize) };
    onProgress?.({ task: "Scoring", done, total, unit: "coalitions", ...(figures && { figures }) });
  };
  const under: { stretch: Stretch; given: Awaitable<FloatArray> }[] = [];
  if (total > 0) report();
  while (done < total) {
    // What merges batches fills them with what is asked for meanwhile.
    while (under.length < (model.mergesBatches ? 2 : 1) && !drawer.isDone) {
      const stretch = drawer.draw(batchFor(model, input.length));
      signal?.throwIfAborted();
      const { asked, coalitions } = stretch;
      under.push({ stretch, given: asked.length === 0 ? nothing : ask(model, input, coalitions) });
    }
    const { stretch, given } = under.shift()!;
    const scores = given instanceof Promise ? await given : given;
    const { length: size } = stretch.asked;
    if (scores.length !== size * classes) {
      throw new TypeError(
        `The model gave ${scores.length} scores for ${size} coalition${size === 1 ? "" : "s"} of ` +
          `${classes} classes`,
      );
    }
    drawer.settle(stretch, scores, classes);
    for (const row of stretch.rows) take(row.scores!, done++);
    report();
    if (performance.now() - turn > TURN && done < total) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turn = performance.now();
    }
  }
}
