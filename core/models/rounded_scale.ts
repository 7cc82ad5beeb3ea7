/** Bits of a scale's mantissa; with the 7 of a whole number they fit the 24 of a float32. */
const BITS = 16;

/**
 * The next larger number of so few bits that its products with whole numbers from −127 to 127 are
 * exact in float32. What was rounded by such a scale is found again, bit by bit, if it is rounded once
 * more.
 *
 * @param scale A positive number.
 */
export function roundedScale(scale: number): number {
  const step = 2 ** (Math.floor(Math.log2(scale)) + 1 - BITS);
  return Math.ceil(scale / step) * step;
}
