import { type FloatArray, zerosLike } from "../../tensor.ts";
import type { PerturbableText, Projection } from "./_engine.ts";
import type { NetworkWeights } from "./parameters.ts";

/** A text of which words are deleted and restored, as plain loops. */
export class PlainText implements PerturbableText {
  readonly scores: Float64Array;
  readonly #projection: Projection;
  readonly #weights: NetworkWeights;
  readonly #filters: number;
  readonly #windows: number;
  readonly #deleted: Uint8Array;
  /** Pre-activations without bias, shape [F, T − 1]: those of a filter side by side. */
  readonly #z: FloatArray;
  readonly #best: FloatArray;
  readonly #winner: Int32Array;

  constructor(projection: Projection, weights: NetworkWeights) {
    this.#projection = projection;
    this.#weights = weights;
    this.#filters = weights.convolutionBias.length;
    this.#windows = projection.rows.length - 1;
    this.#deleted = new Uint8Array(projection.rows.length);
    this.#z = zerosLike(projection.table, this.#filters * this.#windows);
    this.#best = zerosLike(projection.table, this.#filters);
    this.#winner = new Int32Array(this.#filters);
    this.scores = new Float64Array(weights.denseBias.length);
    this.rebuild(this.#deleted);
  }

  ensureLoaded(): "fresh" | "kept" {
    return "kept";
  }

  reset(): void {
    this.rebuild(new Uint8Array(this.#deleted.length));
  }

  change(position: number, deleted: boolean): void {
    this.#deleted[position] = deleted ? 1 : 0;
    const first = Math.max(0, position - 1);
    const last = Math.min(position, this.#windows - 1);
    for (let t = first; t <= last; t++) this.#writeWindow(t);
    for (let f = 0; f < this.#filters; f++) {
      let touched = false;
      for (let t = first; t <= last; t++) {
        touched ||= this.#winner[f] === t || this.#z[f * this.#windows + t]! > this.#best[f]!;
      }
      if (touched) this.#settle(f);
    }
  }

  rebuild(deleted: Uint8Array): void {
    this.#deleted.set(deleted);
    for (let t = 0; t < this.#windows; t++) this.#writeWindow(t);
    this.#best.fill(-Infinity);
    this.scores.set(this.#weights.denseBias);
    for (let f = 0; f < this.#filters; f++) this.#settle(f);
  }

  #writeWindow(t: number): void {
    const { table, rows, second } = this.#projection;
    const [a, b] = [rows[t]!, rows[t + 1]! + second];
    const [hasFirst, hasSecond] = [!this.#deleted[t], !this.#deleted[t + 1]];
    for (let f = 0; f < this.#filters; f++) {
      const z = (hasFirst ? table[a + f]! : 0) + (hasSecond ? table[b + f]! : 0);
      this.#z[f * this.#windows + t] = z;
    }
  }

  /** Finds a filter's maximum anew and adds the difference to the scores. */
  #settle(f: number): void {
    const { denseWeights, convolutionBias } = this.#weights;
    const z = this.#z.subarray(f * this.#windows, (f + 1) * this.#windows);
    let winner = 0;
    for (let t = 1; t < z.length; t++) if (z[t]! > z[winner]!) winner = t;
    const bias = convolutionBias[f]!;
    const before = Math.max(0, this.#best[f]! + bias);
    this.#winner[f] = winner;
    this.#best[f] = z[winner]!;
    const difference = Math.max(0, this.#best[f]! + bias) - before;
    if (difference === 0) return;
    const classes = this.scores.length;
    for (let c = 0; c < classes; c++) {
      this.scores[c]! += difference * denseWeights[f * classes + c]!;
    }
  }
}
