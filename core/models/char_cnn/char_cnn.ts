import type { Coalitions } from "../../coalitions.ts";
import type { Document, UnseenSpan } from "../../document.ts";
import { conv1d, dense, type Layer, maxOverTime, relu } from "../../layers/mod.ts";
import { type MaxPooledLayers, maxPooledLayers } from "../../max_pooled_layers.ts";
import type { FilterBank, LaidOut, MaxPooledModel, Winnings } from "../../max_pooled_model.ts";
import type { ScoresAndGradients } from "../../model.ts";
import type { Random } from "../../random.ts";
import { shuffledWeights } from "../../shuffled_weights.ts";
import { type FloatArray, type Tensor, tensor, zerosLike } from "../../tensor.ts";
import { type AboutText, plainReader, type TextReader } from "../../text_reader.ts";
import type { EmbeddingTable } from "../embedding_table.ts";
import { gradientsOf, WinningsReader } from "../max_pooled/winnings.ts";
import { rowsInput, withoutWords } from "../rows_input.ts";
import { checkWeights, type NetworkWeights } from "../word_cnn/parameters.ts";
import type { Vocabulary } from "../word_cnn/vocabulary.ts";
import { charactersOf, type CharInput, toCharacters, wordsOfRows } from "./char_input.ts";
import { DeletableText } from "./deletable_text.ts";
import { Spelling } from "./spelling.ts";

/** What a char-CNN is made of. */
export interface CharCnnParameters extends NetworkWeights {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The characters that it knows; those that it knows in lower case only are read in lower case. */
  readonly alphabet: Vocabulary;
  /** Their vectors, shape [A, D]. */
  readonly vectors: EmbeddingTable;
  /** How many characters a filter spans. */
  readonly width: number;
  /** Most characters of a word that are seen, the blank after it included. */
  readonly wordLength: number;
  /** Whether a blank follows each word, which belongs to it. @default {true} */
  readonly blanks?: boolean;
  /** How it reads texts. @default {words are what blanks separate} */
  readonly reader?: TextReader;
}

/**
 * A text classifier that sees characters, after Zhang et al. 2015 (arXiv:1509.01626) in small: the vectors
 * of the characters in text order, a convolution over several of them, ReLU, maximum over the text, a
 * dense layer.
 *
 * Its words are the words of its tokenizer, each followed by a blank, and the vector of a word is that
 * of its characters side by side. So everything that is told of words holds for it as for a
 * word-CNN: a word's relevance is the sum over its characters, and to delete a word is to delete its
 * characters, the blank after it too: they become zero vectors.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { CharCnn } from "@heatword/core/char-cnn";
 * import { plainVectors, Vocabulary } from "@heatword/core/word-cnn";
 * import { gradientInput } from "@heatword/explainers/gradient-input";
 * import { assertEquals } from "@std/assert";
 *
 * // One number a character, and one filter, which looks for "ab".
 * const model = new CharCnn({
 *   classes: ["ab", "other"],
 *   alphabet: new Vocabulary(["a", "b", " "]),
 *   vectors: plainVectors(Float64Array.of(1, 2, -1), 1),
 *   width: 2,
 *   wordLength: 4,
 *   convolutionWeights: Float64Array.of(1, 1),
 *   convolutionBias: Float64Array.of(0),
 *   denseWeights: Float64Array.of(1, -1),
 *   denseBias: Float64Array.of(0, 0),
 * });
 * const input = model.encode(model.read("ba ab"));
 * assertEquals([...model.scores(input)], [3, -3]);
 * // "ba" comes first of the two windows with 2 + 1.
 * assertEquals([...(await explain(gradientInput, model, input, 0)).words], [3, 0]);
 * ```
 */
export class CharCnn implements MaxPooledModel<CharInput> {
  readonly classes: readonly string[];
  readonly layers: readonly Layer[];
  readonly filterBank: FilterBank;
  /** What it is made of; must not be changed. */
  readonly parameters: Required<CharCnnParameters>;
  /** How it reads texts. */
  readonly reader: TextReader;
  readonly #spelling: Spelling;
  readonly #pooled: MaxPooledLayers;
  readonly #winnings: WinningsReader;
  /** The text whose coalitions were scored last. */
  #deletable: { readonly input: CharInput; readonly text: DeletableText } | undefined;

