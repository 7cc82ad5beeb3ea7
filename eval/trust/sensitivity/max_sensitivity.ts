/**
 * How far an explanation changes at most with small changes of the words, max-sensitivity (Yeh et al.
 * 2019): the largest ‖R(x + u) − R(x)‖₂ / ‖R(x)‖₂ over some u.
 *
 * @param original R(x), shape [n].
 * @param changed R(x + u) for each u.
 * @returns The largest; undefined where R(x) is 0.
 *
 * @example
 * ```ts
 * import { maxSensitivity } from "@heatword/eval/trust";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(maxSensitivity([3, 4], [[3, 5], [3, 2]]), 0.4);
 * ```
 */
export function maxSensitivity(
  original: ArrayLike<number>,
  changed: readonly ArrayLike<number>[],
): number | undefined {
  const size = norm(original);
  if (size === 0) return undefined;
  const changes = changed.map((other) =>
    norm(Array.from(original, (value, t) => other[t]! - value))
  );
  return Math.max(...changes) / size;
}

/** ‖values‖₂; a text may have more words than a call has arguments. */
function norm(values: ArrayLike<number>): number {
  let squares = 0;
  for (let t = 0; t < values.length; t++) squares += values[t]! ** 2;
  return Math.sqrt(squares);
}
