import {
  isBranches,
  isLinear,
  isRoute,
  type KeptOutput,
  type Layer,
  type Window,
} from "../layers/mod.ts";
import { activations } from "../network.ts";
import type { FloatArray, Tensor } from "../tensor.ts";

/** Rows from the first to the one behind the last. */
type Range = readonly [from: number, to: number];

/** Joins ranges that touch; they must be in order. */
function joined(ranges: readonly Range[]): Range[] {
  const all: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = all.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) all.push([from, to]);
  }
  return all;
}

/** The windows that hold any of some rows. */
function windowsOver(ranges: readonly Range[], { reach, stride }: Window, count: number): Range[] {
  return joined(ranges.map(([from, to]) => [
    Math.max(0, Math.ceil((from - reach + 1) / stride)),
    Math.min(count, Math.floor((to - 1) / stride) + 1),
  ]));
}

/** The words of a text, and which of them are deleted now. */
interface Words {
  readonly input: Tensor;
  readonly deleted: Uint8Array;
}

/** Computes some rows of the output of a layer again. */
type Renew = (output: Tensor, range: Range) => void;

/** By the layer itself, from the rows that its windows see. */
function byLayer(layer: Layer, { shape, data }: Tensor): Renew {
  const { reach, stride } = layer.window!;
  const size = shape[1]!;
  return (output, [from, to]) => {
    const [start, end] = [from * stride, (to - 1) * stride + reach];
    const seen = { shape: [end - start, size], data: data.subarray(start * size, end * size) };
    output.data.set(layer.forward(seen).data, from * output.shape[1]!);
  };
}

/** For a convolution of words: from what each word adds to its windows, which never changes. */
function byParts(layer: Layer, { input, deleted }: Words): Renew | undefined {
  if (!isLinear(layer) || !layer.project || !layer.window) return undefined;
  const { shape: [, width, filters], data: parts } = layer.project(input) as {
    shape: readonly [number, number, number];
    data: FloatArray;
  };
  const { reach, stride } = layer.window;
  const dilation = width === 1 ? 1 : (reach - 1) / (width - 1);
  const sums = new Float64Array(filters);
  return (output, [from, to]) => {
    for (let t = from; t < to; t++) {
      sums.set(layer.bias);
      for (let k = 0; k < width; k++) {
        const row = t * stride + k * dilation;
        if (deleted[row] === 1) continue;
        const start = (row * width + k) * filters;
        for (let f = 0; f < filters; f++) sums[f]! += parts[start + f]!;
      }
      output.data.set(sums, t * filters);
    }
  };
}

/**
 * Layers one after the other whose values are kept. As long as they look at windows, only what lies
 * in windows with changed rows is computed again.
 */
class Chain {
  readonly #layers: readonly Layer[];
  readonly #windowed: number;
  readonly #values: Tensor[];
  readonly #renew: readonly Renew[];
  readonly #kept: KeptOutput | undefined;
  readonly #branches: readonly Chain[] | undefined;

  /**
   * Starts a chain.
   *
   * @param layers The layers.
   * @param input Their input, as it is now; it is changed from outside.
   * @param words The words, if they are the input.
   */
  constructor(layers: readonly Layer[], input: Tensor, words?: Words) {
    this.#layers = layers;
    const windowed = layers.findIndex((layer) => layer.window === undefined);
    this.#windowed = windowed < 0 ? layers.length : windowed;
    this.#values = activations(layers.slice(0, this.#windowed), input);
    this.#renew = layers.slice(0, this.#windowed).map((layer, i) =>
      (i === 0 && words && byParts(layer, words)) || byLayer(layer, this.#values[i]!)
    );
    const next = layers[this.#windowed];
    this.#kept = next && isRoute(next) ? next.keep?.(this.#values.at(-1)!) : undefined;
    this.#branches = next && isBranches(next)
      ? next.branches.map((branch) =>
        new Chain(branch, this.#values.at(-1)!, this.#windowed === 0 ? words : undefined)
      )
      : undefined;
  }

  /** Computes again what depends on changed rows of the input. */
  update(changed: readonly Range[]): void {
    let ranges = changed;
    this.#renew.forEach((renew, i) => {
      const output = this.#values[i + 1]!;
      ranges = windowsOver(ranges, this.#layers[i]!.window!, output.shape[0]!);
      for (const range of ranges) renew(output, range);
    });
    this.#kept?.renew(ranges);
    this.#branches?.forEach((branch) => branch.update(ranges));
  }

  /** The output of the last layer. */
  output(): Tensor {
    const next = this.#layers[this.#windowed];
    if (this.#kept) {
      return activations(this.#layers.slice(this.#windowed + 1), this.#kept.output()).at(-1)!;
    }
    if (!this.#branches || !next || !isBranches(next)) {
      return activations(this.#layers.slice(this.#windowed), this.#values.at(-1)!).at(-1)!;
    }
    const output = next.join(this.#branches.map((branch) => branch.output()));
    return activations(this.#layers.slice(this.#windowed + 1), output).at(-1)!;
  }
}

/**
 * A text that goes from one set of deleted words to another. Deleting a word costs what the windows
 * that hold it cost, and the layers above them; for convolutions of words not even their products.
 */
export class WindowedText {
  readonly #input: Tensor;
  readonly #layers: readonly Layer[];
  /** The word vectors as they are now. */
  readonly #vectors: FloatArray;
  readonly #deleted: Uint8Array;
  #chain: Chain | undefined;

  /**
   * Opens a text.
   *
   * @param layers The layers.
   * @param input The word vectors, shape [T, D]; not changed.
   */
  constructor(layers: readonly Layer[], input: Tensor) {
    this.#layers = layers;
    this.#input = input;
    this.#vectors = input.data.slice();
    this.#deleted = new Uint8Array(input.shape[0]!);
  }

  /**
   * The scores without some words.
   *
   * @param positions The positions of the deleted words, increasing.
   * @returns Shape [C].
   */
  score(positions: readonly number[]): FloatArray {
    const { shape } = this.#input;
    const wanted = new Uint8Array(this.#deleted.length);
    for (const t of positions) wanted[t] = 1;
    const stale: number[] = [];
    wanted.forEach((to, t) => {
      if (this.#deleted[t] !== to) stale.push(t);
    });
    for (const t of stale) this.#change(t, wanted[t]!);
    this.#chain ??= new Chain(this.#layers, { shape, data: this.#vectors }, {
      input: this.#input,
      deleted: this.#deleted,
    });
    this.#chain.update(joined(stale.map((t) => [t, t + 1])));
    return this.#chain.output().data;
  }

  #change(position: number, to: number): void {
    const dimensions = this.#input.shape[1]!;
    const start = position * dimensions;
    const end = start + dimensions;
    this.#deleted[position] = to;
    if (to === 1) this.#vectors.fill(0, start, end);
    else this.#vectors.set(this.#input.data.subarray(start, end), start);
  }
}
