import {
  isModelClass,
  layerList,
  type LayerSpec,
  outputLayerName,
  type Path,
  readSpec,
  refuseTopology,
} from "./_topology.ts";
import { findWeight, type Weight, type Weights } from "./_weights.ts";

type Json = Record<string, unknown>;

/** The model that a `modelTopology` describes; its objects are those of the JSON. */
export function topModel(modelTopology: unknown): LayerSpec {
  const wrapped = (modelTopology as Json | null | undefined)?.model_config;
  const model = readSpec(wrapped ?? modelTopology);
  if (!isModelClass(model.className)) {
    refuseTopology(`the model is of type "${model.className}", not Sequential or Functional`);
  }
  return model;
}

/** All layers of a model, those of models inside it too. */
export function* allLayers(model: LayerSpec): Generator<LayerSpec> {
  for (const json of layerList(model)) {
    const spec = readSpec(json);
    if (isModelClass(spec.className)) yield* allLayers(spec);
    else yield spec;
  }
}

/** The length of inputs, where the model says that all have the same. */
export function inputLength(model: LayerSpec): number | undefined {
  for (const { className, config } of allLayers(model)) {
    const shape = config.batch_input_shape ?? config.batch_shape;
    if (shape !== undefined && (!Array.isArray(shape) || shape.length !== 2)) {
      refuseTopology("the input of the model is not a row of words");
    }
    const length = shape?.[1] ?? (className === "Embedding" ? config.input_length : undefined);
    const only = Array.isArray(length) ? length[0] : length;
    if (only !== undefined && only !== null) {
      if (!Number.isSafeInteger(only) || only < 1 || only > 1e5) {
        refuseTopology(`the input of the model has length "${only}"`);
      }
      return only;
    }
    if (className === "Embedding") return undefined;
  }
  return undefined;
}

const probabilities = ["softmax", "sigmoid"];

/**
 * Takes a softmax or sigmoid off the end of a model, so that its outputs are scores.
 *
 * @param model The model, which is changed.
 * @returns What was taken off, if anything.
 */
export function takeOffProbabilities(model: LayerSpec): string | undefined {
  const name = outputLayerName(model);
  const json = layerList(model).find((layer) =>
    layer.name === name || readSpec(layer).name === name
  );
  if (json === undefined) {
    refuseTopology(`the output of the model is "${name}", which is not a layer`);
  }
  const spec = readSpec(json);
  if (isModelClass(spec.className)) return takeOffProbabilities(spec);
  const config = spec.config as Json;
  if (spec.className === "Softmax") {
    json.class_name = "Activation";
    json.config = { name: spec.name, trainable: false, dtype: "float32", activation: "linear" };
    return "softmax";
  }
  const { activation } = config;
  const found = ["Dense", "Activation"].includes(spec.className) &&
    probabilities.find((known) => known === activation);
  if (!found) return undefined;
  config.activation = "linear";
  return found;
}

/** The word vectors of a model. */
export interface Embedding {
  /** Names of its layer and of its weight. */
  readonly layer: LayerSpec;
  readonly weightName: string;
  /** One row a word, shape [V, D]. */
  readonly weight: Weight;
}

/** Finds the layers that turn words into vectors. */
export function findEmbeddings(model: LayerSpec, weights: Weights): Embedding[] {
  const found = [...allLayers(model)].filter(({ className }) => className === "Embedding");
  if (found.length === 0) {
    refuseTopology("no layer is an Embedding, which models of words begin with");
  }
  return found.map((layer) => {
    const { name, weight } = findWeight(weights, layer.name, "embeddings", 0);
    const { input_dim: words, output_dim: dimensions } = layer.config;
    if (weight.shape.length !== 2 || weight.shape[0] !== words || weight.shape[1] !== dimensions) {
      refuseTopology(
        `weight "${name}" has shape [${weight.shape.join(", ")}], not [${words}, ${dimensions}]`,
      );
    }
    if (weight.shape[0] === 0 || weight.shape[1] === 0) refuseTopology(`weight "${name}" is empty`);
    if (words !== found[0]!.config.input_dim) {
      refuseTopology(`layers "${found[0]!.name}" and "${layer.name}" embed other numbers of words`);
    }
    return { layer, weightName: name, weight };
  });
}

/**
 * Adds a row of zeros to all word vectors, the vector of a deleted word.
 *
 * @param embeddings The layers; their settings are changed.
 * @param weights All weights.
 * @returns All weights, with the longer word vectors.
 */
export function addZeroRow(embeddings: readonly Embedding[], weights: Weights): Weights {
  const longer = new Map(weights);
  for (const { layer, weightName, weight } of embeddings) {
    const [words, dimensions] = weight.shape as [number, number];
    const data = new Float32Array((words + 1) * dimensions);
    data.set(weight.data);
    longer.set(weightName, { shape: [words + 1, dimensions], data });
    (layer.config as Json).input_dim = words + 1;
  }
  return longer;
}

/** The Dense layer with one output that a path ends in, but for activations and idle layers. */
function lastUnit(path: Path): LayerSpec | undefined {
  for (const { spec, branches } of path.toReversed()) {
    if (branches === undefined && spec.className === "Dense") {
      return spec.config.units === 1 ? spec : undefined;
    }
    const passes = spec.className === "Activation" && spec.config.activation === "linear";
    if (!passes && !/Dropout|Noise/.test(spec.className)) return undefined;
  }
}

/**
 * Gives a model of one output z, the score of the second class before a sigmoid, the two outputs
 * −z/2 and z/2: their difference is z, and their softmax is the sigmoid of z.
 *
 * @param path The steps of the model; the settings of the last Dense are changed.
 * @param weights All weights.
 * @returns All weights, with those of the last Dense doubled; nothing if the model is not such.
 */
export function splitUnit(path: Path, weights: Weights): Weights | undefined {
  const spec = lastUnit(path);
  if (spec === undefined || (spec.config.activation ?? "linear") !== "linear") return undefined;
  const changed = new Map(weights);
  const names = spec.config.use_bias === false ? ["kernel"] : ["kernel", "bias"];
  names.forEach((part, index) => {
    const { name, weight } = findWeight(weights, spec.name, part, index);
    const data = new Float32Array(2 * weight.data.length);
    weight.data.forEach((value, i) => {
      data[2 * i] = -value / 2;
      data[2 * i + 1] = value / 2;
    });
    changed.set(name, { shape: [...weight.shape.slice(0, -1), 2], data });
  });
  (spec.config as Json).units = 2;
  return changed;
}
