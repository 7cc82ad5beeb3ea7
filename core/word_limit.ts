/** How many words of a text are read, the first ones. */
const MAX_WORDS = 400;

/**
 * How many words of a text a model sees: the first 400, or fewer where it takes no more.
 *
 * @param model The model. @default {any that takes as many}
 * @returns The most words of a document for it.
 *
 * @example
 * ```ts
 * import { wordLimit } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([wordLimit(), wordLimit({ maxWords: 40 }), wordLimit({ maxWords: 1000 })], [400, 40, 400]);
 * ```
 */
export function wordLimit(model: { readonly maxWords?: number } = {}): number {
  return Math.min(MAX_WORDS, model.maxWords ?? Infinity);
}