  /**
   * Makes a model.
   *
   * @param parameters What it is made of; kept, not copied.
   * @throws {RangeError} If sizes do not fit together.
   * @throws {TypeError} If float32 and float64 weights are mixed.
   */
  constructor(parameters: CharCnnParameters) {
    const { blanks = true, reader = plainReader } = parameters;
    this.parameters = { ...parameters, blanks, reader };
    const { classes, alphabet, vectors, width, wordLength, ...weights } = this.parameters;
    this.classes = classes;
    this.reader = reader;
    this.#spelling = new Spelling({ alphabet, wordLength, blanks });
    if (alphabet.size !== vectors.size) {
      throw new RangeError(
        `Cannot make a char-CNN: ${alphabet.size} characters have ${vectors.size} vectors`,
      );
    }
    const { convolutionWeights, convolutionBias, denseWeights, denseBias } = weights;
    const filters = convolutionBias.length;
    checkWeights({ convolutionWeights, convolutionBias, denseWeights, denseBias }, {
      dimensions: vectors.dimensions,
      filters,
      classes: classes.length,
      convolutions: [{ width, filters }],
    });
    this.layers = [
      conv1d(convolutionWeights, convolutionBias, width),
      maxOverTime(),
      relu(),
      dense(denseWeights, denseBias),
    ];
    this.#pooled = maxPooledLayers(this.layers, vectors.dimensions)!;
    this.filterBank = this.#pooled.filterBank;
    this.#winnings = new WinningsReader(this.#pooled, vectors);
  }

  /**
   * Reads a text. Of words that are longer than it can spell, the characters beyond are noted as
   * unseen.
   *
   * @param text The text.
   * @param about Its name and class, where they are known.
   */
  read(text: string, about?: AboutText): Document {
    const document = this.reader.read(text, about);
    const cut: UnseenSpan[] = [];
    const tokens = document.tokens.map((token) => {
      const seen = this.#spelling.seen(token.text);
      // Where the tokenizer rewrote a word, its characters have no places of their own.
      if (seen === token.text || token.text.length !== token.end - token.start) return token;
      const end = token.start + seen.length;
      cut.push({ start: end, end: token.end, reason: "filtered" });
      return { text: seen, start: token.start, end };
    });
    if (cut.length === 0) return document;
    const unseen = [...(document.unseen ?? []), ...cut].sort((a, b) => a.start - b.start);
    return { ...document, tokens, unseen };
  }

  encode({ tokens }: Pick<Document, "tokens">): CharInput {
    const { wordLength, width, vectors } = this.parameters;
    const { rows, places } = this.#spelling.spell(tokens.map(({ text }) => text));
    const known = new Uint8Array(tokens.length);
    const blank = this.#spelling.room;
    const at = (i: number) => Math.floor(places[i]! / wordLength);
    for (let i = 0; i < rows.length; i++) {
      const isOwn = !this.parameters.blanks ||
        at(i) === at(i + 1) && places[i]! % wordLength < blank;
      if (isOwn && rows[i]! >= 0) known[at(i)] = 1;
    }
    const unknown = [...known.keys()].filter((t) => known[t] === 0);
    // Texts that are shorter than a filter are filled up with words that are not there.
    const missing = Math.max(0, width - rows.length);
    const length = Math.max(1, tokens.length + Math.ceil(missing / wordLength));
    const filler = Int32Array.from({ length: missing }, (_, i) => tokens.length * wordLength + i);
    const all = missing === 0 ? { rows, places } : {
      rows: Int32Array.of(...rows, ...filler.map(() => -1)),
      places: Int32Array.of(...places, ...filler),
    };
    return wordsOfRows(all.rows, all.places, length, wordLength, vectors, unknown);
  }

  layerInput({ vectors, length, dimensions }: CharInput): Tensor {
    return tensor(vectors, [length, dimensions]);
  }

  layersFor({ places }: CharInput): readonly Layer[] {
    if (places === undefined) return this.layers;
    return [toCharacters(places, this.parameters.wordLength), ...this.layers];
  }

  laidOut(input: CharInput): LaidOut<CharInput> | undefined {
    const { places, rows } = input;
    if (places === undefined) return undefined;
    const { wordLength, vectors } = this.parameters;
    const { length } = places;
    if (rows) return { input: rowsInput(rows, vectors), order: places, parts: wordLength };
    const { data } = toCharacters(places, wordLength).forward(this.layerInput(input));
    const { dimensions } = vectors;
    return { input: { length, dimensions, vectors: data }, order: places, parts: wordLength };
  }

