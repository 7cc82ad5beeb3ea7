import {
  conv1d,
  dense,
  type LayeredModel,
  maxOverTime,
  relu,
  type VectorInput,
} from "@heatword/core";
import { networkModel } from "@heatword/explainers/check";

/** A word-CNN as plain nested arrays, for slow references that share no code with the layers. */
export interface Net {
  /** Row k·D + d, column f. */
  readonly convW: number[][];
  readonly convB: number[];
  /** Row f, column c. */
  readonly fcW: number[][];
  readonly fcB: number[];
}

/** The same network as layers; the element type decides the precision. */
export function layeredModel(
  net: Net,
  make: (values: number[]) => Float64Array | Float32Array = Float64Array.from.bind(Float64Array),
): LayeredModel {
  return networkModel({
    classes: net.fcB.map((_, c) => `class ${c}`),
    layers: [
      conv1d(make(net.convW.flat()), make(net.convB), 2),
      maxOverTime(),
      relu(),
      dense(make(net.fcW.flat()), make(net.fcB)),
    ],
    dimensions: net.convW.length / 2,
    minLength: 2,
    vectorOf: () => undefined,
  });
}

/** An input of word vectors, padded to two words. */
export function vectorInput(
  x: readonly (readonly number[])[],
  dimensions = x[0]!.length,
  make: (values: number[]) => Float64Array | Float32Array = Float64Array.from.bind(Float64Array),
): VectorInput {
  const length = Math.max(2, x.length);
  const flat = [...x.flat()];
  while (flat.length < length * dimensions) flat.push(0);
  return { length, dimensions, vectors: make(flat) };
}
