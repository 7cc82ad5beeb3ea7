import type { SharedModel } from "@heatword/core/models";
import { WorkerPool } from "@heatword/core/workers";
import { ModelUnavailable } from "@heatword/core";
import { type Outcome, rejection, type Row } from "@heatword/eval/batch";
import { atEnd } from "../../cli/at_end.ts";
import { UsageError } from "../../cli/usage_error.ts";
import { loadSharedModel, modelPath, sayNote, workersFor } from "../../opening/model.ts";
import type { BatchSettings } from "../_settings.ts";

/** How long a worker may take to start at least, in milliseconds. */
const MIN_START_LIMIT = 120_000;
/** How many rows a worker may hold. */
const ROWS_AHEAD = 8;
/** How many rows the only worker may hold: a model that merges batches is at all of them at once. */
const ROWS_TOGETHER = 32;
/** How many rows per worker may wait to be written. */
const MAX_OUTSTANDING = 64;
/** How many rows may take too long before the run is given up. */
const MAX_TIMED_OUT = 8;

/** What a worker starts with. */
export interface BatchStart {
  /** What to explain, and how. */
  readonly settings: BatchSettings;
  /** The model of the main thread, if its memory can be shared. */
  readonly model: SharedModel | undefined;
}

/** Workers that explain rows; each tells when it starts what people should know. */
export type BatchPool = WorkerPool<BatchStart, Row, Outcome, readonly string[]>;

function makePool(settings: BatchSettings, model: SharedModel | undefined, size: number) {
  const pool: BatchPool = new WorkerPool<BatchStart, Row, Outcome, readonly string[]>({
    worker: () => new Worker(new URL("./_worker.ts", import.meta.url), { type: "module" }),
    start: { settings, model },
    size,
    ahead: size === 1 ? ROWS_TOGETHER : ROWS_AHEAD,
    maxOutstanding: MAX_OUTSTANDING * size,
    startLimit: Math.max(MIN_START_LIMIT, settings.timeLimit),
    timeLimit: settings.timeLimit,
    restoreError: (name, message) =>
      name === UsageError.name
        ? new UsageError(message)
        : name === ModelUnavailable.name
        ? new ModelUnavailable(message)
        : new Error(message),
    onLost: (row, { reason, message }) => {
      const limit = settings.timeLimit / 1000;
      const why = reason === "late"
        ? `It took longer than ${limit} seconds; see --time-limit`
        : message;
      if (pool.timedOut > MAX_TIMED_OUT) {
        throw new Error(`${pool.timedOut} rows took too long; the last one: ${why}`);
      }
      return { output: new Uint8Array(), rejected: [rejection(row, why)] };
    },
  });
  return pool;
}

/**
 * Makes workers that explain rows. A worker that is lost, as it failed outside of a row or gave no
 * answer in time, loses the row that it was at, and another takes its place.
 *
 * @param settings What to explain, and how.
 * @param size How many workers.
 * @returns The pool, when one worker is ready: all would fail for the same reason.
 * @throws {Error} If a worker cannot start: no model, an unknown explainer, …
 */
export async function startPool(settings: BatchSettings, size: number): Promise<BatchPool> {
  const workers = await workersFor(await modelPath(settings), size);
  const pool = makePool(settings, await loadSharedModel(settings), workers);
  atEnd(() => pool[Symbol.asyncDispose]());
  try {
    (await pool.start()).forEach(sayNote);
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
  return pool;
}
