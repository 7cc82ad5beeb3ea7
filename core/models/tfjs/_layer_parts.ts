import type { Layer } from "../../layers/mod.ts";
import { type LayerSpec, UnsupportedLayer } from "./_topology.ts";
import { findWeight, type Weights } from "./_weights.ts";

/** Sizes [T, F] or [F]; the length T of a text is not known (`undefined`) where any will do. */
export type Shape = readonly (number | undefined)[];

/** Which rows of a text are words, and not padding. */
export type Mask = ArrayLike<number | boolean>;

/** A layer, and what may become of it. */
export interface Placed {
  readonly layer: Layer;
  /** Whether it is one of two kinds that can change places. */
  readonly kind?: "relu" | "max";
  /** The same layer with its outputs scaled and shifted, where that is but other weights. */
  readonly fold?: (factors: Float32Array, shifts: Float32Array) => Placed;
  /** What a batch normalisation multiplies channels by, and what it adds to them. */
  readonly normalization?: { readonly factors: Float32Array; readonly shifts: Float32Array };
  /** The same layer for a text with padding, where it makes a difference to it. */
  readonly withMask?: (mask: Mask) => Layer;
}

/** Layers with what they make of a shape. */
export interface Built {
  readonly layers: readonly Placed[];
  /**
   * The shape of the output.
   *
   * @throws {TooShort} If the text is too short for the layers.
   */
  readonly outputShape: (input: Shape) => Shape;
  /** Whether it is still known behind them which rows are padding, where that was known before. */
  readonly keepsMask: boolean;
}

/** What layers are made from. */
export interface Origin {
  readonly weights: Weights;
  /** The version of Keras, or what stands in its place. */
  readonly version: string;
  /** Told the names of the learned arrays that each layer took, from the words on. */
  readonly onTaken?: (names: ReadonlySet<string>) => void;
}

export function unsupported({ className, name }: LayerSpec, what?: string): never {
  throw new UnsupportedLayer(
    `layer "${name}" is of type "${className}"${what === undefined ? "" : ` with ${what}`}`,
  );
}

export const shown = (shape: Shape) => `[${shape.map((size) => size ?? "any").join(", ")}]`;

/** A weight of a layer, of the shape that its settings and its input ask for. */
export function weightOf(
  { weights }: Pick<Origin, "weights">,
  spec: Pick<LayerSpec, "name">,
  [name, index]: readonly [string, number],
  shape: readonly unknown[],
): Float32Array {
  const found = findWeight(weights, spec.name, name, index);
  const actual = found.weight.shape;
  if (actual.length !== shape.length || actual.some((size, i) => size !== shape[i])) {
    throw new SyntaxError(
      `Cannot read the model: weight "${found.name}" has shape [${actual.join(", ")}], not [${
        shape.join(", ")
      }]`,
    );
  }
  return found.weight.data;
}

/** The biases of a layer; none are zeros. */
export function biasOf(origin: Origin, spec: LayerSpec, size: number, index = 1): Float32Array {
  if (spec.config.use_bias === false) return new Float32Array(size);
  return weightOf(origin, spec, ["bias", index], [size]);
}

/** A setting that is a size, alone or in a list of one. */
export function sizeIn({ name, config }: LayerSpec, field: string, absent?: number): number {
  const value = config[field];
  const size = (Array.isArray(value) && value.length === 1 ? value[0] : value) ?? absent;
  if (!Number.isSafeInteger(size) || (size as number) < 1) {
    throw new SyntaxError(
      `Cannot read "model.json": "${field}" of layer "${name}" is ${JSON.stringify(value)}`,
    );
  }
  return size as number;
}

/** What a shape along the text must look like for a layer. */
export function alongText(spec: LayerSpec, shape: Shape): [number | undefined, number] {
  if (shape.length !== 2) {
    throw new SyntaxError(
      `Cannot read "model.json": layer "${spec.name}" cannot take an input of ${shown(shape)}`,
    );
  }
  return shape as [number | undefined, number];
}
