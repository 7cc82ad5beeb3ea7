import type { Distributed } from "../../max_pooled_model.ts";
import type { FloatArray } from "../../tensor.ts";
import type { PerturbableText, Pooled, Projection, Shares } from "./_engine.ts";
import { KernelText, Workspace } from "./_kernel_text.ts";
import { type EngineHandle, Projector } from "./_projector.ts";
import { ScratchBuffer } from "./_scratch_buffer.ts";
import type { RowsInput } from "../rows_input.ts";
import type { NetworkShape, NetworkWeights } from "./parameters.ts";
import type { EmbeddingTable } from "../embedding_table.ts";

/**
 * The arithmetic of filters over two words on WebAssembly kernels, in float32. It projects every distinct word once and keeps the
 * projections, so that a text is only gathers, additions and maxima.
 */
export class FastEngine {
  readonly #projector: Projector;
  readonly #shape: NetworkShape;
  readonly #bias: FloatArray;
  readonly #best: number;
  readonly #winner: number;
  readonly #coefficients: number;
  readonly #scores: number;
  readonly #positions = new ScratchBuffer();
  readonly #spare = new ScratchBuffer();
  readonly #sums = new ScratchBuffer();
  readonly #shares = new ScratchBuffer();
  #workspace: Workspace | undefined;

  /**
   * Starts the engine.
   *
   * @param weights The weights, in float32.
   * @param shape The sizes.
   * @param vectors The word vectors.
   * @param source Most memory for projections in bytes, or another thread's engine to join.
   */
  constructor(
    weights: NetworkWeights,
    shape: NetworkShape,
    vectors: EmbeddingTable,
    source: number | EngineHandle,
  ) {
    this.#projector = new Projector(weights, shape, vectors, source);
    this.#shape = shape;
    this.#bias = weights.convolutionBias;
    const { kernels, addresses: { filters, classes } } = this.#projector;
    this.#best = kernels.allocate(filters * 4);
    this.#winner = kernels.allocate(filters * 4);
    this.#coefficients = kernels.allocate(filters * 4);
    this.#scores = kernels.allocate(classes * 8);
  }

  /** What another thread needs to join; only where memory can be shared. */
  get handle(): EngineHandle | undefined {
    return this.#projector.handle;
  }

  /** Projects the words of several inputs together, so that single ones find them done. */
  prepare(inputs: Iterable<RowsInput>): void {
    const texts: Int32Array[] = [];
    for (const { rows } of inputs) if (rows) texts.push(rows);
    this.#projector.prepare(texts);
  }

  /** Projects the words of an input. */
  project(input: RowsInput): Projection {
    const { kernels, addresses } = this.#projector;
    const positions = this.#positions.take(kernels, input.length * 4);
    this.#projector.place(input, positions, this.#spare);
    const rows = kernels.uint32.slice(positions / 4, positions / 4 + input.length);
    for (let t = 0; t < rows.length; t++) rows[t]! /= 4;
    return { table: kernels.float32, rows, second: addresses.filters };
  }

  /** Takes the maximum over the text; the arrays are the caller's. */
  pool({ rows }: Projection): Pooled {
    const { kernels, addresses } = this.#projector;
    const { filters, bias, dense, denseBias, classes } = addresses;
    const positions = this.#positions.take(kernels, rows.length * 4);
    const { functions, float32, float64, uint32 } = kernels;
    for (let t = 0; t < rows.length; t++) uint32[positions / 4 + t] = rows[t]! * 4;
    functions.maxOverTime(
      positions,
      0,
      rows.length - 1,
      filters,
      filters * 4,
      this.#best,
      this.#winner,
    );
    functions.score(this.#best, bias, filters, dense, denseBias, classes, this.#scores);
    const count = this.#shape.filters;
    const best = float32.slice(this.#best / 4, this.#best / 4 + count);
    for (let f = 0; f < count; f++) best[f]! += this.#bias[f]!;
    const winners = new Int32Array(count);
    winners.set(uint32.subarray(this.#winner / 4, this.#winner / 4 + count));
    const scores = float64.slice(this.#scores / 8, this.#scores / 8 + this.#shape.classes);
    return { best, winners, scores };
  }

  /**
   * Adds every filter, times a coefficient, to the two words of its winning window.
   *
   * @returns Shape [T, D].
   */
  spread(length: number, winners: Int32Array, coefficients: FloatArray): FloatArray {
    const { kernels, addresses: { depth, convolution } } = this.#projector;
    const { dimensions } = this.#shape;
    const sums = this.#sums.take(kernels, length * depth * 4);
    const { functions, float32, uint32 } = kernels;
    float32.fill(0, sums / 4, sums / 4 + length * depth);
    float32.set(coefficients, this.#coefficients / 4);
    uint32.set(winners, this.#winner / 4);
    functions.spread(
      this.#coefficients,
      this.#winner,
      winners.length,
      convolution,
      depth,
      sums,
    );
    if (depth === dimensions) return float32.slice(sums / 4, sums / 4 + length * depth);
    const result = new Float32Array(length * dimensions);
    for (let t = 0; t < length; t++) {
      const row = sums / 4 + t * depth;
      result.set(float32.subarray(row, row + dimensions), t * dimensions);
    }
    return result;
  }

  /** Hands the filters' shares of all classes to the words. */
  distribute(length: number, shares: Shares): Distributed {
    const { kernels, addresses: { dense, classes } } = this.#projector;
    const count = this.#shape.filters;
    const { pooled, winners, scale, offset, factors } = shares;
    // In float64: [pooled, factors, scale, offset, totals, words].
    const sizes = [count, 4 * count, classes, classes, 3 * classes, length * classes];
    const start = this.#shares.take(kernels, 8 * sizes.reduce((sum, size) => sum + size + 1));
    // Each at a multiple of 16 bytes.
    let end = start;
    const places = sizes.map((size) => {
      const place = end;
      end += Math.ceil(size / 2) * 16;
      return place;
    });
    const [pooledAt, factorsAt, scaleAt, offsetAt, totalsAt, wordsAt] = places as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const { functions, float64, uint32 } = kernels;
    float64.set(pooled, pooledAt / 8);
    float64.set(factors, factorsAt / 8);
    float64.fill(0, scaleAt / 8, end / 8);
    float64.set(scale, scaleAt / 8);
    float64.set(offset, offsetAt / 8);
    uint32.set(winners, this.#winner / 4);
    functions.distribute(
      pooledAt,
      this.#winner,
      count,
      dense,
      classes,
      scaleAt,
      offsetAt,
      factorsAt,
      wordsAt,
      totalsAt,
    );
    const wanted = this.#shape.classes;
    const words = Array.from({ length: wanted }, (_, c) => {
      const column = new Float64Array(length);
      for (let t = 0; t < length; t++) column[t] = float64[wordsAt / 8 + t * classes + c]!;
      return column;
    });
    const totals = new Float64Array(3 * wanted);
    for (let i = 0; i < 3; i++) {
      const row = totalsAt / 8 + i * classes;
      totals.set(float64.subarray(row, row + wanted), i * wanted);
    }
    return { words, totals };
  }

  /** Opens a text for deleting words. */
  perturb(input: RowsInput): PerturbableText {
    this.#workspace ??= new Workspace(this.#projector, this.#shape.classes);
    return new KernelText(this.#workspace, input);
  }
}
