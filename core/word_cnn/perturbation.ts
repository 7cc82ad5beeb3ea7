import type { Perturbation } from "../perturbation.ts";
import { type FloatArray, zerosLike } from "../tensor.ts";
import type { NetworkWeights } from "./parameters.ts";
import type { WindowParts } from "./trace.ts";

/** More changes at once than this, as a part of the words, are cheaper done from scratch. */
const FROM_SCRATCH = 1 / 8;

/**
 * A text whose words can be deleted and restored at the cost of what that changes: the two windows
 * of the word, and the maxima that were won there. Nothing is computed before scores are asked for.
 */
export class WordCnnPerturbation implements Perturbation {
  readonly length: number;
  readonly #weights: NetworkWeights;
  readonly #parts: WindowParts;
  readonly #filters: number;
  readonly #windows: number;
  /** Pre-activations without bias, shape [F, T − 1]: those of a filter side by side. */
  readonly #z: FloatArray;
  readonly #best: FloatArray;
  readonly #winner: Int32Array;
  /** Whether each word is deleted, and whether it was when the scores were last computed. */
  readonly #deleted: Uint8Array;
  readonly #done: Uint8Array;
  readonly #changed = new Set<number>();
  /** Sums in float64, so that changes do not pile up rounding. */
  readonly #sums: Float64Array;
  readonly #scores: FloatArray;
  readonly #start: { z: FloatArray; best: FloatArray; winner: Int32Array; sums: Float64Array };
  #deletions = 0;
  #doneDeletions = 0;

