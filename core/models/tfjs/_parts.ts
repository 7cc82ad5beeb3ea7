import type { TokenizerResources } from "../../tokenizer.ts";
import { isGraphModel } from "./graph_model.ts";
import { type ModelText, readModelText, type TfjsOptions } from "./_model_text.ts";
import { decodeJson, MIB, ModelFileReader, type TfjsSource } from "./_source.ts";
import { findEmbeddings, inputLength, topModel } from "./_surgery.ts";
import type { LayerSpec } from "./_topology.ts";
import { readManifest, readWeights, type Weights } from "./_weights.ts";

/** What both kinds of models are made from. */
export interface Parts {
  readonly modelTopology: object;
  readonly model: LayerSpec;
  readonly weights: Weights;
  /** How many rows the Embedding has. */
  readonly rows: number;
  readonly text: ModelText;
}

/**
 * Reads the layers and weights of a model, and how it reads texts.
 *
 * @param source Its files.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If one is damaged or makes no sense.
 */
export async function readParts(
  source: TfjsSource,
  options: TfjsOptions,
  resources: TokenizerResources,
): Promise<Parts> {
  const reader = await ModelFileReader.open(source);
  const json = decodeJson(await reader.read("model.json", 64 * MIB), "model.json");
  const { format = "layers-model", modelTopology, weightsManifest, generatedBy } = json as Record<
    string,
    unknown
  >;
  if (isGraphModel(json)) {
    throw new SyntaxError(
      'Cannot read "model.json": it is a TensorFlow.js graph-model, which has no layers and no ' +
        "gradients left: loadTfjsGraphModel loads it, for scores alone; for layers convert the Keras " +
        "model with tensorflowjs_converter --output_format=tfjs_layers_model",
    );
  }
  if (format !== "layers-model") {
    throw new SyntaxError(
      `Cannot read "model.json": its format is "${format}", not "layers-model"`,
    );
  }
  const model = topModel(modelTopology);
  const weights = await readWeights(reader, readManifest(weightsManifest));
  const facts = {
    rows: findEmbeddings(model, weights)[0]!.weight.shape[0]!,
    isExport: generatedBy === "heatword",
    fixed: inputLength(model),
  };
  const text = await readModelText(reader, facts, options, resources);
  return { modelTopology: modelTopology as object, model, weights, rows: facts.rows, text };
}
