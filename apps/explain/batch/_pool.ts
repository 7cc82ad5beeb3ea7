import { loadSharedModel } from "../../opening/model.ts";
import type { BatchSettings } from "../_settings.ts";
import { Hand } from "./_hand.ts";
import type { Outcome } from "./_messages.ts";
import type { Row } from "./_rows.ts";

/** How many rows one order has at most: few, so that the output of a stream comes soon. */
const ROWS = 16;
/** How many orders per worker may wait to be written. */
const WINDOW = 4;

/** Rows, and what became of them. */
export interface Done extends Outcome {
  /** The rows. */
  readonly rows: readonly Row[];
}

/** Wakes whoever waits for a change. */
class Signal {
  #waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Hands out rows to workers and keeps the order of what comes back. */
class Pool {
  #hands: Hand[] = [];
  readonly #workers: number;
  readonly #idle: Hand[] = [];
  readonly #queue: Promise<Done>[] = [];
  readonly #changed = new Signal();
  #ended = false;
  #stopped = false;
  #failure: { error: unknown } | undefined;

  readonly #onRow: () => void;

  constructor(workers: number, onRow: () => void) {
    this.#workers = workers;
    this.#onRow = onRow;
  }

  /** Starts the workers; the first one alone, since all would fail for the same reason. */
  async start(settings: BatchSettings): Promise<void> {
    const model = await loadSharedModel(settings);
    this.#hands = Array.from({ length: this.#workers }, () => new Hand(settings, model));
    for (const [i, hand] of this.#hands.entries()) {
      const ready = hand.start().then((notes) => {
        this.#rest(hand);
        return notes;
      });
      if (i === 0) { for (const note of await ready) console.error(`note: ${note}`); }
      else ready.catch((error) => this.#fail(error));
    }
  }

  /** Takes all rows in, as fast as the workers get through. */
  async feed(lists: AsyncIterable<readonly Row[]>): Promise<void> {
    try {
      for await (const rows of lists) {
        for (let i = 0; i < rows.length; i += ROWS) await this.#give(rows.slice(i, i + ROWS));
        if (this.#stopped) return;
      }
      this.#ended = true;
      this.#changed.wake();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #give(rows: readonly Row[]): Promise<void> {
    const full = () => this.#idle.length === 0 || this.#queue.length >= WINDOW * this.#hands.length;
    while (full() && !this.#stopped) await this.#changed.wait();
    if (this.#stopped) return;
    const hand = this.#idle.shift()!;
    const done = hand.explain(rows, this.#onRow).then((outcome): Done => {
      this.#rest(hand);
      return { rows, ...outcome };
    });
    done.catch(() => {});
    this.#queue.push(done);
    this.#changed.wake();
  }

  /** What became of the rows, in their order. */
  async *results(): AsyncGenerator<Done> {
    while (true) {
      const next = this.#queue[0];
      if (next) {
        const done = await next;
        this.#queue.shift();
        this.#changed.wake();
        yield done;
      } else if (this.#failure) throw this.#failure.error;
      else if (this.#ended) return;
      else await this.#changed.wait();
    }
  }

  /** Ends the workers. */
  stop(): void {
    this.#stopped = true;
    this.#changed.wake();
    for (const hand of this.#hands) hand.end();
  }

  #rest(hand: Hand): void {
    this.#idle.push(hand);
    this.#changed.wake();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#changed.wake();
  }
}

/**
 * Explains rows on several workers. What comes out has the order of what went in, whatever the
 * number of workers, as soon as it is there; no more than a few portions are held at once.
 *
 * @param lists The rows.
 * @param settings What the workers need, and how many there are.
 * @param onRow Called after each row, in whatever order they come.
 * @throws {Error} If a worker cannot start: no model, an unknown explainer, …
 */
export async function* explainInParallel(
  lists: AsyncIterable<readonly Row[]>,
  settings: BatchSettings,
  onRow: () => void,
): AsyncGenerator<Done> {
  const pool = new Pool(settings.workers, onRow);
  try {
    await pool.start(settings);
    pool.feed(lists);
    yield* pool.results();
  } finally {
    pool.stop();
  }
}
