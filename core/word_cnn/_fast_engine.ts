import { type KernelHandle, Kernels } from "../kernels/mod.ts";
import type { FloatArray } from "../tensor.ts";
import type { Engine, Pooled, Projection } from "./_engine.ts";
import { type CacheHandle, ProjectionCache } from "./_projection_cache.ts";
import type { WordCnnInput } from "./input.ts";
import type { NetworkShape, NetworkWeights } from "./parameters.ts";
import type { WordVectors } from "./word_vectors.ts";

const GROUP = 8;
/** Words projected at once, and panels that stay in the cache of a core meanwhile. */
const BATCH = 64;
const PANELS = 48;

const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

/** What another thread needs to compute with the same weights and projections. */
export interface EngineHandle {
  readonly kernels: KernelHandle;
  readonly cache: CacheHandle;
  readonly filters: number;
  readonly depth: number;
  readonly weights: number;
  readonly panels: number;
  readonly zeroRow: number;
}

/** A piece of memory that grows when more is asked for. */
class Room {
  address = 0;
  #bytes = 0;

  take(kernels: Kernels, bytes: number): number {
    if (bytes > this.#bytes) {
      this.#bytes = Math.max(bytes, 2 * this.#bytes);
      this.address = kernels.allocate(this.#bytes);
    }
    return this.address;
  }
}

/**
 * The engine on WebAssembly kernels, in float32. It projects every distinct word once and keeps the
 * projections, so that a text is only gathers, additions and maxima.
 */
export class FastEngine implements Engine {
  readonly #kernels: Kernels;
  readonly #vectors: WordVectors;
  readonly #bias: FloatArray;
  readonly #filters: number;
  readonly #depth: number;
  readonly #rowBytes: number;
  readonly #weights: number;
  readonly #panels: number;
  readonly #zeroRow: number;
  readonly #cache: ProjectionCache;
  readonly #interleaved: number;
  readonly #staging: number;
  readonly #words: number;
  readonly #results: number;
  readonly #best: number;
  readonly #winner: number;
  readonly #coefficients: number;
  readonly #positions = new Room();
  readonly #spare = new Room();
  readonly #sums = new Room();

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
    vectors: WordVectors,
    source: number | EngineHandle,
  ) {
    const joined = typeof source === "number" ? undefined : source;
    const kernels = this.#kernels = new Kernels(joined?.kernels);
    this.#vectors = vectors;
    this.#bias = weights.convolutionBias;
    const filters = this.#filters = roundUp(shape.filters, GROUP);
    const depth = this.#depth = roundUp(shape.dimensions, 4);
    this.#rowBytes = 2 * filters * 4;
    if (joined) {
      this.#weights = joined.weights;
      this.#panels = joined.panels;
      this.#zeroRow = joined.zeroRow;
      this.#cache = new ProjectionCache(joined.cache, this.#rowBytes);
    } else {
      this.#weights = kernels.allocate(filters * 2 * depth * 4);
      this.#panels = kernels.allocate(filters * 2 * depth * 4);
      this.#zeroRow = kernels.allocate(this.#rowBytes);
      this.#writeWeights(weights, shape);
      this.#cache = ProjectionCache.make(
        kernels,
        this.#rowBytes,
        vectors.size,
        source as number,
      );
    }
    this.#interleaved = kernels.allocate(4 * depth * 4);
    this.#staging = kernels.allocate(BATCH * depth * 4);
    this.#words = kernels.allocate(BATCH * 4);
    this.#results = kernels.allocate(BATCH * 4);
    this.#best = kernels.allocate(filters * 4);
    this.#winner = kernels.allocate(filters * 4);
    this.#coefficients = kernels.allocate(filters * 4);
    const { uint32 } = kernels;
    for (let i = 0; i < BATCH; i++) uint32[this.#words / 4 + i] = this.#staging + i * depth * 4;
  }

  /** What another thread needs to join; only where memory can be shared. */
  get handle(): EngineHandle | undefined {
    const kernels = this.#kernels.handle;
    return kernels && {
      kernels,
      cache: this.#cache.handle,
      filters: this.#filters,
      depth: this.#depth,
      weights: this.#weights,
      panels: this.#panels,
      zeroRow: this.#zeroRow,
    };
  }

  #writeWeights({ convolutionWeights }: NetworkWeights, shape: NetworkShape): void {
    const { float32, functions } = this.#kernels;
    const [filters, depth] = [this.#filters, this.#depth];
    for (let f = 0; f < shape.filters; f++) {
      for (let i = 0; i < 2 * shape.dimensions; i++) {
        const [k, d] = i < shape.dimensions ? [0, i] : [1, i - shape.dimensions];
        const to = this.#weights / 4 + (2 * f + k) * depth + d;
        float32[to] = convolutionWeights[i * shape.filters + f]!;
      }
    }
    for (let k = 0; k < 2; k++) {
      functions.pack(
        this.#weights + k * depth * 4,
        2 * depth * 4,
        depth,
        this.#panels + k * filters * depth * 4,
        filters / GROUP,
      );
    }
  }

