import { isBranches, type Layer } from "../layers/mod.ts";
import { activations } from "../network.ts";
import type { Perturbation } from "../perturbation.ts";
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

/** Some rows of a matrix. */
function rowsOf({ shape, data }: Tensor, [from, to]: Range): Tensor {
  const channels = shape[1]!;
  return { shape: [to - from, channels], data: data.subarray(from * channels, to * channels) };
}

/**
 * Layers one after the other whose values are kept. As long as they look at windows, only what lies
 * in windows with changed rows is computed again, by the layers themselves: the values are those of
 * a whole pass, bit by bit.
 */
class Chain {
  readonly #values: Tensor[];
  readonly #windowed: number;
  readonly #branches: readonly Chain[] | undefined;

  constructor(readonly layers: readonly Layer[], input: Tensor) {
    const windowed = layers.findIndex((layer) => layer.window === undefined);
    this.#windowed = windowed < 0 ? layers.length : windowed;
    this.#values = activations(layers.slice(0, this.#windowed), input);
    const next = layers[this.#windowed];
    this.#branches = next && isBranches(next)
      ? next.branches.map((branch) => new Chain(branch, this.#values.at(-1)!))
      : undefined;
  }

  /** Computes again what depends on changed rows of the input. */
  update(changed: readonly Range[]): void {
    let ranges = changed;
    for (let i = 0; i < this.#windowed; i++) {
      const { reach, stride } = this.layers[i]!.window!;
      const input = this.#values[i]!;
      const output = this.#values[i + 1]!;
      const [count, channels] = output.shape as [number, number];
      ranges = joined(ranges.map(([from, to]) => [
        Math.max(0, Math.ceil((from - reach + 1) / stride)),
        Math.min(count, Math.floor((to - 1) / stride) + 1),
      ]));
      for (const [from, to] of ranges) {
        const seen = rowsOf(input, [from * stride, (to - 1) * stride + reach]);
        (output.data as FloatArray).set(this.layers[i]!.forward(seen).data, from * channels);
      }
    }
    this.#branches?.forEach((branch) => branch.update(ranges));
  }

  /** The output of the last layer. */
  output(): Tensor {
    const next = this.layers[this.#windowed];
    const kept = this.#values.at(-1)!;
    if (!this.#branches || !next || !isBranches(next)) {
      return activations(this.layers.slice(this.#windowed), kept).at(-1)!;
    }
    const joinedOutput = next.join(this.#branches.map((branch) => branch.output()));
    return activations(this.layers.slice(this.#windowed + 1), joinedOutput).at(-1)!;
  }
}

/**
 * The perturbation of a layered model. Deleting a word costs what the windows that hold it cost,
 * and the layers above them.
 *
 * @param layers The layers.
 * @param input The word vectors, shape [T, D]; not changed.
 * @returns The perturbation, with all words present.
 */
export function windowedPerturbation(layers: readonly Layer[], input: Tensor): Perturbation {
  const [length, dimensions] = input.shape as [number, number];
  const vectors = input.data.slice();
  const deleted = new Uint8Array(length);
  /** Which rows of `vectors` are not as the chain knows them. */
  const stale = new Uint8Array(length);
  let chain: Chain | undefined;
  let scores: FloatArray | undefined;
  const change = (position: number, to: 0 | 1) => {
    if (!Number.isInteger(position) || position < 0 || position >= length) {
      throw new RangeError(`Cannot change word ${position}: the input has ${length} words`);
    }
    if (deleted[position] === to) return;
    deleted[position] = to;
    stale[position] = 1 - stale[position]!;
    const start = position * dimensions;
    const end = start + dimensions;
    if (to === 1) vectors.fill(0, start, end);
    else vectors.set(input.data.subarray(start, end), start);
    scores = undefined;
  };
  return {
    length,
    delete: (position) => change(position, 1),
    restore: (position) => change(position, 0),
    isDeleted: (position) => deleted[position] === 1,
    scores() {
      if (scores) return scores;
      if (chain === undefined) chain = new Chain(layers, { shape: input.shape, data: vectors });
      else {
        const ranges = Array.from(stale, (flag, t): Range => [t, t + flag]);
        chain.update(joined(ranges.filter(([from, to]) => from < to)));
      }
      stale.fill(0);
      return scores = chain.output().data;
    },
  };
}
