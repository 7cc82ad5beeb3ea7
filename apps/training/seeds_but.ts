/**
 * Seeds of further models: one with the seed of the first would be the same model again, and intervals
 * over models would be too narrow.
 *
 * @param own The seed of the first, where it is known.
 * @param from The first one that is looked at.
 * @param count How many.
 */
export function seedsBut(own: number | undefined, from: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => from + i)
    .filter((seed) => seed !== own)
    .slice(0, count);
}
