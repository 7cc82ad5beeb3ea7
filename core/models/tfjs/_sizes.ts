import type { LayersModel } from "@tensorflow/tfjs";
import { TooShort } from "./_lengths.ts";

type Node = LayersModel["nodesByDepth"][string][number];
type Layer = Node["outboundLayer"];
/** Sizes of a tensor, that of the batch first. */
type Sizes = readonly (number | null)[];

/** A model inside a model. */
const isModel = (layer: Layer): layer is LayersModel => "nodesByDepth" in layer;

/** Sizes alone or in a list, as the library takes and gives them. */
function asList(sizes: unknown): Sizes[] {
  return Array.isArray(sizes) && Array.isArray(sizes[0]) ? sizes : [sizes as Sizes];
}

/** The outputs of a call of a layer. */
const keyOf = (layer: Layer, node: number, tensor: number) => `${layer.id} ${node} ${tensor}`;

/** Checks what the library leaves to the operation: that all sizes but those to be joined agree. */
function checkJoin(layer: Layer, inputs: readonly Sizes[], words: number): void {
  if (layer.getClassName() !== "Concatenate") return;
  const [first] = inputs;
  const { axis } = layer as Layer & { axis: number };
  const joined = axis < 0 ? axis + first!.length : axis;
  if (inputs.every((sizes) => sizes.every((size, i) => i === joined || size === first![i]))) return;
  const shown = inputs.map((sizes) => `[${sizes.slice(1).join(", ")}]`).join(" and ");
  throw new SyntaxError(
    `Cannot run the model on ${words} words: layer "${layer.name}" cannot join ${shown}`,
  );
}

function sizesOf(layer: Layer, inputs: Sizes[], words: number): Sizes[] {
  if (isModel(layer)) return throughModel(layer, inputs, words);
  checkJoin(layer, inputs, words);
  const given = inputs.map((sizes) => [...sizes]);
  let outputs: Sizes[];
  try {
    outputs = asList(layer.computeOutputShape(given.length === 1 ? given[0]! : given));
  } catch (error) {
    throw new SyntaxError(`Cannot run the model on ${words} words: ${(error as Error).message}`);
  }
  for (const sizes of outputs) {
    if (sizes.some((size) => size !== null && !(size >= 1))) throw new TooShort(words);
  }
  return outputs;
}

function throughModel(model: LayersModel, inputs: Sizes[], words: number): Sizes[] {
  // A Sequential makes its network when it is first needed.
  if (!model.built && model.inputLayers.length === 0) {
    model.build([[null, null]]);
  }
  const { inputLayers, nodesByDepth, outputLayers, ...indices } = model;
  const known = new Map<string, Sizes>();
  inputLayers.forEach((layer, i) => {
    const [node, tensor] = [indices.inputLayersNodeIndices, indices.inputLayersTensorIndices];
    known.set(keyOf(layer, node[i]!, tensor[i]!), inputs[i]!);
  });
  const depths = Object.keys(nodesByDepth).map(Number).sort((a, b) => b - a);
  for (const node of depths.flatMap((depth) => nodesByDepth[depth]!)) {
    const layer = node.outboundLayer;
    if (inputLayers.includes(layer)) continue;
    const given = node.inboundLayers.map((from, i) =>
      known.get(keyOf(from, node.nodeIndices[i]!, node.tensorIndices[i]!))!
    );
    const call = layer.inboundNodes.indexOf(node);
    sizesOf(layer, given, words).forEach((sizes, i) => known.set(keyOf(layer, call, i), sizes));
  }
  return outputLayers.map((layer, i) => {
    const [node, tensor] = [indices.outputLayersNodeIndices, indices.outputLayersTensorIndices];
    return known.get(keyOf(layer, node[i]!, tensor[i]!))!;
  });
}

/**
 * Computes the sizes that every layer of a model has for a text, without running any: backends of
 * the library do not check them, and read outside of their memory where a window does not fit.
 *
 * @param model The model.
 * @param words The length of the text.
 * @returns The sizes of the outputs.
 * @throws {TooShort} If the text is too short for a window of a layer.
 * @throws {SyntaxError} If sizes do not fit together.
 */
export function outputSizes(model: LayersModel, words: number): readonly Sizes[] {
  return throughModel(model, [[1, words]], words);
}
