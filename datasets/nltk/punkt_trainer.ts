import { Counter } from "./_counter.ts";
import { collocationLogLikelihood, dunningLogLikelihood } from "./_likelihood.ts";
import { Mark, markOf, NUMBER } from "./_punkt_decide.ts";
import { isNonPunct, Place, type PunktText, type PunktWord, readPunktText } from "./_punkt_text.ts";
import { codePointBefore, codePointLength } from "./_unicode.ts";
import { Ortho, PunktParameters } from "./punkt_parameters.ts";

/** Thresholds of a {@linkcode PunktTrainer}; the defaults are NLTK's. */
export interface PunktTrainerOptions {
  /**
   * Score from which a type is an abbreviation.
   *
   * @default {0.3}
   */
  abbrev?: number;
  /**
   * Leaves out the factor that makes a word less of an abbreviation the more often it has no full stop.
   *
   * @default {false}
   */
  ignoreAbbrevPenalty?: boolean;
  /**
   * Types seen less often than this can be abbreviations by what follows them.
   *
   * @default {5}
   */
  abbrevBackoff?: number;
  /**
   * Log-likelihood from which two types are a collocation.
   *
   * @default {7.88}
   */
  collocation?: number;
  /**
   * Log-likelihood from which a type is a frequent sentence starter.
   *
   * @default {30}
   */
  sentStarter?: number;
  /**
   * Takes any two words with a full stop between them for a possible collocation, not only those that
   * follow a number or an initial.
   *
   * @default {false}
   */
  includeAllCollocs?: boolean;
  /**
   * Also takes words after an abbreviation for a possible collocation.
   *
   * @default {false}
   */
  includeAbbrevCollocs?: boolean;
  /**
   * A collocation occurs more often than this.
   *
   * @default {1}
   */
  minCollocFreq?: number;
}

/** Joins the two types of a collocation; no type holds a line feed. */
const JOINT = "\n";

/**
 * Learns {@linkcode PunktParameters} from plain text, with no annotation: Kiss & Strunk, "Unsupervised
 * Multilingual Sentence Boundary Detection", Computational Linguistics 32 (2006).
 *
 * @example
 * ```ts
 * import { PunktTrainer } from "@heatword/datasets/nltk";
 * import { assert } from "@std/assert";
 *
 * const text = "They saw Dr. Who and Dr. No. The show of Dr. No is on. It was good.\n".repeat(9);
 * assert(new PunktTrainer(text).getParams().abbrevTypes.has("dr"));
 * ```
 */
export class PunktTrainer {
  readonly #options: Required<PunktTrainerOptions>;
  readonly #parameters = new PunktParameters();
  readonly #types = new Counter();
  readonly #pairs = new Counter();
  readonly #starters = new Counter();
  #periodTokens = 0;
  #sentenceBreaks = 0;
  #finalized = true;

  /**
   * Makes a trainer, which learns from `trainText` if that is given.
   *
   * @throws {RangeError} If an option is not a number.
   */
  constructor(trainText?: string, options: PunktTrainerOptions = {}) {
    this.#options = {
      abbrev: 0.3,
      ignoreAbbrevPenalty: false,
      abbrevBackoff: 5,
      collocation: 7.88,
      sentStarter: 30,
      includeAllCollocs: false,
      includeAbbrevCollocs: false,
      minCollocFreq: 1,
      ...options,
    };
    for (const [name, value] of Object.entries(this.#options)) {
      if (Number.isNaN(value)) {
        throw new RangeError(`Cannot train Punkt with "${name}" NaN: give a number`);
      }
    }
    if (trainText !== undefined) this.train(trainText);
  }

