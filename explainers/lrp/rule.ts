import { constantOne } from "./_constant_one.ts";

/**
 * A relevance rule for a layer z_j = Σ_i x_i w_ij + b_j, as data. Every rule is of one form,
 *
 *     z_ij = Σ_terms input(x_i) · weight(w_ij),   B_j = Σ_terms bias(b_j),   s_j = ε · (±1, sign of z_j)
 *     R_i  = Σ_parts factor · Σ_j (z_ij + (B_j + s_j)/n) / (Σ_i z_ij + B_j + s_j) · R_j
 *
 * and one mechanism ({@linkcode propagateLinear}) applies them all.
 */
export interface Rule {
  /** Its name, as the ledger shows it. */
  readonly name: string;
  /** Size ε of the stabiliser. @default {0} */
  readonly epsilon?: number;
  /** The parts, whose factors sum to one. */
  readonly parts: readonly RulePart[];
}

/** A part of a rule, with a denominator of its own. */
export interface RulePart {
  /** The part of the relevance that it hands on. */
  readonly factor: number;
  /** The output neurons it is for, by their pre-activation z_j; all when absent. */
  readonly gate?: (z: number) => boolean;
  /** What its contributions z_ij are made of. */
  readonly terms: readonly RuleTerm[];
}

/** A term of the contributions; what is absent is taken as it is. */
export interface RuleTerm {
  /** What to replace an input by. */
  readonly input?: (x: number) => number;
  /** What to replace a weight by. */
  readonly weight?: (w: number) => number;
  /** What to replace a bias by. */
  readonly bias?: (b: number) => number;
}

const none = () => 0;
const positive = (value: number) => value > 0 ? value : 0;
const negative = (value: number) => value < 0 ? value : 0;
const square = (value: number) => value * value;

/**
 * The ε-rule: contributions over their stabilised sum (Bach et al. 2015, eq. 58).
 *
 * @param epsilon Size of the stabiliser.
 * @returns The rule.
 */
export function epsilonRule(epsilon: number): Rule {
  return { name: "epsilon", epsilon, parts: [{ factor: 1, terms: [{}] }] };
}

/** The 0-rule: contributions over their sum (Bach et al. 2015, eq. 56). */
export const zeroRule: Rule = { ...epsilonRule(0), name: "zero" };

/**
 * The γ-rule, which favours contributions of the sign of the pre-activation (Montavon et al. 2019),
 * in the form for inputs of either sign (Andéol et al. 2021): z_ij + γ·z_ij⁺ where z_j ≥ 0, and
 * z_ij + γ·z_ij⁻ where z_j < 0.
 *
 * @param gamma How much more they count; 0 is the 0-rule.
 * @returns The rule.
 */
export function gammaRule(gamma: number): Rule {
  const up = (value: number) => value + gamma * positive(value);
  const down = (value: number) => value + gamma * negative(value);
  return {
    name: "gamma",
    parts: [{
      factor: 1,
      gate: (z) => z >= 0,
      terms: [
        { input: positive, weight: up, bias: up },
        { input: negative, weight: down, bias: none },
      ],
    }, {
      factor: 1,
      gate: (z) => z < 0,
      terms: [
        { input: positive, weight: down, bias: down },
        { input: negative, weight: up, bias: none },
      ],
    }],
  };
}

/**
 * The αβ-rule: α times the positive contributions over their sum, less β = α − 1 times the negative
 * ones over theirs (Bach et al. 2015, eq. 60).
 *
 * @param alpha The factor α, at least 1.
 * @returns The rule.
 */
export function alphaBetaRule(alpha: number): Rule {
  const plus: RulePart = {
    factor: alpha,
    terms: [
      { input: positive, weight: positive, bias: positive },
      { input: negative, weight: negative, bias: none },
    ],
  };
  const minus: RulePart = {
    factor: 1 - alpha,
    terms: [
      { input: positive, weight: negative, bias: negative },
      { input: negative, weight: positive, bias: none },
    ],
  };
  return { name: "alpha-beta", parts: alpha === 1 ? [plus] : [plus, minus] };
}

/** The z⁺-rule: positive contributions alone (Montavon et al. 2017), the αβ-rule with α = 1. */
export const zPlusRule: Rule = { ...alphaBetaRule(1), name: "z-plus" };

/** The w²-rule: by squared weights, whatever the input (Montavon et al. 2017). */
export const wSquareRule: Rule = {
  name: "w-square",
  parts: [{ factor: 1, terms: [{ input: constantOne, weight: square, bias: none }] }],
};

/** The flat rule: to all inputs alike (Lapuschkin et al. 2019). */
export const flatRule: Rule = {
  name: "flat",
  parts: [{ factor: 1, terms: [{ input: constantOne, weight: constantOne, bias: none }] }],
};
