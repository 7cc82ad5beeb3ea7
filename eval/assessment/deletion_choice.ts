import { deletionDefaults, type DeletionOptions } from "../deletion/delete_words.ts";

/** How words are deleted, and why so. */
export interface DeletionChoice {
  /** The options. */
  readonly options: Required<DeletionOptions>;
  /** What was taken from the data, in words; nothing where all was given. */
  readonly note?: string;
}

/**
 * How words are deleted of texts of some lengths, where it is not said: of texts that are no shorter
 * than the lower quartile, half as many words as the shortest of these has; as in the experiments of
 * Arras et al. 2016, which delete 50 words of texts of 100 or more, the largest that is taken.
 *
 * @param lengths How many words each text has.
 * @param given What was said.
 * @param unit What is deleted as a whole.
 * @returns The options.
 *
 * @example
 * ```ts
 * import { chooseDeletion } from "@heatword/eval/assessment";
 * import { assertEquals } from "@std/assert";
 *
 * const { options } = chooseDeletion([3, 9, 9, 10, 12, 400], {}, "word");
 * assertEquals(options, { minLength: 9, deletions: 4, runs: 10 });
 * ```
 */
export function chooseDeletion(
  lengths: readonly number[],
  given: DeletionOptions,
  unit: string,
): DeletionChoice {
  const sorted = lengths.toSorted((a, b) => a - b);
  const quartile = sorted[Math.floor((sorted.length - 1) / 4)] ?? 1;
  const most = deletionDefaults.minLength;
  const minLength = given.minLength ?? Math.max(2, Math.min(most, quartile));
  const half = Math.max(1, Math.floor(Math.min(most, minLength) / 2));
  const deletions = given.deletions ?? half;
  const runs = given.runs ?? deletionDefaults.runs;
  const options = { minLength, deletions, runs };
  const taken = [
    ...(given.minLength === undefined
      ? [`of texts of ${minLength} words or more (--min-length ${minLength})`]
      : []),
    ...(given.deletions === undefined
      ? [`up to ${deletions} ${deletions === 1 ? unit : `${unit}s`} (--deletions ${deletions})`]
      : []),
  ];
  if (taken.length === 0) return { options };
  return { options, note: `deleting, as suits the lengths of these texts, ${taken.join(", ")}` };
}
