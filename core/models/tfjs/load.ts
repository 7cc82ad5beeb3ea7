import { plainVectors, type WordVectors } from "../word_vectors.ts";
import { type Shape, TooShort } from "./_layers.ts";
import { checkConnections, checkSizes } from "./_before_library.ts";
import { buildPath } from "./_path.ts";
import { loadPredictor, type Predictor } from "./_predictor.ts";
import { decodeJson, MIB, ModelFileReader, type TfjsSource } from "./_source.ts";
import {
  addZeroRow,
  findEmbeddings,
  inputLength,
  splitUnit,
  takeOffProbabilities,
  topModel,
} from "./_surgery.ts";
import { type LayerSpec, modelPath, type Path, UnsupportedLayer } from "./_topology.ts";
import { readManifest, readWeights, type Weights } from "./_weights.ts";
import {
  type Lengths,
  readClasses,
  readTextSettings,
  readVocabulary,
  RowEncoder,
  type TextSettings,
  type WordRows,
} from "./_words.ts";
import { LayeredTfjsModel } from "./layered_tfjs_model.ts";
import { ScoringTfjsModel } from "./scoring_tfjs_model.ts";

/** What a LayersModel does not say itself; what is not given is read from files beside it. */
export interface TfjsOptions extends TextSettings {
  /** The names of the classes. @default {those of `classes.json`, else `"0"`, `"1"`, …} */
  readonly classes?: readonly string[];
  /** The row of the Embedding of each word. @default {that of `vocabulary.json`} */
  readonly vocabulary?: WordRows;
}

/** The longest text that is tried when the least length of inputs is looked for. */
const LONGEST = 2 ** 20;

/** The least length that is enough, by doubling and halving. */
function leastLength(isEnough: (length: number) => boolean, most: number): number | undefined {
  let enough = 1;
  while (!isEnough(enough)) {
    if (enough >= most) return undefined;
    enough *= 2;
  }
  let less = enough >> 1;
  while (enough - less > 1) {
    const middle = (enough + less) >> 1;
    if (isEnough(middle)) enough = middle;
    else less = middle;
  }
  return enough;
}

/** What both kinds of models are made from. */
interface Parts {
  readonly modelTopology: object;
  readonly model: LayerSpec;
  readonly weights: Weights;
  readonly fixed: number | undefined;
  readonly classes: readonly string[] | undefined;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly settings: Required<TextSettings>;
}

/** The names of the classes, one for each output. */
function classNames(names: readonly string[] | undefined, outputs: number): readonly string[] {
  if (names === undefined) return Array.from({ length: outputs }, (_, c) => String(c));
  if (names.length === outputs) return names;
  throw new SyntaxError(
    `Cannot use the model: it has ${outputs} outputs, but ${names.length} classes are named`,
  );
}

function layeredLengths(
  outputShape: (input: Shape) => Shape,
  fixed: number | undefined,
  dimensions: number,
): Lengths {
  const isEnough = (length: number) => {
    try {
      outputShape([length, dimensions]);
      return true;
    } catch (error) {
      if (error instanceof TooShort) return false;
      throw error;
    }
  };
  const least = fixed === undefined ? leastLength(isEnough, LONGEST) : fixed;
  if (least === undefined || !isEnough(least)) throw new TooShort(fixed ?? LONGEST);
  return { least, fixed };
}

function isZero(vectors: WordVectors, row: number): boolean {
  const vector = new Float32Array(vectors.dimensions);
  vectors.copyRow(row, vector, 0);
  return vector.every((value) => value === 0);
}

function layeredModel(path: Path, parts: Parts): LayeredTfjsModel {
  const { weights, fixed, settings, vocabulary, classes } = parts;
  const [first, ...rest] = path;
  if (first?.branches !== undefined || first?.spec.className !== "Embedding") {
    throw new UnsupportedLayer("words enter it through something else than one Embedding");
  }
  const { config, name } = first.spec;
  if (config.mask_zero === true) {
    throw new UnsupportedLayer(`layer "${name}" is of type "Embedding" with mask_zero`);
  }
  if (fixed !== undefined && settings.paddingSide === "pre") {
    throw new UnsupportedLayer("its texts are filled up on the side before the words");
  }
  const [embedding] = findEmbeddings(parts.model, weights);
  const dimensions = embedding!.weight.shape[1]!;
  const { layers, outputShape } = buildPath(rest, weights, [fixed, dimensions]);
  const output = outputShape([fixed, dimensions]);
  if (output.length !== 1 || output[0] === undefined) {
    throw new SyntaxError('Cannot read "model.json": the output of the model is no row of scores');
  }
  const lengths = layeredLengths(outputShape, fixed, dimensions);
  const vectors = plainVectors(embedding!.weight.data, dimensions);
  // A row of zeros is no word: it is told as none.
  const orNone = (row: number | null) => {
    return row !== null && isZero(vectors, row) ? null : row;
  };
  const { unknown, padding } = settings;
  const rows = { ...settings, unknown: orNone(unknown), padding: orNone(padding) };
  return new LayeredTfjsModel({
    classes: classNames(classes, output[0]),
    layers: layers.map(({ layer }) => layer),
    vectors,
    encoder: new RowEncoder(vocabulary, rows, lengths),
    lengths,
  });
}

