import type { Winnings } from "../../max_pooled_model.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import type { RowsInput } from "../rows_input.ts";
import type { Engine, Pooled, Projection, ScorableText } from "./_engine.ts";
import { FastEngine } from "./_fast_engine.ts";
import { PerturbedText } from "./_perturbed_text.ts";
import type { EngineHandle } from "./_projector.ts";
import type { NetworkShape, NetworkWeights } from "./parameters.ts";

/** Numbers in the precision of others. */
function rounded(values: Float64Array, like: FloatArray): FloatArray {
  const result = zerosLike(like, values.length);
  result.set(values);
  return result;
}

/** The engine of filters that span two words, in float32: by kernels. */
export class TwoWordEngine implements Engine {
  readonly #fast: FastEngine;
  readonly #bias: FloatArray;

  /** Starts the engine; as {@linkcode FastEngine}. */
  constructor(
    weights: NetworkWeights,
    shape: NetworkShape,
    vectors: EmbeddingTable,
    source: number | EngineHandle,
  ) {
    this.#fast = new FastEngine(weights, shape, vectors, source);
    this.#bias = weights.convolutionBias;
  }

  get handle(): EngineHandle | undefined {
    return this.#fast.handle;
  }

  prepare(inputs: Iterable<RowsInput>): void {
    this.#fast.prepare(inputs);
  }

  preActivations(input: RowsInput): Tensor {
    const { table, rows, second } = this.#fast.project(input);
    const filters = this.#bias.length;
    const windows = zerosLike(table, (input.length - 1) * filters);
    for (let t = 0, i = 0; t + 1 < input.length; t++) {
      const [one, other] = [rows[t]!, rows[t + 1]! + second];
      for (let f = 0; f < filters; f++) windows[i++] = table[one + f]! + table[other + f]!;
    }
    for (let i = 0; i < windows.length; i++) windows[i]! += this.#bias[i % filters]!;
    return tensor(windows, [input.length - 1, filters]);
  }

  scores(input: RowsInput): FloatArray {
    const { best, scores } = this.#pool(input).pooled;
    return rounded(scores, best);
  }

  winnings(input: RowsInput): Winnings {
    const { projection: { table, rows, second }, pooled: { best, winners, scores } } = this.#pool(
      input,
    );
    const filters = best.length;
    const parts = [zerosLike(best, filters), zerosLike(best, filters)] as const;
    for (let f = 0; f < filters; f++) {
      const t = winners[f]!;
      parts[0][f] = table[rows[t]! + f]!;
      parts[1][f] = table[rows[t + 1]! + second + f]!;
    }
    return {
      scores: rounded(scores, best),
      preActivations: best,
      starts: winners,
      parts,
      pullBack: (coefficients) => this.#fast.spread(input.length, winners, coefficients),
      shareOut: (distribution) => {
        const pooled = new Float64Array(filters);
        for (let f = 0; f < filters; f++) if (best[f]! > 0) pooled[f] = best[f]!;
        return [this.#fast.distribute(input.length, { ...distribution, pooled, winners })];
      },
    };
  }

  perturb(input: RowsInput): ScorableText {
    return new PerturbedText(input.length, this.#fast.perturb(input));
  }

  #pool(input: RowsInput): { projection: Projection; pooled: Pooled } {
    const projection = this.#fast.project(input);
    return { projection, pooled: this.#fast.pool(projection) };
  }
}
