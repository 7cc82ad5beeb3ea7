/**
 * DeepLIFT's multiplier of a word-CNN's filter: how much of what the words add to it gets past
 * ReLU. All windows of the empty text tie, so the input's winner is also the reference's.
 *
 * @param sum What the words of the window that won add to the filter.
 * @param bias The filter's bias, its value for the empty text.
 * @returns Δ ReLU over Δ pre-activation; where they do not differ, the derivative.
 */
export function rescaledRelu(sum: number, bias: number): number {
  if (sum === 0) return bias > 0 ? 1 : 0;
  return (Math.max(0, sum + bias) - Math.max(0, bias)) / sum;
}
