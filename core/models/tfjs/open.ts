import type { TokenizerResources } from "../../tokenizer.ts";
import { holdsGraph } from "./_graph_parts.ts";
import type { TfjsOptions } from "./_model_text.ts";
import type { TfjsSource } from "./_source.ts";
import type { GraphTfjsModel } from "./graph_tfjs_model.ts";
import type { LayeredTfjsModel } from "./layered_tfjs_model.ts";
import { loadTfjsModel } from "./load.ts";
import { loadTfjsGraphModel } from "./load_graph.ts";
import type { ScoringTfjsModel } from "./scoring_tfjs_model.ts";

/**
 * Opens any TensorFlow.js model: one of layers as {@linkcode loadTfjsModel}, a graph as
 * {@linkcode loadTfjsGraphModel}.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If `model.json`, weights or the vocabulary are missing.
 * @throws {SyntaxError} If a file is damaged or makes no sense.
 */
export async function openTfjsModel(
  source: TfjsSource,
  options: TfjsOptions = {},
  resources: TokenizerResources = {},
): Promise<LayeredTfjsModel | ScoringTfjsModel | GraphTfjsModel> {
  const load = await holdsGraph(source) ? loadTfjsGraphModel : loadTfjsModel;
  return await load(source, options, resources);
}