  /**
   * Opens a text, with all words present.
   *
   * @param length Number of words T.
   * @param parts What every word adds to every filter; kept, not copied.
   * @param weights The weights.
   */
  constructor(length: number, parts: WindowParts, weights: NetworkWeights) {
    this.length = length;
    this.#weights = weights;
    this.#parts = parts;
    this.#filters = weights.convolutionBias.length;
    this.#windows = length - 1;
    this.#z = zerosLike(parts.first, this.#filters * this.#windows);
    this.#best = zerosLike(parts.first, this.#filters);
    this.#winner = new Int32Array(this.#filters);
    this.#deleted = new Uint8Array(length);
    this.#done = new Uint8Array(length);
    this.#sums = new Float64Array(weights.denseBias.length);
    this.#scores = zerosLike(parts.first, this.#sums.length);
    this.#recompute();
    this.#start = {
      z: this.#z.slice(),
      best: this.#best.slice(),
      winner: this.#winner.slice(),
      sums: this.#sums.slice(),
    };
  }

  delete(position: number): void {
    this.#set(position, 1);
  }

  restore(position: number): void {
    this.#set(position, 0);
  }

  isDeleted(position: number): boolean {
    return this.#deleted[position] === 1;
  }

  scores(): FloatArray {
    this.#catchUp();
    this.#scores.set(this.#sums);
    return this.#scores;
  }

  #set(position: number, deleted: 0 | 1): void {
    if (!Number.isInteger(position) || position < 0 || position >= this.length) {
      throw new RangeError(`Cannot change word ${position}: the input has ${this.length} words`);
    }
    if (this.#deleted[position] === deleted) return;
    this.#deleted[position] = deleted;
    this.#deletions += deleted ? 1 : -1;
    if (this.#done[position] === deleted) this.#changed.delete(position);
    else this.#changed.add(position);
  }

  /** Brings the scores to the words as they are now. */
  #catchUp(): void {
    if (this.#changed.size === 0) return;
    if (this.#deletions < this.#changed.size) {
      // From the whole text it is less far.
      this.#reset();
      this.#changed.clear();
      this.#deleted.forEach((deleted, t) => deleted && this.#changed.add(t));
    }
    if (this.#changed.size > 4 + this.length * FROM_SCRATCH) {
      this.#done.set(this.#deleted);
      this.#recompute();
    } else for (const t of this.#changed) this.#change(t);
    this.#changed.clear();
    this.#doneDeletions = this.#deletions;
  }

  #reset(): void {
    if (this.#doneDeletions === 0) return;
    this.#z.set(this.#start.z);
    this.#best.set(this.#start.best);
    this.#winner.set(this.#start.winner);
    this.#sums.set(this.#start.sums);
    this.#done.fill(0);
  }

  /** All windows, all maxima and all scores. */
  #recompute(): void {
    const { first, second } = this.#parts;
    const [filters, windows, z, done] = [this.#filters, this.#windows, this.#z, this.#done];
    for (let t = 0; t < windows; t++) {
      const [a, b] = [t * filters, (t + 1) * filters];
      const [hasFirst, hasSecond] = [done[t] === 0, done[t + 1] === 0];
      for (let f = 0; f < filters; f++) {
        z[f * windows + t] = (hasFirst ? first[a + f]! : 0) + (hasSecond ? second[b + f]! : 0);
      }
    }
    const { denseWeights, denseBias, convolutionBias } = this.#weights;
    const classes = denseBias.length;
    this.#sums.set(denseBias);
    for (let f = 0; f < filters; f++) {
      this.#findWinner(f);
      const pooled = this.#pooled(this.#best[f]!, convolutionBias[f]!);
      if (pooled === 0) continue;
      for (let c = 0; c < classes; c++) this.#sums[c]! += pooled * denseWeights[f * classes + c]!;
    }
  }

  /** ReLU of a maximum with its bias, rounded as the layers round. */
  #pooled(best: number, bias: number): number {
    const z = this.#best instanceof Float32Array ? Math.fround(best + bias) : best + bias;
    return z > 0 ? z : 0;
  }

  #findWinner(f: number): void {
    const z = this.#z;
    const start = f * this.#windows;
    let [best, winner] = [z[start]!, 0];
    for (let t = 1; t < this.#windows; t++) {
      if (z[start + t]! > best) {
        best = z[start + t]!;
        winner = t;
      }
    }
    this.#best[f] = best;
    this.#winner[f] = winner;
  }

  /** Deletes or restores one word: its two windows, and the filters whose maximum that touches. */
  #change(t: number): void {
    const done = this.#done;
    done[t] = this.#deleted[t]!;
    const { first, second } = this.#parts;
    const [filters, windows, z] = [this.#filters, this.#windows, this.#z];
    const [best, winner] = [this.#best, this.#winner];
    const here = done[t] ? 0 : 1;
    const before = t > 0 && !done[t - 1] ? 1 : 0;
    const after = t < windows && !done[t + 1] ? 1 : 0;
    const [left, right] = [t > 0, t < windows];
    for (let f = 0; f < filters; f++) {
      const at = f * windows + t;
      let most = -Infinity;
      if (left) {
        const a = before ? first[(t - 1) * filters + f]! : 0;
        most = z[at - 1] = a + (here ? second[t * filters + f]! : 0);
      }
      if (right) {
        const b = after ? second[(t + 1) * filters + f]! : 0;
        const value = z[at] = (here ? first[t * filters + f]! : 0) + b;
        if (value > most) most = value;
      }
      const old = best[f]!;
      const won = winner[f]! - t;
      // Rounded as the stored values are.
      if ((won === 0 || won === -1) ? true : most > old) this.#settle(f, old);
    }
  }

  /** Finds a filter's maximum anew and adds the difference to the scores. */
  #settle(f: number, old: number): void {
    this.#findWinner(f);
    const best = this.#best[f]!;
    if (best === old) return;
    const { denseWeights, denseBias, convolutionBias } = this.#weights;
    const bias = convolutionBias[f]!;
    const difference = this.#pooled(best, bias) - this.#pooled(old, bias);
    if (difference === 0) return;
    const classes = denseBias.length;
    for (let c = 0; c < classes; c++) this.#sums[c]! += difference * denseWeights[f * classes + c]!;
  }
}