  /**
   * Learns from a text, on top of all texts before it.
   *
   * @param finalize Whether to look for collocations and sentence starters at once, and not only when
   * {@linkcode PunktTrainer.getParams} asks for them.
   */
  train(text: string, finalize = true): void {
    this.#finalized = false;
    const read = readPunktText(text);
    for (const id of read.ids) {
      const word = read.words[id]!;
      this.#types.add(word.type);
      if (word.periodFinal) this.#periodTokens++;
    }
    this.#classifyAbbreviations(new Set(read.words.map((word) => word.type)));
    const marks = read.words.map((word) => markOf(word.token, this.#parameters));
    this.#learnOrthography(read, marks);
    this.#learnPairs(read, marks);
    if (finalize) this.finalizeTraining();
  }

  /** Finds the collocations and sentence starters in what has been counted. */
  finalizeTraining(): void {
    const { collocations, sentStarters } = this.#parameters;
    sentStarters.clear();
    for (const [type, count] of this.#starters.entries()) {
      if (this.#isSentenceStarter(type, count)) sentStarters.add(type);
    }
    collocations.clear();
    for (const [pair, count] of this.#pairs.entries()) {
      const [first, second] = pair.split(JOINT) as [string, string];
      if (this.#isCollocation(first, second, count)) this.#parameters.addCollocation(first, second);
    }
    this.#finalized = true;
  }

  /** What has been learned. */
  getParams(): PunktParameters {
    if (!this.#finalized) this.finalizeTraining();
    return this.#parameters;
  }

  #classifyAbbreviations(types: Iterable<string>): void {
    const { abbrevTypes } = this.#parameters;
    for (const type of types) {
      if (type === NUMBER || !isNonPunct(type)) continue;
      if (type.endsWith(".")) {
        const candidate = type.slice(0, -1);
        if (!abbrevTypes.has(type) && this.#isAbbreviation(candidate)) abbrevTypes.add(candidate);
      } else if (abbrevTypes.has(type) && !this.#isAbbreviation(type)) {
        abbrevTypes.delete(type);
      }
    }
  }

  /** Score of an abbreviation: Kiss & Strunk, section 4.1.1. */
  #isAbbreviation(type: string): boolean {
    const periods = type.split(".").length;
    const others = codePointLength(type) - periods + 1;
    const withPeriod = this.#types.get(type + ".");
    const without = this.#types.get(type);
    const likelihood = dunningLogLikelihood(
      withPeriod + without,
      this.#periodTokens,
      withPeriod,
      this.#types.total,
    );
    const penalty = this.#options.ignoreAbbrevPenalty ? 1 : Math.pow(others, -without);
    return likelihood * Math.exp(-others) * periods * penalty >= this.#options.abbrev;
  }

  #learnOrthography({ words, ids, places }: PunktText, marks: readonly Mark[]): void {
    let context: Context = "internal";
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      const word = words[id]!;
      const place = places[i]!;
      if (place === Place.PARAGRAPH_START && context !== "unknown") context = "initial";
      if (place !== Place.INSIDE && context === "internal") context = "unknown";
      if (word.case !== "none") {
        const type = sentenceType(word, marks[id]!);
        this.#parameters.addOrthoContext(type, FLAGS[context][word.case]);
      }
      context = contextAfter(word, marks[id]!);
    }
  }

  #learnPairs({ words, ids }: PunktText, marks: readonly Mark[]): void {
    for (let i = 0; i < ids.length; i++) {
      const word = words[ids[i]!]!;
      const mark = marks[ids[i]!]!;
      if (mark === Mark.BREAK) this.#sentenceBreaks++;
      if (!word.periodFinal || i + 1 === ids.length) continue;
      const next = words[ids[i + 1]!]!;
      const nextType = sentenceType(next, marks[ids[i + 1]!]!);
      if (mark === Mark.BREAK && this.#isRareAbbreviation(word, next, nextType)) {
        this.#parameters.abbrevTypes.add(word.typeNoPeriod);
      }
      const ordinal = word.isNumber || word.isInitial;
      if (mark === Mark.BREAK && !ordinal && next.isAlpha) this.#starters.add(next.type);
      const mayCollocate = this.#options.includeAllCollocs ||
        (this.#options.includeAbbrevCollocs && mark === Mark.ABBREVIATION) ||
        (mark === Mark.BREAK && ordinal);
      if (mayCollocate && word.isNonPunct && next.isNonPunct) {
        this.#pairs.add(word.typeNoPeriod + JOINT + nextType);
      }
    }
  }

  /** A rare word before a full stop after which no sentence can begin. */
  #isRareAbbreviation(word: PunktWord, next: PunktWord, nextType: string): boolean {
    const { abbrevTypes, orthoContext } = this.#parameters;
    const type = word.typeNoPeriod;
    // NLTK counts the type without its last letter where one would expect the one with a full stop.
    const shorter = type.slice(0, codePointBefore(type, type.length) > 0xffff ? -2 : -1);
    const count = this.#types.get(type) + this.#types.get(shorter);
    if (abbrevTypes.has(type) || count >= this.#options.abbrevBackoff) return false;
    if (",:;".includes(next.token[0]!)) return true;
    if (next.case !== "lower") return false;
    const context = orthoContext.get(nextType) ?? 0;
    return (context & Ortho.BEG_UC) !== 0 && (context & Ortho.MID_UC) === 0;
  }

  /** Occurrences of a type, with and without a full stop. */
  #count(type: string): number {
    return this.#types.get(type) + this.#types.get(type + ".");
  }

  #isSentenceStarter(type: string, atBreak: number): boolean {
    const count = this.#count(type);
    if (count < atBreak) return false;
    const { total } = this.#types;
    const likelihood = collocationLogLikelihood(this.#sentenceBreaks, count, atBreak, total);
    return likelihood >= this.#options.sentStarter &&
      total / this.#sentenceBreaks > count / atBreak;
  }

  #isCollocation(first: string, second: string, together: number): boolean {
    if (this.#parameters.sentStarters.has(second)) return false;
    const firstCount = this.#count(first);
    const secondCount = this.#count(second);
    if (firstCount <= 1 || secondCount <= 1) return false;
    if (together <= this.#options.minCollocFreq || together > Math.min(firstCount, secondCount)) {
      return false;
    }
    const { total } = this.#types;
    const likelihood = collocationLogLikelihood(firstCount, secondCount, together, total);
    return likelihood >= this.#options.collocation &&
      total / firstCount > secondCount / together;
  }
}

type Context = "initial" | "internal" | "unknown";

const FLAGS = {
  initial: { upper: Ortho.BEG_UC, lower: Ortho.BEG_LC },
  internal: { upper: Ortho.MID_UC, lower: Ortho.MID_LC },
  unknown: { upper: Ortho.UNK_UC, lower: Ortho.UNK_LC },
} as const;

/** The context of the token after `word`. */
function contextAfter(word: PunktWord, mark: Mark): Context {
  if (mark === Mark.BREAK) return word.isNumber || word.isInitial ? "unknown" : "initial";
  return mark === Mark.NONE ? "internal" : "unknown";
}

/** The type, without its full stop where that ends a sentence. */
function sentenceType(word: PunktWord, mark: Mark): string {
  return mark === Mark.BREAK ? word.typeNoPeriod : word.type;
}
