import { isUnavailable } from "../../model_unavailable.ts";

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
  readonly row: PromiseWithResolvers<Float64Array>;
}

/**
 * Has texts scored in batches, each text once: what was scored lately is remembered, and what arrives
 * together, for several documents too, shares batches.
 */
export class TextScorer {
  readonly #score: ScoreTexts;
  readonly #options: TextScorerOptions;
  /** The rows of texts, those that were asked for last at the end. */
  readonly #known = new Map<string, Float64Array>();
  readonly #pending = new Map<string, Promise<Float64Array>>();
  readonly #queue: Waiting[] = [];
  #bytes = 0;
  #running = 0;

  /** Makes a scorer that has forgotten everything. */
  constructor(score: ScoreTexts, options: TextScorerOptions) {
    this.#score = score;
    this.#options = options;
  }

  /** The scores of texts, a row for each. */
  async score(texts: readonly string[]): Promise<readonly Float64Array[]> {
    // Rows that are known must not be forgotten while others are waited for.
    const rows = texts.map((text) => this.#row(text));
    queueMicrotask(() => this.#start());
    return await Promise.all(rows);
  }

  /** Forgets all rows. */
  forget(): void {
    this.#known.clear();
    this.#bytes = 0;
  }

  #row(text: string): Float64Array | Promise<Float64Array> {
    const known = this.#known.get(text);
    if (known !== undefined) {
      this.#known.delete(text);
      this.#known.set(text, known);
      return known;
    }
    const pending = this.#pending.get(text);
    if (pending !== undefined) return pending;
    const row = Promise.withResolvers<Float64Array>();
    this.#pending.set(text, row.promise);
    this.#queue.push({ text, row });
    return row.promise;
  }

  #start(): void {
    const { batchSize, concurrency } = this.#options;
    while (this.#queue.length > 0 && this.#running < concurrency) {
      this.#running++;
      void this.#run(this.#queue.splice(0, batchSize));
    }
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    try {
      const rows = await this.#score(batch.map(({ text }) => text));
      batch.forEach(({ text, row }, i) => {
        this.#remember(text, rows[i]!);
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

  #remember(text: string, row: Float64Array): void {
    this.#known.set(text, row);
    this.#bytes += bytesOf(text, row);
    for (const [old, its] of this.#known) {
      if (this.#bytes <= this.#options.memory) break;
      this.#known.delete(old);
      this.#bytes -= bytesOf(old, its);
    }
  }
}

/** What an entry takes, roughly. */
const bytesOf = (text: string, row: Float64Array) => 2 * text.length + row.byteLength + 200;