  #characters(input: CharInput): CharInput {
    return this.laidOut(input)?.input ?? input;
  }

  winnings(input: CharInput): Winnings {
    if (input.places) {
      throw new RangeError(
        "Cannot tell what filters make of words: the words must be laid out as characters first",
      );
    }
    return this.#winnings.read(input);
  }

  wordParts(input: CharInput): Float64Array[] {
    const { data, shape } = this.layerInput(this.#characters(input));
    return this.#pooled.wordParts({ shape, data: Float64Array.from(data) });
  }

  scores(input: CharInput, coalitions?: Coalitions): FloatArray {
    const characters = this.#characters(input);
    if (coalitions === undefined) return this.winnings(characters).scores;
    if (this.#deletable?.input !== input) {
      const network = { bank: this.filterBank, characters: this.#winnings.project(characters) };
      this.#deletable = { input, text: new DeletableText(network) };
    }
    const { text } = this.#deletable;
    const classes = this.classes.length;
    const scores = zerosLike(this.parameters.denseBias, coalitions.size * classes);
    for (let m = 0; m < coalitions.size; m++) {
      const gone = new Uint8Array(characters.length);
      for (const i of this.#deletedCharacters(input, coalitions.deleted(m))) gone[i] = 1;
      scores.set(text.scores(gone), m * classes);
    }
    return scores;
  }

  #deletedCharacters({ places }: CharInput, words: readonly number[]): readonly number[] {
    return places ? charactersOf(places, this.parameters.wordLength, words) : words;
  }

  gradient(input: CharInput, weights: FloatArray): FloatArray {
    return this.scoresAndGradients(input, [weights]).gradients[0]!;
  }

  scoresAndGradients(input: CharInput, weights: readonly FloatArray[]): ScoresAndGradients {
    const { places } = input;
    const characters = this.#characters(input);
    const found = gradientsOf(this.winnings(characters), this.filterBank, weights);
    if (places === undefined) return found;
    const layer = toCharacters(places, this.parameters.wordLength);
    const shape = [input.length, input.dimensions];
    const like = { shape, data: found.gradients[0] ?? new Float32Array() };
    const gradients = found.gradients.map((data) =>
      layer.backward(like, tensor(data, [places.length, this.parameters.vectors.dimensions])).data
    );
    return { ...found, gradients };
  }

  readonly weightedLayers = 2;

  withShuffledWeights(random: Random, layers = this.weightedLayers): CharCnn {
    const { convolutionWeights, convolutionBias, denseWeights, denseBias } = this.parameters;
    const [convolution, dense] = shuffledWeights(
      [[convolutionWeights, convolutionBias], [denseWeights, denseBias]],
      random,
      layers,
    );
    return new CharCnn({
      ...this.parameters,
      convolutionWeights: convolution![0]!,
      convolutionBias: convolution![1]!,
      denseWeights: dense![0]!,
      denseBias: dense![1]!,
    });
  }

  withVectors(input: CharInput, vectors: FloatArray): CharInput {
    const { length, dimensions, places, unknown } = input;
    if (vectors.length !== length * dimensions) {
      throw new RangeError(`Cannot replace ${length * dimensions} numbers by ${vectors.length}`);
    }
    return { length, dimensions, vectors, ...(places && { places }), ...(unknown && { unknown }) };
  }

  withoutWords(input: CharInput, positions: Iterable<number>): CharInput {
    const { rows, places, length, unknown } = input;
    const { wordLength, vectors } = this.parameters;
    if (rows === undefined || places === undefined) {
      return { ...withoutWords(input, positions, vectors), ...(places && { places }) };
    }
    const left = rows.slice();
    for (const i of charactersOf(places, wordLength, positions)) left[i] = -1;
    return wordsOfRows(left, places, length, wordLength, vectors, unknown);
  }

  /** What each word is to the model: its characters as it knows them. */
  knownWords(
    { rows, places, length, unknown = [] }: CharInput,
  ): (string | undefined)[] | undefined {
    if (rows === undefined) return undefined;
    const { alphabet, wordLength } = this.parameters;
    const spelled = Array.from({ length }, () => "");
    rows.forEach((row, i) => {
      const t = places ? Math.floor(places[i]! / wordLength) : i;
      if (row >= 0) spelled[t] = `${spelled[t]}${alphabet.words[row]}`;
    });
    return spelled.map((name, t) => {
      const word = places && this.parameters.blanks ? name.trimEnd() : name;
      return word === "" || unknown.includes(t) ? undefined : word;
    });
  }
}
