/**
 * Names with commas between; of many the first, and a sign that there are more.
 *
 * @param names The names.
 * @param most How many are named.
 */
export function firstNamed(names: readonly string[], most: number): string {
  return names.slice(0, most).join(", ") + (names.length > most ? ", …" : "");
}
