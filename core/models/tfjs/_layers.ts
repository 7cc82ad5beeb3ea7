import {
  averageOverTime,
  averagePool1d,
  conv1d,
  dense,
  flatten,
  type Layer,
  type LinearLayer,
  maxOverTime,
  maxPool1d,
  parallel,
  pickRows,
} from "../../layers/mod.ts";
import { placeWindows } from "../../layers/windows.ts";
import { activationLayer, activationLayers } from "./_activations.ts";
import {
  alongText,
  biasOf,
  type Built,
  type Mask,
  type Origin,
  type Placed,
  type Shape,
  sizeIn,
  unsupported,
  weightOf,
} from "./_layer_parts.ts";
import { TooShort } from "./_lengths.ts";
import { buildNormalization } from "./_normalization.ts";
import { buildBidirectional, buildRecurrent } from "./_recurrent_layers.ts";
import { type LayerSpec, readSpec } from "./_topology.ts";
import { hasWeight } from "./_weights.ts";

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

/** Whether a layer does nothing when a model is used. */
export const isIdle = ({ className }: LayerSpec): boolean => idle.includes(className);

const same = (input: Shape) => input;

function paddingIn(spec: LayerSpec): "valid" | "same" {
  const { padding = "valid", data_format: format } = spec.config;
  if (format === "channels_first") unsupported(spec, `data_format "${format}"`);
  if (padding !== "valid" && padding !== "same") unsupported(spec, `padding "${padding}"`);
  return padding;
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

/** A linear layer; what scales its outputs can be made a part of its weights. */
function foldable(
  kernel: Float32Array,
  bias: Float32Array,
  make: (kernel: Float32Array, bias: Float32Array) => LinearLayer,
): Placed {
  return {
    layer: make(kernel, bias),
    fold: (factors, shifts) =>
      foldable(
        kernel.map((weight, i) => weight * factors[i % factors.length]!),
        bias.map((value, j) => value * factors[j]! + shifts[j]!),
        make,
      ),
  };
}

function buildConv1d(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const { name, config } = spec;
  const [, dimensions] = alongText(spec, input);
  const width = sizeIn(spec, "kernel_size");
  const filters = sizeIn(spec, "filters");
  const stride = sizeIn(spec, "strides", 1);
  const dilation = sizeIn(spec, "dilation_rate", 1);
  const padding = paddingIn(spec);
  if ((config.groups ?? 1) !== 1) unsupported(spec, `${config.groups} groups`);
  if (stride > 1 && dilation > 1) unsupported(spec, "both strides and dilation");
  const [kernel, bias] = convolutionWeights(spec, origin, [width, dimensions, filters]);
  const windows = { width, stride, dilation, padding };
  return {
    layers: [
      foldable(kernel, bias, (w, b) => conv1d(w, b, width, name, { stride, dilation, padding })),
      ...activationLayers(spec, origin),
    ],
    outputShape: ([length]) => [windowCount(length, windows), filters],
    keepsMask: false,
  };
}

/**
 * W_{k,d,f} = Σ_m depthwise_{k,d,m} · pointwise_{d·M + m, f}: what both steps of a separable convolution
 * do, between which there is no activation.
 */
function separableKernel(
  depthwise: Float32Array,
  pointwise: Float32Array,
  [dimensions, multiplier, filters]: readonly [number, number, number],
): Float32Array {
  const kernel = new Float32Array(depthwise.length / multiplier * filters);
  const sums = new Float64Array(filters);
  for (let row = 0; row * multiplier < depthwise.length; row++) {
    sums.fill(0);
    for (let m = 0; m < multiplier; m++) {
      const factor = depthwise[row * multiplier + m]!;
      const from = (row % dimensions * multiplier + m) * filters;
      for (let f = 0; f < filters; f++) sums[f]! += factor * pointwise[from + f]!;
    }
    kernel.set(sums, row * filters);
  }
  return kernel;
}

/** The kernel and biases of a convolution, which may be a separable one. */
function convolutionWeights(
  spec: LayerSpec,
  origin: Origin,
  [width, dimensions, filters]: readonly [number, number, number],
): [kernel: Float32Array, bias: Float32Array] {
  if (spec.className === "Conv1D") {
    const kernel = weightOf(origin, spec, ["kernel", 0], [width, dimensions, filters]);
    return [kernel, biasOf(origin, spec, filters)];
  }
  const multiplier = sizeIn(spec, "depth_multiplier", 1);
  const depthwise = ["depthwise_kernel", 0] as const;
  const pointwise = ["pointwise_kernel", 1] as const;
  const kernel = separableKernel(
    weightOf(origin, spec, depthwise, [width, dimensions, multiplier]),
    weightOf(origin, spec, pointwise, [1, dimensions * multiplier, filters]),
    [dimensions, multiplier, filters],
  );
  return [kernel, biasOf(origin, spec, filters, 2)];
}

function buildDense(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const { name } = spec;
  const units = sizeIn(spec, "units");
  const inputs = input.at(-1);
  if (inputs === undefined) {
    unsupported(spec, "an input whose size depends on the length of the text");
  }
  const kernel = weightOf(origin, spec, ["kernel", 0], [inputs, units]);
  const bias = biasOf(origin, spec, units);
  // On rows it works on each row alone, as a convolution over one word does.
  const isRow = input.length === 1;
  return {
    layers: [
      foldable(kernel, bias, (w, b) => isRow ? dense(w, b, name) : conv1d(w, b, 1, name)),
      ...activationLayers(spec, origin),
    ],
    outputShape: (shape) => [...shape.slice(0, -1), units],
    keepsMask: true,
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
    keepsMask: false,
  };
}

/** The mean over the words of a text without its padding; over all rows where all are padding. */
function averageOfWords(mask: Mask, name: string): Layer {
  const words = Array.from(mask, (isWord, t) => isWord ? t : -1).filter((t) => t >= 0);
  return words.length === 0 || words.length === mask.length
    ? averageOverTime(name)
    : parallel([[pickRows(words, `${name}/words`), averageOverTime(name)]], { name });
}

function buildGlobalPool(spec: LayerSpec, input: Shape, kind: "max" | "average"): Built {
  alongText(spec, input);
  if (spec.config.keepdims === true) unsupported(spec, "keepdims");
  paddingIn(spec);
  return {
    layers: kind === "max" ? [{ layer: maxOverTime(spec.name), kind }] : [{
      layer: averageOverTime(spec.name),
      withMask: (mask) => averageOfWords(mask, spec.name),
    }],
    outputShape: ([, channels]) => [channels],
    keepsMask: false,
  };
}

function buildFlatten(spec: LayerSpec): Built {
  paddingIn(spec);
  const product = (shape: Shape) =>
    shape.reduce(
      (all, size) => all === undefined || size === undefined ? undefined : all * size,
      1,
    );
  return {
    layers: [{ layer: flatten(spec.name) }],
    outputShape: (shape) => [product(shape)],
    keepsMask: false,
  };
}

/** Layers that do to rows what they do to each alone. */
const ROW_WISE = ["Dense", "BatchNormalization", "Activation", "ReLU", "LeakyReLU", "ELU", ...idle];

/** Makes a layer that works on each row alone. */
function buildTimeDistributed(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const [, channels] = alongText(spec, input);
  const inner = readSpec(spec.config.layer);
  if (!ROW_WISE.includes(inner.className)) {
    unsupported(spec, `a layer of type "${inner.className}"`);
  }
  // Weights go by the name of the wrapper, of both, or of the layer alone, as versions of Keras have it.
  const names = [spec.name, `${spec.name}/${inner.name}`, inner.name];
  const isThere = (name: string) =>
    ["kernel", "moving_mean"].some((weight) => hasWeight(origin.weights, name, weight));
  const named = { ...inner, name: names.find(isThere) ?? spec.name };
  // The axis of a normalisation counts those of a row.
  const isScale = inner.className === "BatchNormalization";
  const built = buildLayer(named, origin, isScale ? [channels] : input);
  return { ...built, keepsMask: true };
}

/**
 * Makes the layers of one step.
 *
 * @throws {UnsupportedLayer} If it has no counterpart; the message names it.
 * @throws {SyntaxError} If its weights are missing or of another shape.
 */
export function buildLayer(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const { className } = spec;
  if (isIdle(spec)) return { layers: [], outputShape: same, keepsMask: true };
  const activation = activationLayer(spec, origin);
  if (activation) return { layers: activation, outputShape: same, keepsMask: true };
  switch (className) {
    case "Conv1D":
    case "SeparableConv1D":
      return buildConv1d(spec, origin, input);
    case "Dense":
      return buildDense(spec, origin, input);
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
    case "TimeDistributed":
      return buildTimeDistributed(spec, origin, input);
    case "BatchNormalization":
      return buildNormalization(spec, origin, input);
    case "LSTM":
    case "GRU":
    case "SimpleRNN":
      return buildRecurrent(spec, origin, input);
    case "Bidirectional":
      return buildBidirectional(spec, origin, input);
    default:
      return unsupported(spec);
  }
}
