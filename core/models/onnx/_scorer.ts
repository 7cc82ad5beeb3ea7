import type { OnnxSession } from "./_session.ts";

/** Most tokens of a batch: what the layers make of them takes far more room. */
const BATCH_TOKENS = 4096;
/** Most rows whose scores are remembered for a text. */
const REMEMBERED = 2 ** 16;

/** Two characters for each id, so that rows that differ have names that differ. */
function nameOf(ids: Int32Array): string {
  let name = "";
  for (const id of ids) name += String.fromCharCode(id >>> 16, id & 0xffff);
  return name;
}

/**
 * Has rows of ids scored, each different one once. Rows of the same length share a batch, so that none
 * is filled up: of what comes out for a row no more than the last digits depends on the others.
 */
export class RowScorer {
  readonly #session: OnnxSession;
  readonly #batchSize: number;
  readonly #classes: number;

  /**
   * Makes a scorer.
   *
   * @param session What scores rows.
   * @param batchSize Most rows at once.
   * @param classes How many classes there are.
   */
  constructor(session: OnnxSession, batchSize: number, classes: number) {
    this.#session = session;
    this.#batchSize = Math.min(batchSize, session.texts ?? batchSize);
    this.#classes = classes;
  }

  /**
   * Scores rows.
   *
   * @param rows The rows.
   * @param known What was scored already; new ones are added.
   * @returns The scores, shape [rows, C]; the caller's.
   */
  async score(
    rows: readonly Int32Array[],
    known: Map<string, Float32Array>,
  ): Promise<Float64Array> {
    const names = rows.map(nameOf);
    const found = new Map<string, Float32Array>();
    const waiting = new Map<string, Int32Array>();
    names.forEach((name, i) => {
      const scores = known.get(name);
      if (scores) found.set(name, scores);
      else waiting.set(name, rows[i]!);
    });
    const sorted = [...waiting].toSorted(([, a], [, b]) => a.length - b.length);
    for (let from = 0; from < sorted.length;) {
      const { length } = sorted[from]![1];
      const most = Math.max(1, Math.min(this.#batchSize, Math.floor(BATCH_TOKENS / length)));
      let to = from + 1;
      while (to < sorted.length && to - from < most && sorted[to]![1].length === length) to++;
      const batch = sorted.slice(from, to);
      const scores = await this.#run(batch.map(([, row]) => row));
      batch.forEach(([name], i) => {
        const own = scores.slice(i * this.#classes, (i + 1) * this.#classes);
        found.set(name, own);
        if (known.size < REMEMBERED) known.set(name, own);
      });
      from = to;
    }
    const all = new Float64Array(rows.length * this.#classes);
    names.forEach((name, i) => all.set(found.get(name)!, i * this.#classes));
    return all;
  }

  async #run(rows: readonly Int32Array[]): Promise<Float32Array> {
    const { scores, classes } = await this.#session.run(rows);
    if (classes === this.#classes) return scores;
    throw new SyntaxError(
      `Cannot use the model: it gives ${classes} scores, but config.json names ${this.#classes} classes`,
    );
  }
}
