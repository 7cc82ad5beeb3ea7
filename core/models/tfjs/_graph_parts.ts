import type { TokenizerResources } from "../../tokenizer.ts";
import { type Graph, readGraph, refuseGraph } from "./_graph.ts";
import { type ModelText, readModelText, type TfjsOptions } from "./_model_text.ts";
import { decodeJson, MIB, ModelFileReader, type TfjsSource } from "./_source.ts";
import { readManifest, readTypedWeights, type TypedWeight } from "./_weights.ts";
import { isGraphModel } from "./graph_model.ts";

/** What a graph-model is made from. */
export interface GraphParts {
  readonly modelTopology: object;
  readonly weights: readonly TypedWeight[];
  readonly graph: Graph;
  /** How many rows the tables of word vectors have. */
  readonly rows: number;
  readonly text: ModelText;
}

/** How many rows the tables of word vectors have, all as many. */
function rowsOf(weights: readonly TypedWeight[], { tables }: Graph): number {
  const sizes = weights.filter(({ name }) => tables.includes(name)).map(({ shape }) => shape[0]!);
  if (new Set(sizes).size !== 1 || sizes[0] === 0) {
    refuseGraph(`its tables of word vectors have ${sizes.join(" and ")} rows`);
  }
  return sizes[0]!;
}

/**
 * Whether a TensorFlow.js model is a graph.
 *
 * @param source Its files.
 */
export async function holdsGraph(source: TfjsSource): Promise<boolean> {
  const reader = await ModelFileReader.open(source);
  const bytes = await reader.readOptional("model.json", 64 * MIB);
  return bytes !== undefined && isGraphModel(decodeJson(bytes, "model.json"));
}

/**
 * Reads the operations and weights of a graph-model, and how it reads texts.
 *
 * @param source Its files.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If one is damaged or makes no sense.
 */
export async function readGraphParts(
  source: TfjsSource,
  options: TfjsOptions,
  resources: TokenizerResources,
): Promise<GraphParts> {
  const reader = await ModelFileReader.open(source);
  const json = decodeJson(await reader.read("model.json", 64 * MIB), "model.json");
  if (!isGraphModel(json)) refuseGraph("model.json holds none");
  const { modelTopology, weightsManifest, signature, userDefinedMetadata } = json as Record<
    string,
    unknown
  >;
  const weights = await readTypedWeights(reader, readManifest(weightsManifest));
  const shapes = new Map(weights.map(({ name, shape }) => [name, shape]));
  const signed = signature ??
    (userDefinedMetadata as { signature?: unknown } | null | undefined)?.signature;
  const graph = readGraph(modelTopology, shapes, signed);
  const rows = rowsOf(weights, graph);
  const facts = { rows, isExport: false, fixed: graph.length };
  const text = await readModelText(reader, facts, options, resources);
  return { modelTopology: modelTopology as object, weights, graph, rows, text };
}
