/**
 * A quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
 *
 * @param sorted The numbers, in rising order; at least one.
 * @param share Which part of them lies below, from 0 to 1.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}
