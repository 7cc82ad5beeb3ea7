/** Of fewer texts no interval can be trusted, so nothing is judged by one. */
export const FEWEST_JUDGED = 30;

const TOO_FEW = "too few documents";

/**
 * What is said of so few texts that nothing is judged.
 *
 * @param documents How many there are.
 *
 * @example
 * ```ts
 * import { tooFew } from "@heatword/eval/statistics";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(tooFew(2), "too few documents (2)");
 * ```
 */
export function tooFew(documents: number): string {
  return `${TOO_FEW} (${documents})`;
}

/**
 * Whether something is what {@linkcode tooFew} says.
 *
 * @param said Anything.
 */
export function isTooFew(said: unknown): said is string {
  return typeof said === "string" && said.startsWith(TOO_FEW);
}
