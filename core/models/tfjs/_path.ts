import { type Layer, merge, type MergeOperation, parallel } from "../../layers/mod.ts";
import {
  type Built,
  type Mask,
  type Origin,
  type Placed,
  type Shape,
  shown,
  unsupported,
} from "./_layer_parts.ts";
import { buildLayer } from "./_layers.ts";
import { foldNormalizations } from "./_normalization.ts";
import { TakenWeights } from "./_shuffle.ts";
import { type LayerSpec, MERGES, type Path, type Step } from "./_topology.ts";

/** The axis along which a Concatenate joins its inputs, without the batch. */
function axisOf(spec: LayerSpec, rank: number): number {
  const axisIn = spec.config.axis ?? -1;
  // Keras counts the batch as axis 0.
  const axis = Number(axisIn) < 0 ? Number(axisIn) + rank : Number(axisIn) - 1;
  if (!Number.isInteger(axis) || axis < 0 || axis >= rank) unsupported(spec, `axis ${axisIn}`);
  return axis;
}

/** The shape of what branches are joined to along an axis, or of what they are merged to without one. */
function joinedShape(spec: LayerSpec, outputs: readonly Shape[], axis: number | undefined): Shape {
  const [first] = outputs;
  return first!.map((size, i) => {
    const sizes = outputs.map((output) => output[i]);
    if (i !== axis) {
      if (outputs.every((output) => output.length === first!.length && output[i] === size)) {
        return size;
      }
      throw new SyntaxError(
        `Cannot read "model.json": layer "${spec.name}" cannot join ${
          outputs.map(shown).join(" and ")
        }`,
      );
    }
    return sizes.reduce((a, b) => a === undefined || b === undefined ? undefined : a + b);
  });
}

/** Layers for a text with padding. */
export function layersWithMask(layers: readonly Placed[], mask: Mask): Layer[] {
  return layers.map(({ layer, withMask }) => withMask?.(mask) ?? layer);
}

function buildBranches(
  { spec, branches }: Extract<Step, { branches: readonly Path[] }>,
  origin: Origin,
  input: Shape,
  masked: boolean,
): Built {
  const built = branches.map((path) => buildPath(path, origin, input, masked));
  if (masked && built.some(({ keepsMask }) => keepsMask)) {
    unsupported(spec, "inputs of which rows are padding, by mask_zero or Masking");
  }
  const operation: MergeOperation | undefined = MERGES[spec.className];
  if (operation === "product" && built.length !== 2) unsupported(spec, `${built.length} inputs`);
  const axis = operation ? undefined : axisOf(spec, built[0]!.outputShape(input).length);
  const make = (networks: readonly (readonly Layer[])[]): Layer =>
    operation
      ? merge(networks, operation, spec.name)
      : parallel(networks, { name: spec.name, axis: axis! });
  const placed: Placed = {
    layer: make(built.map(({ layers }) => layers.map(({ layer }) => layer))),
    ...(masked && built.some(({ layers }) => layers.some(({ withMask }) => withMask)) && {
      withMask: (mask) => make(built.map(({ layers }) => layersWithMask(layers, mask))),
    }),
  };
  return {
    layers: [placed],
    outputShape: (shape) =>
      joinedShape(spec, built.map((branch) => branch.outputShape(shape)), axis),
    keepsMask: false,
  };
}

/** Puts max-pooling before ReLU, which changes no score; then a maximum has its winner anywhere. */
function poolBeforeRelu(layers: Placed[]): void {
  for (let i = 1; i < layers.length; i++) {
    for (let j = i; j > 0 && layers[j]!.kind === "max" && layers[j - 1]!.kind === "relu"; j--) {
      [layers[j - 1], layers[j]] = [layers[j]!, layers[j - 1]!];
    }
  }
}

/** Makes the layers of one step, and tells of what. */
function buildStep(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const weights = new TakenWeights(origin.weights);
  const built = buildLayer(spec, { ...origin, weights }, input);
  origin.onTaken?.(weights.taken);
  return built;
}

/** Layers that Keras runs on a text with padding as if there were none. */
const UNMASKED = ["GlobalMaxPooling1D"];

/**
 * Makes the layers of a path.
 *
 * @param path The steps, without the Embedding.
 * @param origin What the layers are made from.
 * @param input The shape of the input.
 * @param masked Whether it is known which rows of a text are padding.
 * @returns The layers; only those that see which rows are padding can be had with a mask.
 * @throws {UnsupportedLayer} If a step has no counterpart; the message names it.
 * @throws {SyntaxError} If weights are missing or of another shape.
 */
export function buildPath(path: Path, origin: Origin, input: Shape, masked = false): Built {
  const parts: Built[] = [];
  const layers: Placed[] = [];
  let shape = input;
  let hasMask = masked;
  for (const step of path) {
    const part = step.branches
      ? buildBranches(step, origin, shape, hasMask)
      : buildStep(step.spec, origin, shape);
    const usesMask = part.keepsMask || part.layers.some(({ withMask }) => withMask);
    if (hasMask && !step.branches && !usesMask && !UNMASKED.includes(step.spec.className)) {
      unsupported(step.spec, "an input of which rows are padding, by mask_zero or Masking");
    }
    shape = part.outputShape(shape);
    parts.push(part);
    layers.push(...(hasMask ? part.layers : part.layers.map(({ withMask: _, ...rest }) => rest)));
    hasMask &&= part.keepsMask;
  }
  foldNormalizations(layers);
  poolBeforeRelu(layers);
  return {
    layers,
    outputShape: (start) => parts.reduce((at, part) => part.outputShape(at), start),
    keepsMask: hasMask,
  };
}
