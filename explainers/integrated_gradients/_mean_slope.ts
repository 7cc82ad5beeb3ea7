import type { Quadrature } from "../quadrature.ts";

/**
 * The mean derivative of ReLU for a max-pooled filter along the way from the empty text. The windows
 * of a text scaled by α have the values α · sum + bias, so that the same window wins all the way
 * and only ReLU's part of the gradient changes.
 *
 * @param quadrature Where gradients are taken.
 * @returns That mean by what the words of the window add to the filter and by its bias.
 */
export function meanSlope({ nodes, weights }: Quadrature): (sum: number, bias: number) => number {
  return (sum, bias) =>
    nodes.reduce((mean, alpha, k) => alpha * sum + bias > 0 ? mean + weights[k]! : mean, 0);
}
