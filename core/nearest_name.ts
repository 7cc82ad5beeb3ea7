import { distance } from "fastest-levenshtein";

/** How many characters of a value a message shows. */
const SHOWN = 60;
/** How many names a message lists. */
const LISTED = 100;

/**
 * A value for a message: a long one is cut, so that no message prints a whole article.
 *
 * @param value The value.
 * @param max How many characters are shown at most.
 * @returns The value, or its beginning with an ellipsis.
 *
 * @example
 * ```ts
 * import { shortened } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shortened("moon"), "moon");
 * assertEquals(shortened("The shuttle reached its orbit", 11), "The shuttle…");
 * ```
 */
export function shortened(value: string, max: number = SHOWN): string {
  const characters = Array.from(value.slice(0, 2 * max + 2));
  return characters.length > max ? `${characters.slice(0, max).join("")}…` : value;
}

/** A name as it stands in a list: in quotes where its ends could not be told. */
function listed(name: string): string {
  const shown = shortened(name);
  return /^[^\s,"]+( [^\s,"]+)*$/.test(shown) ? shown : JSON.stringify(shown);
}

/**
 * The known name that may be meant: the nearest one, unless more of it differs than is alike. Upper and
 * lower case are alike, and a beginning is like the whole.
 */
function likeliest(name: string, names: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const known of names) {
    const other = known.toLowerCase();
    const apart = distance(given, other);
    const isBeginning = Math.min(given.length, other.length) > 1 &&
      (other.startsWith(given) || given.startsWith(other));
    const isLike = isBeginning ||
      apart <= Math.max(given.length, other.length) / 2 ||
      // Two letters that changed places are two steps.
      [...given].sort().join() === [...other].sort().join();
    if (isLike && apart < least) [best, least] = [known, apart];
  }
  return best;
}

/**
 * The error for a name that is not known: says the nearest known one, where one is like it, and lists
 * all.
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
  const unknown = `Unknown ${kind} "${shortened(name)}"`;
  if (known.length === 0) return new RangeError(`${unknown}: none is known`);
  const names = [...new Set(known)];
  const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : "";
  const list = names.slice(0, LISTED).map(listed).join(", ");
  const meant = likeliest(name, names);
  const guess = meant === undefined ? "." : `: did you mean "${shortened(meant)}"?`;
  return new RangeError(`${unknown}${guess} Known: ${list}${more}`);
}
