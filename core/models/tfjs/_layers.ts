import {
  averageOverTime,
  averagePool1d,
  conv1d,
  dense,
  flatten,
  type Layer,
  maxOverTime,
  maxPool1d,
  relu,
  sigmoid,
  tanh,
} from "../../layers/mod.ts";
import { placeWindows } from "../../layers/windows.ts";
import { TooShort } from "./_lengths.ts";
import { type LayerSpec, UnsupportedLayer } from "./_topology.ts";
import { findWeight, type Weights } from "./_weights.ts";

/** Sizes [T, F] or [F]; the length T of a text is not known (`undefined`) where any will do. */
export type Shape = readonly (number | undefined)[];

/** A layer, and whether it is one of two kinds that can change places. */
export interface Placed {
  readonly layer: Layer;
  readonly kind?: "relu" | "max";
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
}

export function unsupported({ className, name }: LayerSpec, what?: string): never {
  throw new UnsupportedLayer(
    `layer "${name}" is of type "${className}"${what === undefined ? "" : ` with ${what}`}`,
  );
}

export const shown = (shape: Shape) => `[${shape.map((size) => size ?? "any").join(", ")}]`;

/** Layers that do nothing when a model is used. */
const idle = [
  "InputLayer",
  "Dropout",
  "SpatialDropout1D",
  "GaussianNoise",
  "GaussianDropout",
  "AlphaDropout",
  "ActivityRegularization",
];

const same = (input: Shape) => input;

function activationLayers(spec: LayerSpec, activation: unknown, name: string): Placed[] {
  switch (activation ?? "linear") {
    case "linear":
      return [];
    case "relu":
      return [{ layer: relu(name), kind: "relu" }];
    case "tanh":
      return [{ layer: tanh(name) }];
    case "sigmoid":
      return [{ layer: sigmoid(name) }];
    default:
      return unsupported(spec, `activation "${activation}"`);
  }
}

