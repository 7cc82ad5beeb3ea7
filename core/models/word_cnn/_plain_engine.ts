import type { Distributed } from "../../max_pooled_model.ts";
import { type FloatArray, zerosLike } from "../../tensor.ts";
import type { Engine, PerturbableText, Pooled, Projection, Shares } from "./_engine.ts";
import { PlainText } from "./_plain_text.ts";
import type { RowsInput } from "../rows_input.ts";
import type { NetworkWeights } from "./parameters.ts";

/** The engine without kernels, for float64: the same steps as plain loops. */
export class PlainEngine implements Engine {
  readonly #weights: NetworkWeights;
  readonly #filters: number;
  readonly #dimensions: number;

  constructor(weights: NetworkWeights, dimensions: number) {
    this.#weights = weights;
    this.#filters = weights.convolutionBias.length;
    this.#dimensions = dimensions;
  }

  prepare(): void {}

  project({ vectors, length }: RowsInput): Projection {
    const { convolutionWeights } = this.#weights;
    const [filters, dimensions] = [this.#filters, this.#dimensions];
    const width = 2 * filters;
    const table = zerosLike(convolutionWeights, length * width);
    for (let t = 0; t < length; t++) {
      for (let d = 0; d < dimensions; d++) {
        const x = vectors[t * dimensions + d]!;
        if (x === 0) continue;
        for (let k = 0; k < 2; k++) {
          const from = (k * dimensions + d) * filters;
          const to = t * width + k * filters;
          for (let f = 0; f < filters; f++) table[to + f]! += x * convolutionWeights[from + f]!;
        }
      }
    }
    return { table, rows: Uint32Array.from({ length }, (_, t) => t * width), second: filters };
  }

  pool({ table, rows, second }: Projection): Pooled {
    const filters = this.#filters;
    const best = this.#weights.convolutionBias.slice().fill(-Infinity);
    const winners = new Int32Array(filters);
    for (let t = 0; t + 1 < rows.length; t++) {
      const [a, b] = [rows[t]!, rows[t + 1]! + second];
      for (let f = 0; f < filters; f++) {
        const z = table[a + f]! + table[b + f]! + this.#weights.convolutionBias[f]!;
        if (z > best[f]!) {
          best[f] = z;
          winners[f] = t;
        }
      }
    }
    const { denseWeights, denseBias } = this.#weights;
    const classes = denseBias.length;
    const scores = Float64Array.from(denseBias);
    for (let f = 0; f < filters; f++) {
      const pooled = best[f]!;
      if (pooled <= 0) continue;
      for (let c = 0; c < classes; c++) scores[c]! += pooled * denseWeights[f * classes + c]!;
    }
    return { best, winners, scores };
  }

  spread(length: number, winners: Int32Array, coefficients: FloatArray): FloatArray {
    const { convolutionWeights } = this.#weights;
    const [filters, dimensions] = [this.#filters, this.#dimensions];
    const result = zerosLike(convolutionWeights, length * dimensions);
    for (let f = 0; f < filters; f++) {
      const coefficient = coefficients[f]!;
      if (coefficient === 0) continue;
      const start = winners[f]! * dimensions;
      for (let i = 0; i < 2 * dimensions; i++) {
        result[start + i]! += coefficient * convolutionWeights[i * filters + f]!;
      }
    }
    return result;
  }

  distribute(length: number, shares: Shares): Distributed {
    const { pooled, winners, scale, offset, factors } = shares;
    const { denseWeights } = this.#weights;
    const classes = scale.length;
    const totals = new Float64Array(3 * classes);
    const words = Array.from(scale, () => new Float64Array(length));
    for (let f = 0; f < this.#filters; f++) {
      const t = winners[f]!;
      for (let c = 0; c < classes; c++) {
        const share = pooled[f]! * denseWeights[f * classes + c]! * scale[c]! + offset[c]!;
        words[c]![t]! += share * factors[4 * f]!;
        words[c]![t + 1]! += share * factors[4 * f + 1]!;
        totals[c]! += share;
        totals[classes + c]! += share * factors[4 * f + 2]!;
        totals[2 * classes + c]! += share * factors[4 * f + 3]!;
      }
    }
    return { words, totals };
  }

  perturb(input: RowsInput): PerturbableText {
    return new PlainText(this.project(input), this.#weights);
  }
}