  /** Projects words, at most {@linkcode BATCH}, whose vectors are staged and results are set. */
  #projectStaged(count: number): void {
    const { functions, float32, uint32 } = this.#kernels;
    const depth = this.#depth;
    const padded = roundUp(count, 4);
    for (let i = count; i < padded; i++) {
      // Padding: the zero vector is projected to the row of the zero vector.
      const start = this.#staging / 4 + i * depth;
      float32.fill(0, start, start + depth);
      uint32[this.#results / 4 + i] = this.#zeroRow;
    }
    const panels = 2 * this.#filters / GROUP;
    for (let panel = 0; panel < panels; panel += PANELS) {
      functions.project(
        this.#words,
        this.#results,
        padded,
        depth,
        this.#panels + panel * GROUP * depth * 4,
        Math.min(PANELS, panels - panel),
        panel * GROUP * 4,
        this.#interleaved,
      );
    }
  }

  /** Projects words of the vocabulary to given addresses. */
  #projectRows(rows: readonly number[], addresses: readonly number[]): void {
    for (let start = 0; start < rows.length; start += BATCH) {
      const count = Math.min(BATCH, rows.length - start);
      const { float32, uint32 } = this.#kernels;
      for (let i = 0; i < count; i++) {
        this.#vectors.copyRow(rows[start + i]!, float32, this.#staging / 4 + i * this.#depth);
        uint32[this.#results / 4 + i] = addresses[start + i]!;
      }
      this.#projectStaged(count);
    }
  }

  prepare(inputs: Iterable<WordCnnInput>): void {
    const rows: number[] = [];
    const addresses: number[] = [];
    for (const input of inputs) {
      for (const row of input.rows ?? []) {
        if (row < 0 || this.#cache.find(row) >= 0) continue;
        const address = this.#cache.claim(row);
        if (address < 0) continue;
        rows.push(row);
        addresses.push(address);
      }
    }
    this.#projectRows(rows, addresses);
    for (const row of rows) this.#cache.publish(row);
  }

  project(input: WordCnnInput): Projection {
    const positions = this.#positions.take(this.#kernels, input.length * 4);
    if (input.rows) this.#placeRows(input.rows, positions);
    else this.#placeVectors(input, positions);
    const { float32, uint32 } = this.#kernels;
    const rows = uint32.slice(positions / 4, positions / 4 + input.length);
    for (let t = 0; t < rows.length; t++) rows[t]! /= 4;
    return { table: float32, rows, second: this.#filters };
  }

  #placeRows(rows: Int32Array, positions: number): void {
    this.prepare([{ rows } as WordCnnInput]);
    const missing = new Map<number, number>();
    const { uint32 } = this.#kernels;
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      const address = row < 0 ? this.#zeroRow : this.#cache.find(row);
      if (address < 0 && !missing.has(row)) missing.set(row, missing.size);
      uint32[positions / 4 + t] = address;
    }
    if (missing.size === 0) return;
    // What finds no slot is projected for this text alone.
    const spare = this.#spare.take(this.#kernels, missing.size * this.#rowBytes);
    const addresses = Array.from(missing.values(), (i) => spare + i * this.#rowBytes);
    this.#projectRows([...missing.keys()], addresses);
    for (let t = 0; t < rows.length; t++) {
      const index = missing.get(rows[t]!);
      if (index !== undefined) this.#kernels.uint32[positions / 4 + t] = addresses[index]!;
    }
  }

  #placeVectors({ vectors, length, dimensions }: WordCnnInput, positions: number): void {
    const spare = this.#spare.take(this.#kernels, length * this.#rowBytes);
    const { float32, uint32 } = this.#kernels;
    for (let start = 0; start < length; start += BATCH) {
      const count = Math.min(BATCH, length - start);
      for (let i = 0; i < count; i++) {
        const from = (start + i) * dimensions;
        const word = vectors.subarray(from, from + dimensions);
        float32.set(word, this.#staging / 4 + i * this.#depth);
        const address = spare + (start + i) * this.#rowBytes;
        uint32[this.#results / 4 + i] = address;
        uint32[positions / 4 + start + i] = address;
      }
      this.#projectStaged(count);
    }
  }

  pool({ rows, second }: Projection): Pooled {
    const { functions, float32, uint32 } = this.#kernels;
    const positions = this.#positions.take(this.#kernels, rows.length * 4);
    for (let t = 0; t < rows.length; t++) uint32[positions / 4 + t] = rows[t]! * 4;
    functions.maxOverTime(
      positions,
      0,
      rows.length - 1,
      this.#filters,
      second * 4,
      this.#best,
      this.#winner,
    );
    const filters = this.#bias.length;
    const best = float32.slice(this.#best / 4, this.#best / 4 + filters);
    for (let f = 0; f < filters; f++) best[f]! += this.#bias[f]!;
    const winners = Int32Array.from(uint32.subarray(this.#winner / 4, this.#winner / 4 + filters));
    return { best, winners };
  }

  spread(length: number, winners: Int32Array, coefficients: FloatArray): FloatArray {
    const [depth, dimensions] = [this.#depth, this.#vectors.dimensions];
    const sums = this.#sums.take(this.#kernels, length * depth * 4);
    const { functions, float32, uint32 } = this.#kernels;
    float32.fill(0, sums / 4, sums / 4 + length * depth);
    float32.set(coefficients, this.#coefficients / 4);
    uint32.set(winners, this.#winner / 4);
    functions.spread(
      this.#coefficients,
      this.#winner,
      winners.length,
      this.#weights,
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
}
