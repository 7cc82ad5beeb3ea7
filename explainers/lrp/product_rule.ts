/**
 * What becomes of the relevance of a product of a gate and a signal, as in the cells of recurrent
 * networks: `all` to the signal and nothing to the gate (Arras et al. 2017, arXiv:1706.07206); `half`
 * to each; `prop` in proportion to their values, `abs` to the absolute values.
 */
export type ProductRule = "all" | "half" | "prop" | "abs";

/** The names of all rules for products. */
export const productRules: readonly ProductRule[] = ["all", "half", "prop", "abs"];

/**
 * The part of a product's relevance that its gate gets.
 *
 * @param rule The rule.
 * @param gate The value of the gate.
 * @param signal The value of the signal.
 * @returns The part; what is left of 1 is the signal's. One half where both are 0 together.
 */
export function gatePart(rule: ProductRule, gate: number, signal: number): number {
  if (rule === "all") return 0;
  if (rule === "half") return 0.5;
  const [g, s] = rule === "abs" ? [Math.abs(gate), Math.abs(signal)] : [gate, signal];
  return g + s === 0 ? 0.5 : g / (g + s);
}
