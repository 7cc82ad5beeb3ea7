import { maxPooledLayers } from "../../max_pooled_layers.ts";
import type { Random } from "../../random.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import { classesOf, classNames } from "./_class_names.ts";
import { checkConnections, checkSizes } from "./_before_library.ts";
import { isIdle } from "./_layers.ts";
import { findLengths } from "./_lengths.ts";
import type { TfjsOptions } from "./_model_text.ts";
import { paddingRows } from "./_padding_rows.ts";
import { type Parts, readParts } from "./_parts.ts";
import { buildPath, layersWithMask } from "./_path.ts";
import { loadPredictor, type Predictor, reasonOf } from "./_predictor.ts";
import { RowEncoder } from "./_row_encoder.ts";
import type { TfjsSource } from "./_source.ts";
import { addZeroRow, findEmbeddings, splitUnit, takeOffProbabilities } from "./_surgery.ts";
import { type LayerSpec, modelPath, type Path, UnsupportedLayer } from "./_topology.ts";
import { shuffleWeights, weightNames } from "./_shuffle.ts";
import { LayeredTfjsModel } from "./layered_tfjs_model.ts";
import { MaxPooledTfjsModel } from "./max_pooled_tfjs_model.ts";
import { ScoringTfjsModel } from "./scoring_tfjs_model.ts";

export type { TfjsOptions } from "./_model_text.ts";
export { isGraphModel } from "./graph_model.ts";

/** The version of Keras that wrote a model, as far as it says. */
function kerasVersion(modelTopology: object): string {
  const { keras_version: version } = modelTopology as Record<string, unknown>;
  return typeof version === "string" ? version : "";
}

function isZero(vectors: EmbeddingTable, row: number): boolean {
  const vector = new Float32Array(vectors.dimensions);
  vectors.copyRow(row, vector, 0);
  return vector.every((value) => value === 0);
}

function layeredModel(path: Path, parts: Parts): LayeredTfjsModel {
  const { weights, text } = parts;
  const { fixed, settings, classes } = text;
  const [first, ...rest] = path;
  if (first?.branches !== undefined || first?.spec.className !== "Embedding") {
    throw new UnsupportedLayer("words enter it through something else than one Embedding");
  }
  const [embedding] = findEmbeddings(parts.model, weights);
  const dimensions = embedding!.weight.shape[1]!;
  const { path: steps, vectors, isPadding } = paddingRows(
    first.spec,
    rest,
    embedding!.weight.data,
    dimensions,
    isIdle,
  );
  const taken: ReadonlySet<string>[] = [];
  const origin = {
    weights,
    version: kerasVersion(parts.modelTopology),
    onTaken: (names: ReadonlySet<string>) => void taken.push(names),
  };
  const { layers, outputShape } = buildPath(
    steps,
    origin,
    [fixed, dimensions],
    isPadding !== undefined,
  );
  const output = outputShape([fixed, dimensions]);
  if (output.length !== 1 || output[0] === undefined) {
    throw new SyntaxError(
      'Cannot read "model.json": the output of the model is not a row of scores',
    );
  }
  const lengths = findLengths((length) => void outputShape([length, dimensions]), fixed);
  // An all-zero row counts as no word, but one that is passed over is known by its row.
  const orNone = <R extends number | null | "drop">(row: R) => {
    if (typeof row !== "number" || isPadding?.(row)) return row;
    return isZero(vectors, row) ? null : row;
  };
  const { unknown, padding } = settings;
  const rows = {
    ...settings,
    unknown: orNone(unknown),
    padding: orNone(padding),
    exactCase: text.exactCase,
  };
  const encoder = new RowEncoder(text.rows, rows, lengths);
  const names = weightNames(taken, weights);
  const made = {
    weightedLayers: names.length,
    shuffled: (random: Random, layers?: number) =>
      layeredModel(path, { ...parts, weights: shuffleWeights(names, weights, random, layers) }),
    classes: classNames(classes?.value, output[0]),
    layers: layers.map(({ layer }) => layer),
    vectors,
    encoder,
    lengths,
    reader: text.reader,
    notes: text.notes,
    ...(isPadding && layers.some(({ withMask }) => withMask) && {
      isPadding,
      layersFor: (mask: Uint8Array) => layersWithMask(layers, mask),
    }),
  };
  const pooled = maxPooledLayers(made.layers, dimensions);
  return pooled ? new MaxPooledTfjsModel(made, pooled) : new LayeredTfjsModel(made);
}

/** Sees that the library can run a model. */
function runOnce(predictor: Predictor, rows: Int32Array): Float32Array {
  try {
    return predictor.predict(rows, 1);
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw new SyntaxError(`Cannot run the model: ${reasonOf(error)}`);
  }
}

