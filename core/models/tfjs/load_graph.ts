import type { TokenizerResources } from "../../tokenizer.ts";
import { classesOf } from "./_class_names.ts";
import type { Graph } from "./_graph.ts";
import { readGraphParts } from "./_graph_parts.ts";
import { type GraphPredictor, loadGraphPredictor } from "./_graph_predictor.ts";
import type { Lengths } from "./_lengths.ts";
import type { TfjsOptions } from "./_model_text.ts";
import { RowEncoder } from "./_row_encoder.ts";
import type { TfjsSource } from "./_source.ts";
import type { TypedWeight } from "./_weights.ts";
import { GraphTfjsModel } from "./graph_tfjs_model.ts";

/** Adds a row of zeros to the tables of word vectors, the vector of a deleted word. */
function withZeroRow(weights: readonly TypedWeight[], { tables }: Graph): TypedWeight[] {
  return weights.map((weight) => {
    if (!tables.includes(weight.name)) return weight;
    const [rows, dimensions] = weight.shape as [number, number];
    const data = new Float32Array((rows + 1) * dimensions);
    data.set(weight.data);
    return { ...weight, shape: [rows + 1, dimensions], data };
  });
}

const lengthsOf = ({ length, minLength }: Graph): Lengths =>
  length === undefined
    ? { min: minLength, of: (words) => Math.max(minLength, words) }
    : { min: length, fixed: length, of: () => length };

async function trial(predictor: GraphPredictor, length: number, row: number): Promise<number> {
  return (await predictor.predict(new Int32Array(length).fill(row), 1)).length;
}

/**
 * Loads a TensorFlow.js graph-model, as tensorflowjs_converter writes it of a SavedModel: `model.json`
 * with its weight files, and beside it what {@linkcode loadTfjsModel} reads there, too. Words have to
 * enter it as rows of a table of word vectors.
 *
 * The library runs it, and it gives scores only. A softmax or sigmoid at the end is taken off; a single
 * output with two named classes becomes −z/2 and z/2.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model; `close` frees its memory.
 * @throws {Deno.errors.NotFound} If `model.json`, weights or the vocabulary are missing.
 * @throws {SyntaxError} If a file is damaged, or the graph is none of rows of words, or has operations
 * that the library does not know.
 */
export async function loadTfjsGraphModel(
  source: TfjsSource,
  options: TfjsOptions = {},
  resources: TokenizerResources = {},
): Promise<GraphTfjsModel> {
  const { modelTopology, weights, graph, rows, text } = await readGraphParts(
    source,
    options,
    resources,
  );
  // text.json may fix the length of a graph that takes any.
  const lengths = lengthsOf(text.fixed === undefined ? graph : { ...graph, length: text.fixed });
  const predictor = await loadGraphPredictor(
    modelTopology as object,
    withZeroRow(weights, graph),
    graph,
  );
  try {
    const outputs = await trial(predictor, lengths.min, rows);
    const { settings, exactCase, reader, notes } = text;
    return new GraphTfjsModel({
      ...classesOf(text.classes?.value, outputs),
      limitation: "it is a TensorFlow.js graph-model, which has no layers left",
      predictor,
      zeroRow: rows,
      encoder: new RowEncoder(text.rows, { ...settings, exactCase }, lengths),
      reader,
      notes,
    });
  } catch (error) {
    predictor.dispose();
    throw error;
  }
}
