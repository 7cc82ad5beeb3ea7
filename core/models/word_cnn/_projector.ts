import { roundUp } from "../../round_up.ts";
import { type KernelHandle, Kernels } from "./kernels/mod.ts";
import { type CacheHandle, ProjectionCache } from "./_projection_cache.ts";
import type { ScratchBuffer } from "./_scratch_buffer.ts";
import type { RowsInput } from "../rows_input.ts";
import type { NetworkShape, NetworkWeights } from "./parameters.ts";
import type { EmbeddingTable } from "../embedding_table.ts";

const GROUP = 8;
/** Words projected at once, and panels that stay in the cache of a core meanwhile. */
const BATCH = 64;
const PANELS = 48;

/** What another thread needs to compute with the same weights and projections. */
export interface EngineHandle {
  readonly kernels: KernelHandle;
  readonly cache: CacheHandle;
  readonly addresses: ModelAddresses;
}

/** Where the weights are; all sizes are padded. */
export interface ModelAddresses {
  /** Number of filters, a multiple of 8. */
  readonly filters: number;
  /** Numbers per word vector, a multiple of 4. */
  readonly depth: number;
  /** Filters, [filters, 2, depth]. */
  readonly convolution: number;
  /** The same, packed for the projection. */
  readonly panels: number;
  /** [filters]. */
  readonly bias: number;
  /** Number of classes, a multiple of 2. */
  readonly classes: number;
  /** [filters, classes]. */
  readonly dense: number;
  /** [classes]. */
  readonly denseBias: number;
  /** The projection of the zero vector: zeros. */
  readonly zeroRow: number;
}

function writeModel(
  kernels: Kernels,
  weights: NetworkWeights,
  shape: NetworkShape,
): ModelAddresses {
  const filters = roundUp(shape.filters, GROUP);
  const depth = roundUp(shape.dimensions, 4);
  const classes = roundUp(shape.classes, 2);
  const numbers = (count: number) => kernels.allocate(4 * count);
  const addresses = {
    filters,
    depth,
    classes,
    convolution: numbers(filters * 2 * depth),
    panels: numbers(filters * 2 * depth),
    bias: numbers(filters),
    dense: numbers(filters * classes),
    denseBias: numbers(classes),
    zeroRow: numbers(2 * filters),
  };
  const { float32, functions } = kernels;
  float32.set(weights.convolutionBias, addresses.bias / 4);
  for (let f = 0; f < shape.filters; f++) {
    const row = weights.denseWeights.subarray(f * shape.classes, (f + 1) * shape.classes);
    float32.set(row, addresses.dense / 4 + f * classes);
  }
  float32.set(weights.denseBias, addresses.denseBias / 4);
  const { convolutionWeights } = weights;
  for (let k = 0; k < 2; k++) {
    for (let d = 0; d < shape.dimensions; d++) {
      const from = (k * shape.dimensions + d) * shape.filters;
      const to = addresses.convolution / 4 + k * depth + d;
      for (let f = 0; f < shape.filters; f++) {
        float32[to + 2 * f * depth] = convolutionWeights[from + f]!;
      }
    }
    functions.pack(
      addresses.convolution + k * depth * 4,
      2 * depth * 4,
      depth,
      addresses.panels + k * filters * depth * 4,
      filters / GROUP,
    );
  }
  return addresses;
}

/** Projects words onto the filters of a model, and keeps the projections. */
export class Projector {
  readonly kernels: Kernels;
  readonly addresses: ModelAddresses;
  /** Bytes of a projection: of its numbers as first, then as second word of a window. */
  readonly rowBytes: number;
  readonly #vectors: EmbeddingTable;
  readonly #cache: ProjectionCache;
  readonly #interleaved: number;
  readonly #staging: number;
  readonly #words: number;
  readonly #results: number;

