import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Model } from "../../model.ts";
import type { FloatArray } from "../../tensor.ts";
import { type AboutText, readText, type TextReader } from "../../text_reader.ts";
import { type OnnxInput, rowsOf, without } from "./_onnx_input.ts";
import type { Piece } from "./_pieces.ts";
import type { RowScorer } from "./_scorer.ts";
import type { SubwordTokenizer } from "./_subwords.ts";
import { ownersOf, unitsOf } from "./_words.ts";

/** All that an {@linkcode OnnxModel} is made of. */
export interface OnnxParts {
  readonly classes: readonly string[];
  readonly tokenizer: SubwordTokenizer;
  /** Cuts texts into words, which the tokens are put together to. */
  readonly reader: TextReader;
  readonly scorer: RowScorer;
  /** Most tokens, special ones included. */
  readonly maxTokens: number;
  /** The id that takes the place of those of deleted words; without it they are taken out. */
  readonly mask?: number;
  /** The id that stands for a text of no token, where there are no special ones. */
  readonly pad: number;
  /** Whether the only score is turned into two, of a class that does not hold and of one that does. */
  readonly isSingle: boolean;
  readonly notes: readonly string[];
  readonly batchSize: number;
  readonly close: () => Promise<void>;
}

/** A text as the tokenizer cuts it, and which of its tokens the model takes. */
interface Cut {
  readonly ids: readonly number[];
  readonly pieces: readonly Piece[];
  readonly from: number;
  readonly to: number;
}

/**
 * A transformer in ONNX that the ONNX runtime runs: it gives scores only, for explainers that ask for
 * no more. Its words are put together of the tokens of its own tokenizer; a deleted word is one whose
 * tokens are taken out, or masked.
 */
export class OnnxModel implements Model<OnnxInput> {
  readonly classes: readonly string[];
  readonly limitation = "it is an ONNX model, which gives scores alone";
  readonly notes: readonly string[];
  readonly batchSize: number;
  /** The last digits of scores may depend on which rows share a batch. */
  readonly walksCoalitions = true;
  readonly reader: TextReader;
  /** Most tokens that it takes of a text, special ones included. */
  readonly maxTokens: number;
  readonly #parts: OnnxParts;
  readonly #inputs = new WeakMap<Document, OnnxInput>();

  /** Made by {@linkcode loadOnnxModel}. */
  constructor(parts: OnnxParts) {
    this.classes = parts.classes;
    this.notes = parts.notes;
    this.batchSize = parts.batchSize;
    this.reader = parts.reader;
    this.maxTokens = parts.maxTokens;
    this.#parts = parts;
  }

  /** Cuts a text, as far as the model takes it. */
  #cut(text: string): Cut {
    const { tokenizer, maxTokens } = this.#parts;
    const { ids, pieces } = tokenizer.cut(text);
    const { before, after } = tokenizer.around;
    const room = Math.min(ids.length, Math.max(0, maxTokens - before.length - after.length));
    const isFront = tokenizer.truncatingSide === "pre";
    return isFront
      ? { ids, pieces, from: ids.length - room, to: ids.length }
      : { ids, pieces, from: 0, to: room };
  }

  read(text: string, about?: AboutText): Document {
    const { reader, tokenizer } = this.#parts;
    const { tokens } = reader.read(text);
    const cut = this.#cut(text);
    const words = unitsOf(text, tokens, cut.pieces);
    const owners = ownersOf(words, cut.pieces);
    const seen = new Set(owners.subarray(cut.from, cut.to));
    seen.delete(-1);
    const limit = { maxWords: seen.size, truncatingSide: tokenizer.truncatingSide };
    const document = readText(() => ({ tokens: words }), text, limit, about);
    this.#inputs.set(document, this.#input(document, cut));
    return document;
  }

  encode(document: Document): OnnxInput {
    let input = this.#inputs.get(document);
    if (input === undefined) {
      input = this.#input(document, this.#cut(document.text));
      this.#inputs.set(document, input);
    }
    return input;
  }

  #input({ tokens }: Document, { ids, pieces, from, to }: Cut): OnnxInput {
    const { tokenizer, pad } = this.#parts;
    const { before, after } = tokenizer.around;
    const owners = ownersOf(tokens, pieces).subarray(from, to);
    const kept = ids.slice(from, to);
    const all = [...before, ...kept, ...after];
    const knows = new Set<number>();
    kept.forEach((id, i) => {
      if (id !== tokenizer.unknown) knows.add(owners[i]!);
    });
    return {
      length: tokens.length,
      ids: Int32Array.from(all.length > 0 ? all : [pad]),
      owners: Int32Array.from([
        ...before.map(() => -1),
        ...owners,
        ...(all.length > 0 ? after : [pad]).map(() => -1),
      ]),
      gone: new Array(tokens.length).fill(false),
      unknown: tokens.flatMap((_, t) => knows.has(t) ? [] : [t]),
      known: new Map(),
    };
  }

  async scores(input: OnnxInput, coalitions?: Coalitions): Promise<FloatArray> {
    const { scorer, mask, isSingle, pad } = this.#parts;
    const rows = rowsOf(input, coalitions, mask)
      .map((row) => row.length > 0 ? row : Int32Array.of(pad));
    const scores = await scorer.score(rows, input.known);
    if (!isSingle) return scores;
    return Float64Array.from({ length: 2 * rows.length }, (_, i) => {
      return (i % 2 === 0 ? -0.5 : 0.5) * scores[i >>> 1]!;
    });
  }

  withoutWords(input: OnnxInput, positions: Iterable<number>): OnnxInput {
    return without(input, positions);
  }

  /** Frees the memory of the model, which cannot be used any more. */
  async close(): Promise<void> {
    await this.#parts.close();
  }
}
