import { poolingNames } from "./pooling.ts";
import type { Contributions, LedgerEntry } from "./relevance.ts";
import type { FloatArray } from "./tensor.ts";

/** What an explainer was asked, and so what its result must be about. */
export interface Asked {
  /** Name of the explainer. */
  readonly explainer: string;
  /** How many words the input has: T. */
  readonly length: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function shown(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `"${value.slice(0, 60)}"`;
  return isObject(value) ? "an object" : String(value);
}

/** What every entry of a ledger has. */
const entryNames = ["layer", "rule"] as const;
const entryNumbers = ["received", "passed", "bias", "stabilizer"] as const;

/** Says what is wrong with a relevance; each fault ends in an error. */
class Inspector {
  constructor(readonly explainer: string) {}

  malformed(what: string): never {
    throw new TypeError(`Explainer "${this.explainer}" returned ${what}`);
  }

  /** A number must be finite, of a type that is known. */
  number(value: unknown, what: string): asserts value is number {
    if (typeof value !== "number") this.malformed(`${what} as ${shown(value)}, not a number`);
    if (Number.isFinite(value)) return;
    throw new RangeError(
      `Explainer "${this.explainer}" finds ${what} to be ${value}: something overflows or divides ` +
        "0 by 0; options nearer to their defaults may help",
    );
  }

  numbers(values: ArrayLike<number>, length: number, what: string): void {
    if (values.length !== length) {
      this.malformed(`${values.length} numbers in "${what}", not ${length}`);
    }
    for (let i = 0; i < length; i++) {
      if (!Number.isFinite(values[i])) this.number(values[i], `${what}[${i}]`);
    }
  }

  /** Checks a number for every word, and gives the sum of their sizes. */
  words(words: unknown, length: number, what: string): number {
    if (!(words instanceof Float64Array)) {
      this.malformed(`"${what}" as ${shown(words)}, not a Float64Array`);
    }
    let total = 0;
    for (let t = 0; t < words.length; t++) total += Math.abs(words[t]!);
    // The sum of finite numbers may overflow, but what is not finite shows in it.
    if (words.length !== length || !Number.isFinite(total)) this.numbers(words, length, what);
    return total;
  }

  values({ values, dimensions, pooling }: Partial<Contributions>, length: number): void {
    if (pooling !== undefined && !poolingNames.includes(pooling)) {
      this.malformed(`"pooling" as ${shown(pooling)}, not one of ${poolingNames.join(", ")}`);
    }
    if (values === undefined && dimensions === undefined) return;
    if (!Number.isInteger(dimensions) || dimensions! < 0) {
      this.malformed(`"dimensions" as ${shown(dimensions)}, not how many numbers a word has`);
    }
    if (values === undefined) return;
    if (!((values as unknown) instanceof Float32Array || values instanceof Float64Array)) {
      this.malformed(`"values" as ${shown(values)}, not a Float32Array or Float64Array`);
    }
    this.numbers(values as FloatArray, length * dimensions!, "values");
  }

  /** Numbers that may be absent must be finite too, whatever they are called. */
  others(holder: Record<string, unknown>, place: () => string): void {
    for (const name of Object.keys(holder)) {
      const value = holder[name];
      if (typeof value === "number" && !Number.isFinite(value)) {
        this.number(value, `${place()}${name}`);
      }
    }
  }

  ledger(ledger: unknown, path: string): asserts ledger is readonly LedgerEntry[] {
    if (!Array.isArray(ledger)) this.malformed(`"${path}" as ${shown(ledger)}, not an array`);
    for (let i = 0; i < ledger.length; i++) {
      const entry: Partial<LedgerEntry> | undefined = ledger[i];
      // Said only of what is wrong: there are as many entries as layers for every class.
      const place = () => `${path}[${i}]`;
      if (!isObject(entry)) this.malformed(`${place()} as ${shown(entry)}, not an object`);
      for (const name of entryNames) {
        if (typeof entry[name] !== "string") {
          this.malformed(`${place()}.${name} as ${shown(entry[name])}, not a string`);
        }
      }
      for (const name of entryNumbers) {
        if (!Number.isFinite(entry[name])) this.number(entry[name], `${place()}.${name}`);
      }
      this.others(entry, () => `${place()}.`);
      const { branches } = entry;
      if (branches === undefined) continue;
      if (!Array.isArray(branches)) {
        this.malformed(`${place()}.branches as ${shown(branches)}, not an array`);
      }
      for (let b = 0; b < branches.length; b++) {
        this.ledger(branches[b], `${place()}.branches[${b}]`);
      }
    }
  }
}

/**
 * Checks that what an explainer found for a target is a result: of the right shape, and every number
 * of it finite. {@linkcode explainAll} checks all that it returns.
 *
 * @param found What was found.
 * @param asked What was asked.
 * @throws {TypeError} If a part is missing or malformed.
 * @throws {RangeError} If a number is not finite, or the sum of the words overflows.
 *
 * @example
 * ```ts
 * import { assertFound } from "@heatword/core";
 * import { assertThrows } from "@std/assert";
 *
 * const words = new Float64Array([1, NaN]);
 * assertThrows(
 *   () => assertFound({ score: 1, words }, { explainer: "made", length: 2 }),
 *   RangeError,
 *   'Explainer "made" finds words[1] to be NaN',
 * );
 * ```
 */
export function assertFound(found: unknown, asked: Asked): asserts found is Contributions {
  const { explainer, length } = asked;
  const inspect: Inspector = new Inspector(explainer);
  if (!isObject(found)) inspect.malformed(`${shown(found)}, not a result`);
  if (typeof found.then === "function") inspect.malformed("a promise in its list of results");
  const result = found as Partial<Contributions>;
  const { score, words, standardErrors, expectedSum, ledger } = result;
  inspect.number(score, "the score");
  const total = inspect.words(words, length, "words");
  inspect.values(result, length);
  if (expectedSum !== undefined) inspect.number(expectedSum, "the expected sum");
  if (ledger !== undefined) inspect.ledger(ledger, "ledger");
  inspect.others(found, () => "");
  if (standardErrors !== undefined) {
    inspect.words(standardErrors, length, "standardErrors");
    const wrong = standardErrors.findIndex((error) => error < 0);
    if (wrong >= 0) inspect.malformed(`${standardErrors[wrong]} as standardErrors[${wrong}]`);
  }
  // Whoever adds up some of the words must get a number too.
  inspect.number(Math.abs(expectedSum ?? 0) + total, "the sum of the words' sizes");
}