/** A weight of a layer, of the shape that its settings and its input ask for. */
function weightOf(
  weights: Weights,
  spec: LayerSpec,
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

function biasOf(weights: Weights, spec: LayerSpec, size: number): Float32Array {
  if (spec.config.use_bias === false) return new Float32Array(size);
  return weightOf(weights, spec, ["bias", 1], [size]);
}

/** A setting that is a size, alone or in a list of one. */
function sizeIn({ name, config }: LayerSpec, field: string, absent?: number): number {
  const value = config[field];
  const size = (Array.isArray(value) && value.length === 1 ? value[0] : value) ?? absent;
  if (!Number.isSafeInteger(size) || (size as number) < 1) {
    throw new SyntaxError(
      `Cannot read "model.json": "${field}" of layer "${name}" is ${JSON.stringify(value)}`,
    );
  }
  return size as number;
}

function paddingIn(spec: LayerSpec): "valid" | "same" {
  const { padding = "valid", data_format: format } = spec.config;
  if (format === "channels_first") unsupported(spec, `data_format "${format}"`);
  if (padding !== "valid" && padding !== "same") unsupported(spec, `padding "${padding}"`);
  return padding;
}

/** What a shape along the text must look like for a layer. */
function alongText(spec: LayerSpec, shape: Shape): [number | undefined, number] {
  if (shape.length !== 2) {
    throw new SyntaxError(
      `Cannot read "model.json": layer "${spec.name}" cannot take an input of ${shown(shape)}`,
    );
  }
  return shape as [number | undefined, number];
}

/** The number of windows in a text. */
function windowCount(
  length: number | undefined,
  windows: Parameters<typeof placeWindows>[1],
): number | undefined {
  if (length === undefined) return undefined;
  const { count } = placeWindows(length, windows);
  if (count < 1) throw new TooShort(length);
  return count;
}

function buildConv1d(spec: LayerSpec, weights: Weights, input: Shape): Built {
  const { name, config } = spec;
  const [, dimensions] = alongText(spec, input);
  const width = sizeIn(spec, "kernel_size");
  const filters = sizeIn(spec, "filters");
  const stride = sizeIn(spec, "strides", 1);
  const dilation = sizeIn(spec, "dilation_rate", 1);
  const padding = paddingIn(spec);
  if ((config.groups ?? 1) !== 1) unsupported(spec, `${config.groups} groups`);
  if (stride > 1 && dilation > 1) unsupported(spec, "both strides and dilation");
  const kernel = weightOf(weights, spec, ["kernel", 0], [width, dimensions, filters]);
  const bias = biasOf(weights, spec, filters);
  const windows = { width, stride, dilation, padding };
  return {
    layers: [
      { layer: conv1d(kernel, bias, width, name, { stride, dilation, padding }) },
      ...activationLayers(spec, config.activation, `${name}/${config.activation}`),
    ],
    outputShape: ([length]) => [windowCount(length, windows), filters],
  };
}

function buildDense(spec: LayerSpec, weights: Weights, input: Shape): Built {
  const { name, config } = spec;
  const units = sizeIn(spec, "units");
  const inputs = input.at(-1);
  if (inputs === undefined) {
    unsupported(spec, "an input whose size depends on the length of the text");
  }
  const kernel = weightOf(weights, spec, ["kernel", 0], [inputs, units]);
  const bias = biasOf(weights, spec, units);
  // On rows it works on each row alone, as a convolution over one word does.
  const layer = input.length === 1 ? dense(kernel, bias, name) : conv1d(kernel, bias, 1, name);
  return {
    layers: [
      { layer },
      ...activationLayers(spec, config.activation, `${name}/${config.activation}`),
    ],
    outputShape: (shape) => [...shape.slice(0, -1), units],
  };
}

function buildPool1d(spec: LayerSpec, input: Shape, kind: "max" | "average"): Built {
  alongText(spec, input);
  const width = sizeIn(spec, "pool_size", 2);
  const stride = sizeIn(spec, "strides", width);
  const padding = paddingIn(spec);
  const options = { stride, padding };
  return {
    layers: kind === "max"
      ? [{ layer: maxPool1d(width, options, spec.name), kind }]
      : [{ layer: averagePool1d(width, options, spec.name) }],
    outputShape: ([length, channels]) => [
      windowCount(length, { width, stride, dilation: 1, padding }),
      channels,
    ],
  };
}

function buildGlobalPool(spec: LayerSpec, input: Shape, kind: "max" | "average"): Built {
  alongText(spec, input);
  if (spec.config.keepdims === true) unsupported(spec, "keepdims");
  paddingIn(spec);
  return {
    layers: kind === "max"
      ? [{ layer: maxOverTime(spec.name), kind }]
      : [{ layer: averageOverTime(spec.name) }],
    outputShape: ([, channels]) => [channels],
  };
}

function buildFlatten(spec: LayerSpec): Built {
  paddingIn(spec);
  const product = (shape: Shape) =>
    shape.reduce(
      (all, size) => all === undefined || size === undefined ? undefined : all * size,
      1,
    );
  return { layers: [{ layer: flatten(spec.name) }], outputShape: (shape) => [product(shape)] };
}

function buildActivation(spec: LayerSpec): Built {
  const { className, name, config } = spec;
  const { activation } = className === "ReLU" ? { activation: "relu" } : config;
  for (const field of ["max_value", "negative_slope", "threshold"]) {
    if (config[field] !== undefined && config[field] !== null && config[field] !== 0) {
      unsupported(spec, `${field} ${config[field]}`);
    }
  }
  return { layers: activationLayers(spec, activation, name), outputShape: same };
}

/**
 * Makes the layers of one step.
 *
 * @throws {UnsupportedLayer} If it has no counterpart; the message names it.
 * @throws {SyntaxError} If its weights are missing or of another shape.
 */
export function buildLayer(spec: LayerSpec, weights: Weights, input: Shape): Built {
  const { className } = spec;
  if (idle.includes(className)) return { layers: [], outputShape: same };
  switch (className) {
    case "Conv1D":
      return buildConv1d(spec, weights, input);
    case "Dense":
      return buildDense(spec, weights, input);
    case "MaxPooling1D":
      return buildPool1d(spec, input, "max");
    case "AveragePooling1D":
      return buildPool1d(spec, input, "average");
    case "GlobalMaxPooling1D":
      return buildGlobalPool(spec, input, "max");
    case "GlobalAveragePooling1D":
      return buildGlobalPool(spec, input, "average");
    case "Flatten":
      return buildFlatten(spec);
    case "Activation":
    case "ReLU":
      return buildActivation(spec);
    default:
      return unsupported(spec);
  }
}