async function scoringModel(parts: Parts, limitation: string): Promise<ScoringTfjsModel> {
  const { modelTopology, model, text } = parts;
  const { fixed, classes, settings, exactCase } = text;
  checkConnections(model);
  checkSizes(model, parts.weights);
  const embeddings = findEmbeddings(model, parts.weights);
  const zeroRow = embeddings[0]!.weight.shape[0]!;
  const weights = addZeroRow(embeddings, parts.weights);
  const predictor = await loadPredictor(modelTopology, weights);
  try {
    const lengths = findLengths(predictor.checkLength, fixed);
    const trial = runOnce(predictor, new Int32Array(lengths.min).fill(zeroRow));
    return new ScoringTfjsModel({
      ...classesOf(classes?.value, trial.length),
      limitation,
      predictor,
      zeroRow,
      encoder: new RowEncoder(text.rows, { ...settings, exactCase }, lengths),
      reader: text.reader,
      notes: text.notes,
    });
  } catch (error) {
    predictor.dispose();
    throw error;
  }
}

/** Takes a softmax or sigmoid off the end of a model, which must have only one. */
function takeOffEnd(model: LayerSpec): string | undefined {
  try {
    return takeOffProbabilities(model);
  } catch (error) {
    if (!(error instanceof UnsupportedLayer)) throw error;
    throw new SyntaxError(`Cannot use the model: ${error.message}`);
  }
}

/** The steps of a model, or why there are none. */
function findPath(model: LayerSpec): { path?: Path; limitation?: string } {
  try {
    return { path: modelPath(model) };
  } catch (error) {
    if (error instanceof UnsupportedLayer) return { limitation: error.message };
    throw error;
  }
}

/**
 * Loads a TensorFlow.js LayersModel: `model.json` with its weight files, and beside it
 * `vocabulary.json` (`{"word": row of the Embedding, …}`), `classes.json` (`["name", …]`) and
 * `text.json` ({@linkcode TextSettings}), unless what these say is given. Words and classes are also
 * taken under other names and in the other shapes in which programs write them: `word_index.json`,
 * `tokenizer.json` of Keras, lists, tables the other way round. Where the folder holds `SHA256SUMS`,
 * every file is checked against it.
 *
 * Models made of Embedding, Masking, LSTM, GRU, SimpleRNN, Bidirectional, TimeDistributed, Conv1D,
 * SeparableConv1D, (Global)MaxPooling1D, (Global)AveragePooling1D, Dense, Flatten, BatchNormalization,
 * Dropout, Concatenate, Add, Average, Multiply and the usual activations become layers, whatever their arrangement behind and beside each
 * other. Where these make a max-pooled convolution, the model is a {@linkcode MaxPooledTfjsModel},
 * which is explained far faster. Any other model, with whatever layers the library itself can run, is
 * run by it and gives scores only; its `limitation` names what stands in the way. A softmax or sigmoid
 * at the end is taken
 * off: scores are what comes before it. A single output with two named classes becomes −z/2 and
 * z/2.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If `model.json`, weights or the vocabulary are missing.
 * @throws {SyntaxError} If a file is damaged or makes no sense.
 */
export async function loadTfjsModel(
  source: TfjsSource,
  options: TfjsOptions = {},
  resources: TokenizerResources = {},
): Promise<LayeredTfjsModel | ScoringTfjsModel> {
  let parts = await readParts(source, options, resources);
  const removed = takeOffEnd(parts.model);
  let { path, limitation } = findPath(parts.model);
  if (path && removed !== "softmax" && parts.text.classes?.value.length === 2) {
    parts = { ...parts, weights: splitUnit(path, parts.weights) ?? parts.weights };
  }
  if (path) {
    try {
      return layeredModel(path, parts);
    } catch (error) {
      if (!(error instanceof UnsupportedLayer)) throw error;
      limitation = error.message;
    }
  }
  return await scoringModel(parts, limitation!);
}

/**
 * Loads a TensorFlow.js LayersModel that must be made of layers that are known here; otherwise as
 * {@linkcode loadTfjsModel}.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @param resources Where the tokenizer may look for tables.
 * @returns The model.
 * @throws {TypeError} If a layer is not supported; the message names it.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If a file is damaged or makes no sense.
 */
export async function loadLayeredTfjsModel(
  source: TfjsSource,
  options: TfjsOptions = {},
  resources: TokenizerResources = {},
): Promise<LayeredTfjsModel> {
  const model = await loadTfjsModel(source, options, resources);
  if (model instanceof LayeredTfjsModel) return model;
  model.dispose();
  throw new TypeError(`Cannot show the layers of the model: ${model.limitation}`);
}