  constructor(
    weights: NetworkWeights,
    shape: NetworkShape,
    vectors: EmbeddingTable,
    source: number | EngineHandle,
  ) {
    const joined = typeof source === "number" ? undefined : source;
    const kernels = this.kernels = new Kernels(joined?.kernels);
    this.#vectors = vectors;
    this.addresses = joined?.addresses ?? writeModel(kernels, weights, shape);
    const { depth, filters } = this.addresses;
    this.rowBytes = 2 * filters * 4;
    this.#cache = typeof source === "number"
      ? ProjectionCache.make(kernels, this.rowBytes, vectors.size, source)
      : new ProjectionCache(source.cache, this.rowBytes);
    this.#interleaved = kernels.allocate(BATCH * depth * 4);
    this.#staging = kernels.allocate(BATCH * depth * 4);
    this.#words = kernels.allocate(BATCH * 4);
    this.#results = kernels.allocate(BATCH * 4);
    const { uint32 } = kernels;
    for (let i = 0; i < BATCH; i++) uint32[this.#words / 4 + i] = this.#staging + i * depth * 4;
  }

  /** What another thread needs to join; only where memory can be shared. */
  get handle(): EngineHandle | undefined {
    const kernels = this.kernels.handle;
    return kernels && { kernels, cache: this.#cache.handle, addresses: this.addresses };
  }

  /** Projects words, at most {@linkcode BATCH}, whose vectors are staged and results are set. */
  #projectStaged(count: number): void {
    const { functions, float32, uint32 } = this.kernels;
    const { depth, filters, panels, zeroRow } = this.addresses;
    const padded = roundUp(count, 4);
    for (let i = count; i < padded; i++) {
      // Padding: the zero vector is projected to the row of the zero vector.
      const start = this.#staging / 4 + i * depth;
      float32.fill(0, start, start + depth);
      uint32[this.#results / 4 + i] = zeroRow;
    }
    functions.interleave(this.#words, padded, depth, this.#interleaved);
    const panelCount = 2 * filters / GROUP;
    for (let panel = 0; panel < panelCount; panel += PANELS) {
      functions.project(
        this.#interleaved,
        this.#results,
        padded,
        depth,
        panels + panel * GROUP * depth * 4,
        Math.min(PANELS, panelCount - panel),
        panel * GROUP * 4,
      );
    }
  }

  /** Projects words of the vocabulary to given addresses. */
  #projectRows(rows: readonly number[], addresses: readonly number[]): void {
    for (let start = 0; start < rows.length; start += BATCH) {
      const count = Math.min(BATCH, rows.length - start);
      const { float32, uint32 } = this.kernels;
      for (let i = 0; i < count; i++) {
        const to = this.#staging / 4 + i * this.addresses.depth;
        this.#vectors.copyRow(rows[start + i]!, float32, to);
        uint32[this.#results / 4 + i] = addresses[start + i]!;
      }
      this.#projectStaged(count);
    }
  }

  /** Projects those words that the cache lacks and has room for. */
  prepare(texts: Iterable<Int32Array>): void {
    const rows: number[] = [];
    const addresses: number[] = [];
    for (const text of texts) {
      for (let t = 0; t < text.length; t++) {
        const row = text[t]!;
        if (row < 0 || this.#cache.find(row) >= 0) continue;
        const address = this.#cache.claim(row);
        if (address < 0) continue;
        rows.push(row);
        addresses.push(address);
      }
    }
    if (rows.length === 0) return;
    this.#projectRows(rows, addresses);
    for (const row of rows) this.#cache.publish(row);
  }

  /**
   * Projects the words of an input.
   *
   * @param input The input.
   * @param positions Where the addresses of the projections go, [T].
   * @param spare Room for projections that the cache does not keep.
   */
  place(input: RowsInput, positions: number, spare: ScratchBuffer): void {
    if (input.rows) this.#placeRows(input.rows, positions, spare);
    else this.#placeVectors(input, positions, spare);
  }

  #placeRows(rows: Int32Array, positions: number, buffer: ScratchBuffer): void {
    this.prepare([rows]);
    let missing: Map<number, number> | undefined;
    const { uint32 } = this.kernels;
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      const address = row < 0 ? this.addresses.zeroRow : this.#cache.find(row);
      if (address >= 0) uint32[positions / 4 + t] = address;
      else {
        missing ??= new Map();
        if (!missing.has(row)) missing.set(row, missing.size);
      }
    }
    if (missing === undefined) return;
    // What finds no slot is projected for this text alone.
    const spare = buffer.take(this.kernels, missing.size * this.rowBytes);
    const addresses = Array.from(missing.values(), (i) => spare + i * this.rowBytes);
    this.#projectRows([...missing.keys()], addresses);
    for (let t = 0; t < rows.length; t++) {
      const index = missing.get(rows[t]!);
      if (index !== undefined) this.kernels.uint32[positions / 4 + t] = addresses[index]!;
    }
  }

  #placeVectors(
    { vectors, length, dimensions }: RowsInput,
    positions: number,
    buffer: ScratchBuffer,
  ): void {
    const spare = buffer.take(this.kernels, length * this.rowBytes);
    const { float32, uint32 } = this.kernels;
    for (let start = 0; start < length; start += BATCH) {
      const count = Math.min(BATCH, length - start);
      for (let i = 0; i < count; i++) {
        const from = (start + i) * dimensions;
        const word = vectors.subarray(from, from + dimensions);
        float32.set(word, this.#staging / 4 + i * this.addresses.depth);
        const address = spare + (start + i) * this.rowBytes;
        uint32[this.#results / 4 + i] = address;
        uint32[positions / 4 + start + i] = address;
      }
      this.#projectStaged(count);
    }
  }
}
