import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import {
  averageOverTime,
  bidirectional,
  type Cell,
  dense,
  gruCell,
  type Layer,
  lstmCell,
  maxOverTime,
  recurrent,
} from "../../layers/mod.ts";
import type { LayeredModel, ScoresAndGradients } from "../../model.ts";
import { activations, backThrough } from "../../network.ts";
import type { Random } from "../../random.ts";
import { shuffledWeights } from "../../shuffled_weights.ts";
import { scoreTexts } from "../coalition_texts.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import {
  checkedRows,
  type RowsInput,
  rowsInput,
  vectorsInput,
  withoutWords,
  withVectors,
} from "../rows_input.ts";
import type { Vocabulary } from "../word_cnn/vocabulary.ts";
import {
  checkRecurrentWeights,
  type Direction,
  type RecurrentParameters,
  type RecurrentShape,
  recurrentShapes,
  type RecurrentWeights,
} from "./parameters.ts";

function cellOf(
  { cell, units }: Pick<RecurrentShape, "cell" | "units">,
  weights: RecurrentWeights,
  direction: Direction,
): Cell {
  const own = {
    units,
    kernel: weights[`${direction}Kernel`]!,
    recurrentKernel: weights[`${direction}RecurrentKernel`]!,
    bias: weights[`${direction}Bias`]!,
  };
  return cell === "lstm" ? lstmCell(own) : gruCell(own, true);
}

function layersOf(shape: RecurrentShape, weights: RecurrentWeights): readonly Layer[] {
  const options = { returnSequences: true };
  const forward = cellOf(shape, weights, "forward");
  return [
    shape.bidirectional
      ? bidirectional(forward, cellOf(shape, weights, "backward"), options, `bi${shape.cell}`)
      : recurrent(forward, options, shape.cell),
    shape.readout === "max" ? maxOverTime() : averageOverTime("mean"),
    dense(weights.denseWeights!, weights.denseBias!),
  ];
}

/**
 * A recurrent text classifier: word vectors, an LSTM (Hochreiter and Schmidhuber 1997) or a GRU (Cho
 * et al. 2014) in one direction or both, the largest state of each unit over all words or their mean
 * (Conneau et al. 2017), and a dense layer. A word without a vector is the zero vector, the same as a
 * deleted word.
 */
export class RecurrentClassifier implements LayeredModel<RowsInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  /** The sizes. */
  readonly shape: RecurrentShape;
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Their vectors. */
  readonly vectors: EmbeddingTable;
  /** The learned numbers; must not be changed. */
  readonly weights: RecurrentWeights;
  /** How it reads texts. */
  readonly reader: TextReader;
  /** Numbers per word (D). */
  readonly dimensions: number;

  /**
   * Makes a model.
   *
   * @param parameters What it is made of; kept, not copied.
   * @throws {RangeError} If sizes do not fit together.
   * @throws {TypeError} If float32 and float64 weights are mixed.
   */
  constructor(parameters: RecurrentParameters) {
    const { classes, vocabulary, vectors, weights, reader = plainReader } = parameters;
    const { cell, units, bidirectional, readout } = parameters;
    this.classes = classes;
    this.vocabulary = vocabulary;
    this.vectors = vectors;
    this.weights = weights;
    this.reader = reader;
    this.dimensions = vectors.dimensions;
    this.shape = {
      cell,
      units,
      bidirectional,
      readout,
      dimensions: vectors.dimensions,
      classes: classes.length,
    };
    checkRecurrentWeights(weights, this.shape);
    if (vocabulary.size !== vectors.size) {
      throw new RangeError(
        `Cannot make a recurrent classifier: ${vocabulary.size} words have ${vectors.size} vectors`,
      );
    }
    this.layers = layersOf(this.shape, weights);
  }

  read(text: string, about?: AboutText): Document {
    return this.reader.read(text, about);
  }

  encode({ tokens }: Document): RowsInput {
    return this.inputFromRows(tokens.map(({ text }) => this.vocabulary.row(text)));
  }

  /**
   * Makes an input of words that are known by their rows.
   *
   * @param rows Rows of the vocabulary in text order, −1 for the zero vector; copied. Of no words the
   * input is one zero vector.
   * @returns The input.
   * @throws {RangeError} If a row is out of range.
   */
  inputFromRows(rows: ArrayLike<number>): RowsInput {
    return rowsInput(checkedRows(rows, Math.max(1, rows.length), this.vectors.size), this.vectors);
  }

  /**
   * Makes an input of any word vectors.
   *
   * @param vectors Row-major, shape [T, D]; kept, not copied. Of no words it is one zero vector.
   * @returns The input.
   * @throws {RangeError} If the numbers do not make whole rows.
   */
  inputFromVectors(vectors: FloatArray): RowsInput {
    return vectorsInput(vectors, this.dimensions, 1);
  }

  layerInput(input: RowsInput): Tensor {
    return tensor(input.vectors, [input.length, this.dimensions]);
  }

  scores(input: RowsInput, coalitions?: Coalitions): FloatArray {
    const first = this.layerInput(input);
    if (coalitions) return scoreTexts(this.layers, first, coalitions, this.classes.length);
    return activations(this.layers, first).at(-1)!.data;
  }

  gradient(input: RowsInput, weights: FloatArray): FloatArray {
    return this.scoresAndGradients(input, [weights]).gradients[0]!;
  }

  scoresAndGradients(input: RowsInput, weights: readonly FloatArray[]): ScoresAndGradients {
    const values = activations(this.layers, this.layerInput(input));
    const output = values.at(-1)!;
    const gradients = weights.map((list) => {
      const data = zerosLike(output.data, list.length);
      data.set(list);
      return backThrough(this.layers, values, { shape: output.shape, data }).data;
    });
    return { scores: output.data, gradients };
  }

  readonly weightedLayers = 2;

  withShuffledWeights(random: Random, layers = this.weightedLayers): RecurrentClassifier {
    const names = recurrentShapes(this.shape).map(([name]) => name);
    const groups = Object.values(Object.groupBy(names, (name) => String(/^dense/.test(name))));
    const shuffled = shuffledWeights(
      groups.map((group) => group!.map((name) => this.weights[name]!)),
      random,
      layers,
    );
    const entries = groups.flatMap((group, l) =>
      group!.map((name, i) => [name, shuffled[l]![i]!] as const)
    );
    const { classes, vocabulary, vectors, reader, shape } = this;
    const weights = Object.fromEntries(entries);
    return new RecurrentClassifier({ ...shape, classes, vocabulary, vectors, reader, weights });
  }

  knownWords({ rows }: RowsInput): (string | undefined)[] | undefined {
    return rows && Array.from(rows, (row) => this.vocabulary.words[row]);
  }

  withVectors(input: RowsInput, vectors: FloatArray): RowsInput {
    return withVectors(input, vectors);
  }

  withoutWords(input: RowsInput, positions: Iterable<number>): RowsInput {
    return withoutWords(input, positions, this.vectors);
  }
}
