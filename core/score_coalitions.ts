import { Coalitions } from "./coalitions.ts";
import type { ExplainSettings } from "./explain.ts";
import type { Awaitable, Input, Model } from "./model.ts";
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
   * @param scores Shape [C]; overwritten later, so copy what must stay.
   * @param index The index of the coalition among all.
   */
  take(scores: FloatArray, index: number): void;
}

/**
 * Has coalitions scored, in batches; reports progress, and stops when the signal says so. A batch has
 * 256 coalitions at most, and of a slow model that answers at once as few as it scores in half a
 * second, so that progress is seen and a signal arrives: a first one tells how long it takes.
 *
 * @param model The model.
 * @param input An input of that model.
 * @param work The coalitions, and what becomes of their scores.
 */
export async function scoreCoalitions<I extends Input>(
  model: Model<I>,
  input: I,
  { total, fill, take, signal, onProgress }: CoalitionWork,
): Promise<void> {
  const classes = model.classes.length;
  let turn = performance.now();
  const report = (done: number) => {
    const { requests, batchSize = 1 } = model;
    const figures = requests === undefined
      ? undefined
      : { requests, requestsLeft: Math.ceil((total - done) / batchSize) };
    onProgress?.({ task: "Scoring", done, total, unit: "coalitions", ...(figures && { figures }) });
  };
  if (total > 0) report(0);
  for (let first = 0, size; first < total; first += size) {
    size = Math.min(batchFor(model, input.length), total - first);
    const coalitions = new Coalitions(input.length, size);
    fill(coalitions, first);
    signal?.throwIfAborted();
    const began = performance.now();
    const given = model.scores(input, coalitions);
    const isLater = given instanceof Promise;
    const took = performance.now() - began;
    paces.set(model, isLater ? 0 : took / (size * Math.max(1, input.length)));
    const scores = isLater ? await given : given;
    if (scores.length !== size * classes) {
      throw new TypeError(
        `The model gave ${scores.length} scores for ${size} coalition${size === 1 ? "" : "s"} of ` +
          `${classes} classes`,
      );
    }
    for (let m = 0; m < size; m++) {
      take(scores.subarray(m * classes, (m + 1) * classes), first + m);
    }
    const done = first + size;
    report(done);
    if (performance.now() - turn > TURN && done < total) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turn = performance.now();
    }
  }
}