/** The least length that the library takes, by trying. */
function scoringLengths(predictor: Predictor, fixed: number | undefined): Lengths {
  let last: unknown;
  const isEnough = (length: number) => {
    try {
      predictor.predict(new Int32Array(length));
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      last = error;
      return false;
    }
  };
  const least = fixed === undefined ? leastLength(isEnough, 1024) : isEnough(fixed) && fixed;
  if (least) return { least, fixed };
  throw new SyntaxError(`Cannot run the model: ${(last as Error).message}`);
}

async function scoringModel(parts: Parts, lacks: string): Promise<ScoringTfjsModel> {
  const { modelTopology, model, fixed, classes, vocabulary, settings } = parts;
  checkConnections(model);
  checkSizes(model, parts.weights);
  const embeddings = findEmbeddings(model, parts.weights);
  const zeroRow = embeddings[0]!.weight.shape[0]!;
  const weights = addZeroRow(embeddings, parts.weights);
  const predictor = await loadPredictor(modelTopology, weights);
  try {
    const lengths = scoringLengths(predictor, fixed);
    const trial = predictor.predict(new Int32Array(lengths.least).fill(zeroRow));
    return new ScoringTfjsModel({
      classes: classNames(classes, trial.length),
      lacks,
      predictor,
      zeroRow,
      paddingSide: settings.paddingSide,
      encoder: new RowEncoder(vocabulary, settings, lengths),
      lengths,
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
function findPath(model: LayerSpec): { path?: Path; lacks?: string } {
  try {
    return { path: modelPath(model) };
  } catch (error) {
    if (error instanceof UnsupportedLayer) return { lacks: error.message };
    throw error;
  }
}

async function readParts(source: TfjsSource, options: TfjsOptions): Promise<Parts> {
  const reader = await ModelFileReader.open(source);
  const json = decodeJson(await reader.read("model.json", 64 * MIB), "model.json");
  const { format = "layers-model", modelTopology, weightsManifest } = json as Record<
    string,
    unknown
  >;
  if (format !== "layers-model") {
    throw new SyntaxError(
      `Cannot read "model.json": its format is "${format}", not "layers-model"`,
    );
  }
  const model = topModel(modelTopology);
  const weights = await readWeights(reader, readManifest(weightsManifest));
  const rows = findEmbeddings(model, weights)[0]!.weight.shape[0]!;
  const vocabulary = await readVocabulary(reader, rows, options.vocabulary);
  const { unknown, padding, paddingSide } = options;
  const given = Object.fromEntries(
    Object.entries({ unknown, padding, paddingSide }).filter(([, value]) => value !== undefined),
  );
  return {
    modelTopology: modelTopology as object,
    model,
    weights,
    fixed: inputLength(model),
    classes: await readClasses(reader, options.classes),
    vocabulary,
    settings: await readTextSettings(reader, vocabulary, rows, given),
  };
}

/**
 * Loads a TensorFlow.js LayersModel: `model.json` with its weight files, and beside it
 * `vocabulary.json` (`{"word": row of the Embedding, …}`), `classes.json` (`["name", …]`) and
 * `text.json` ({@linkcode TextSettings}), unless what these say is given. Where the folder holds
 * `SHA256SUMS`, every file is checked against it.
 *
 * Models made of Embedding, Conv1D, (Global)MaxPooling1D, (Global)AveragePooling1D, Dense, Flatten,
 * Dropout, Concatenate and the activations linear, ReLU, tanh and sigmoid become layers, whatever
 * their arrangement behind and beside each other. Any other model is run by the library and gives
 * scores only; its `lacks` names what stands in the way. A softmax or sigmoid at the end is taken
 * off: scores are what comes before it. A single output with two named classes becomes −z/2 and
 * z/2.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If `model.json`, weights or the vocabulary are missing.
 * @throws {SyntaxError} If a file is damaged or makes no sense.
 */
export async function loadTfjsModel(
  source: TfjsSource,
  options: TfjsOptions = {},
): Promise<LayeredTfjsModel | ScoringTfjsModel> {
  let parts = await readParts(source, options);
  const removed = takeOffEnd(parts.model);
  let { path, lacks } = findPath(parts.model);
  if (path && removed !== "softmax" && parts.classes?.length === 2) {
    parts = { ...parts, weights: splitUnit(path, parts.weights) ?? parts.weights };
  }
  if (path) {
    try {
      return layeredModel(path, parts);
    } catch (error) {
      if (!(error instanceof UnsupportedLayer)) throw error;
      lacks = error.message;
    }
  }
  return await scoringModel(parts, lacks!);
}

/**
 * Loads a TensorFlow.js LayersModel that must be made of layers that are known here; otherwise as
 * {@linkcode loadTfjsModel}.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options What the files beside the model do not say.
 * @returns The model.
 * @throws {TypeError} If a layer is not supported; the message names it.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If a file is damaged or makes no sense.
 */
export async function loadLayeredTfjsModel(
  source: TfjsSource,
  options: TfjsOptions = {},
): Promise<LayeredTfjsModel> {
  const model = await loadTfjsModel(source, options);
  if (model instanceof LayeredTfjsModel) return model;
  model.dispose();
  throw new TypeError(`Cannot show the layers of the model: ${model.lacks}`);
}
