import {
  bidirectional,
  type Cell,
  gruCell,
  type Layer,
  lstmCell,
  type MergeMode,
  mergeModes,
  recurrent,
  simpleCell,
} from "../../layers/mod.ts";
import { functionIn } from "./_activations.ts";
import {
  alongText,
  type Built,
  type Mask,
  type Origin,
  type Shape,
  sizeIn,
  unsupported,
  weightOf,
} from "./_layer_parts.ts";
import { type LayerSpec, readSpec } from "./_topology.ts";
import { findWeight, hasWeight } from "./_weights.ts";

/** How many gates a cell has. */
const GATES: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, SimpleRNN: 1 };

/** Settings that ask for more than states from zero on, of one text. */
const REFUSED = ["return_state", "stateful", "time_major", "zero_output_for_mask"];

function assertPlain(spec: LayerSpec): void {
  for (const field of REFUSED) {
    const value = spec.config[field];
    if (value !== undefined && value !== null && value !== false) {
      unsupported(spec, `${field} ${JSON.stringify(value)}`);
    }
  }
}

/** Whether the reset gate of a GRU acts behind the product; where nobody says so, its biases do. */
function isResetAfter(spec: LayerSpec, { weights }: Origin): boolean {
  const { reset_after: given, use_bias: hasBias } = spec.config;
  if (typeof given === "boolean") return given;
  return hasBias !== false && findWeight(weights, spec.name, "bias", 2).weight.shape.length === 2;
}

/** The cell of a recurrent layer; the weights go by the name that the settings say. */
function cellOf(spec: LayerSpec, origin: Origin, dimensions: number): Cell {
  const { className, config } = spec;
  assertPlain(spec);
  const units = sizeIn(spec, "units");
  const width = GATES[className]! * units;
  const resetAfter = className === "GRU" && isResetAfter(spec, origin);
  const weight = (name: string, index: number, shape: readonly number[]) =>
    weightOf(origin, spec, [name, index], shape);
  const weights = {
    units,
    kernel: weight("kernel", 0, [dimensions, width]),
    recurrentKernel: weight("recurrent_kernel", 1, [units, width]),
    ...(config.use_bias !== false &&
      { bias: weight("bias", 2, resetAfter ? [2, width] : [width]) }),
  };
  const activation = functionIn(spec, origin);
  if (className === "SimpleRNN") return simpleCell(weights, { activation });
  const recurrentActivation = functionIn(spec, origin, "recurrent_activation");
  const functions = { activation, recurrentActivation };
  return className === "LSTM"
    ? lstmCell(weights, functions)
    : gruCell(weights, resetAfter, functions);
}

/** A layer with or without the states at each word, of so many channels, for any mask. */
function built(make: (mask?: Mask) => Layer, channels: number, returnSequences: boolean): Built {
  return {
    layers: [{ layer: make(), withMask: make }],
    outputShape: ([length]) => returnSequences ? [length, channels] : [channels],
    keepsMask: returnSequences,
  };
}

/** Makes an LSTM, GRU or SimpleRNN. */
export function buildRecurrent(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const [, dimensions] = alongText(spec, input);
  const { config, name } = spec;
  const cell = cellOf(spec, origin, dimensions);
  const returnSequences = config.return_sequences === true;
  const options = { returnSequences, goBackwards: config.go_backwards === true };
  return built(
    (mask) => recurrent(cell, { ...options, ...(mask && { mask }) }, name),
    cell.units,
    returnSequences,
  );
}

/** A direction of a Bidirectional, by the name that its weights have. */
function directionOf(
  spec: LayerSpec,
  { weights }: Origin,
  field: "layer" | "backward_layer",
): LayerSpec {
  const direction = field === "layer" ? "forward" : "backward";
  const inner = readSpec(spec.config[field] ?? spec.config.layer);
  if (GATES[inner.className] === undefined) {
    unsupported(spec, `a layer of type "${inner.className}"`);
  }
  // Keras 3 writes the names that the directions go by, others the name that they were made from.
  const names = [`${direction}_${inner.name}`, inner.name].map((own) => `${spec.name}/${own}`);
  const name = names.find((own) => hasWeight(weights, own, "kernel")) ?? names[0]!;
  return { ...inner, name };
}

/** Makes both directions of a Bidirectional. */
export function buildBidirectional(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const [, dimensions] = alongText(spec, input);
  const { merge_mode: mode = "concat" } = spec.config;
  if (!mergeModes.includes(mode as MergeMode)) {
    unsupported(spec, `merge_mode ${JSON.stringify(mode)}`);
  }
  const mergeMode = mode as MergeMode;
  const [forward, backward] = (["layer", "backward_layer"] as const)
    .map((field) => directionOf(spec, origin, field)) as [LayerSpec, LayerSpec];
  if (forward.config.go_backwards === true) unsupported(spec, "a layer that goes backwards");
  const cells = [forward, backward].map((direction) => cellOf(direction, origin, dimensions));
  const [one, other] = cells as [Cell, Cell];
  if (one.units !== other.units && mergeMode !== "concat") {
    unsupported(spec, `${one.units} and ${other.units} units to merge by "${mergeMode}"`);
  }
  const returnSequences = forward.config.return_sequences === true;
  const options = { returnSequences, mergeMode };
  return built(
    (mask) => bidirectional(one, other, { ...options, ...(mask && { mask }) }, spec.name),
    mergeMode === "concat" ? one.units + other.units : one.units,
    returnSequences,
  );
}
