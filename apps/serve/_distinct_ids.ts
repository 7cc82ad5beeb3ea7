/** Texts that can be told apart by their names. */
export interface Distinct<T> {
  /** The texts, in their order. */
  readonly texts: readonly T[];
  /** The first name that was changed, as it was and as it is; absent where none was. */
  readonly example?: readonly [was: string, is: string];
  /** How many names were changed. */
  readonly renamed: number;
}

/**
 * Gives texts of equal names a number behind it, so that each can be asked for by its name: `7` and
 * `7 (2)`. The first of them keeps its name.
 *
 * @param texts The texts; they are not changed.
 */
export function distinctIds<T extends { readonly id: string }>(texts: readonly T[]): Distinct<T> {
  const given = new Set(texts.map(({ id }) => id));
  if (given.size === texts.length) return { texts, renamed: 0 };
  const counts = new Map<string, number>();
  let example: [string, string] | undefined;
  let renamed = 0;
  const distinct = texts.map((text) => {
    let count = (counts.get(text.id) ?? 0) + 1;
    let id = text.id;
    if (count > 1) {
      while (given.has(id = `${text.id} (${count})`)) count++;
      given.add(id);
      example ??= [text.id, id];
      renamed++;
    }
    counts.set(text.id, count);
    return id === text.id ? text : { ...text, id };
  });
  return { texts: distinct, ...(example && { example }), renamed };
}
