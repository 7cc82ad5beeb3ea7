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
  const size = Math.hypot(...Array.from(original));
  if (size === 0) return undefined;
  return Math.max(
    ...changed.map((other) =>
      Math.hypot(...Array.from(original, (value, t) => other[t]! - value)) / size
    ),
  );
}
