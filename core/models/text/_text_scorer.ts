import { isUnavailable } from "../../model_unavailable.ts";
import { Recent } from "../../recent.ts";

/** Scores some texts, a row of one score per class for each. */
export type ScoreTexts = (texts: readonly string[]) => Promise<readonly Float64Array[]>;

/** How a {@linkcode TextScorer} goes about it. */
export interface TextScorerOptions {
  /** Most texts that are scored at once. */
  readonly batchSize: number;
  /** How many batches may be under way. */
  readonly concurrency: number;
  /** Most memory for texts that were scored, in bytes. */
  readonly memory: number;
}

/** A text that is to be scored, and who waits for it. */
interface Waiting {
  readonly text: string;
  readonly rank: number;
  readonly row: PromiseWithResolvers<Float64Array>;
}

/** Does something when all has been done that could be done at once. */
const soon: (work: () => void) => void =
  (globalThis as { setImmediate?: (work: () => void) => void }).setImmediate ??
    ((work) => void setTimeout(work, 0));

/**
 * Has texts scored in batches, each text once: what was scored lately is remembered, and what arrives
 * together, for several documents too, shares batches. A batch that is not full waits until nobody has
 * more to ask for.
 */
export class TextScorer {
  readonly #score: ScoreTexts;
  readonly #options: TextScorerOptions;
  /** The rows of texts that were asked for lately. */
  readonly #known: Recent<Float64Array>;
  readonly #pending = new Map<string, Promise<Float64Array>>();
  readonly #queue: Waiting[] = [];
  #running = 0;
  #isWaiting = false;

  /** Makes a scorer that has forgotten everything. */
  constructor(score: ScoreTexts, options: TextScorerOptions) {
    this.#score = score;
    this.#options = options;
    this.#known = new Recent(options.memory, bytesOf);
  }

  /**
   * The scores of texts.
   *
   * @param texts The texts.
   * @param rank Texts of a lower rank are scored first.
   * @returns A row for each.
   */
  async score(texts: readonly string[], rank = 0): Promise<readonly Float64Array[]> {
    // Rows that are known must not be forgotten while others are waited for.
    const rows = texts.map((text) => this.#row(text, rank));
    queueMicrotask(() => this.#start());
    return await Promise.all(rows);
  }

  /** Forgets all rows. */
  forget(): void {
    this.#known.clear();
  }

  #row(text: string, rank: number): Float64Array | Promise<Float64Array> {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const pending = this.#pending.get(text);
    if (pending !== undefined) return pending;
    const row = Promise.withResolvers<Float64Array>();
    this.#pending.set(text, row.promise);
    let place = this.#queue.length;
    while (place > 0 && this.#queue[place - 1]!.rank > rank) place--;
    this.#queue.splice(place, 0, { text, rank, row });
    return row.promise;
  }

  #start(least = this.#options.batchSize): void {
    const { batchSize, concurrency } = this.#options;
    while (this.#queue.length >= least && this.#running < concurrency) {
      this.#running++;
      void this.#run(this.#queue.splice(0, batchSize));
    }
    if (this.#isWaiting || this.#queue.length === 0 || this.#running >= concurrency) return;
    this.#isWaiting = true;
    soon(() => {
      this.#isWaiting = false;
      this.#start(1);
    });
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    try {
      const rows = await this.#score(batch.map(({ text }) => text));
      batch.forEach(({ text, row }, i) => {
        this.#known.set(text, rows[i]!);
        row.resolve(rows[i]!);
      });
    } catch (error) {
      // What waits would get no other answer, after as many tries.
      const left = isUnavailable(error) ? this.#queue.splice(0) : [];
      for (const { text, row } of [...batch, ...left]) {
        this.#pending.delete(text);
        row.reject(error);
      }
    }
    for (const { text } of batch) this.#pending.delete(text);
    this.#running--;
    this.#start();
  }
}

/** What an entry takes, roughly. */
const bytesOf = (text: string, row: Float64Array) => 2 * text.length + row.byteLength + 200;
