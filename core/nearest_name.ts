import { closest } from "fastest-levenshtein";

/** A name as it stands in a list: in quotes where its ends could not be told. */
const listed = (name: string) => /^[^\s,"]+( [^\s,"]+)*$/.test(name) ? name : JSON.stringify(name);

/**
 * The error for a name that is not known: says the nearest known one and lists all.
 *
 * @param kind What is named, e.g. `explainer`.
 * @param name The unknown name.
 * @param known The known names.
 * @returns The error, to be thrown.
 *
 * @example
 * ```ts
 * import { unknownName } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   unknownName("explainer", "lpr", ["lrp", "sa"]).message,
 *   'Unknown explainer "lpr": did you mean "lrp"? Known: lrp, sa',
 * );
 * ```
 */
export function unknownName(kind: string, name: string, known: readonly string[]): RangeError {
  if (known.length === 0) return new RangeError(`Unknown ${kind} "${name}": none is known`);
  return new RangeError(
    `Unknown ${kind} "${name}": did you mean "${closest(name, [...known])}"? Known: ${
      [...new Set(known)].map(listed).join(", ")
    }`,
  );
}
