import { sentenceBounds } from "./_sentence_bounds.ts";
import { defaultParameters } from "./english_parameters.ts";
import type { PunktParameters } from "./punkt_parameters.ts";
import { PunktTrainer } from "./punkt_trainer.ts";

/** Options of {@linkcode PunktSentenceTokenizer}. */
export interface PunktTokenizeOptions {
  /**
   * Whether closing quotes and brackets after an end mark belong to the sentence that it ends.
   *
   * @default {true}
   */
  realignBoundaries?: boolean;
}

/**
 * Punkt's sentence tokenizer: Kiss & Strunk, "Unsupervised Multilingual Sentence Boundary Detection",
 * Computational Linguistics 32 (2006).
 *
 * @example Learn from a text
 * ```ts
 * import { PunktSentenceTokenizer } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * const tokenizer = new PunktSentenceTokenizer("They saw Dr. Who, Dr. No and Dr. Ito.\n".repeat(9));
 * assertEquals(tokenizer.tokenize("Ask Dr. No. He knows."), ["Ask Dr. No.", "He knows."]);
 * ```
 */
export class PunktSentenceTokenizer {
  readonly #parameters: PunktParameters;

  /**
   * Makes a tokenizer from parameters, from a text to learn them from, or, with neither, from the
   * built-in parameters for English.
   */
  constructor(trainedOn: PunktParameters | string = defaultParameters()) {
    this.#parameters = typeof trainedOn === "string"
      ? new PunktTrainer(trainedOn).getParams()
      : trainedOn;
  }

  /** Splits a text into sentences. */
  tokenize(text: string, options: PunktTokenizeOptions = {}): string[] {
    return this.spanTokenize(text, options).map(([start, end]) => text.slice(start, end));
  }

  /** Where the sentences of a text stand: start and end of each, in UTF-16 code units. */
  spanTokenize(text: string, options: PunktTokenizeOptions = {}): [number, number][] {
    const bounds = sentenceBounds(text, this.#parameters, options.realignBoundaries ?? true);
    const spans: [number, number][] = [];
    for (let i = 0; i < bounds.length; i += 2) spans.push([bounds[i]!, bounds[i + 1]!]);
    return spans;
  }
}
