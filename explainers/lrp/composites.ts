import type { LinearLayer } from "@heatword/core";
import {
  alphaBetaRule,
  epsilonRule,
  flatRule,
  gammaRule,
  type Rule,
  wSquareRule,
  zeroRule,
  zPlusRule,
} from "./rule.ts";

/** The parameters of the rules of a composite. */
export interface RuleParameters {
  /** Size of the stabiliser of the ε-rule. */
  readonly epsilon: number;
  /** Factor of the γ-rule. */
  readonly gamma: number;
  /** Factor α of the αβ-rule; β is α − 1. */
  readonly alpha: number;
}

/** Where a linear layer stands in its network. */
export interface LayerPlace {
  /** The layer. */
  readonly layer: LinearLayer;
  /** Whether it is the first linear layer, the one at the word vectors. */
  readonly first: boolean;
  /** Whether it works along the text, as a convolution does; a dense layer does not. */
  readonly alongText: boolean;
}

/** Tells which rule a linear layer gets. */
export type Composite = (place: LayerPlace, parameters: RuleParameters) => Rule;

type MakeRule = (parameters: RuleParameters) => Rule;

const epsilon: MakeRule = (p) => epsilonRule(p.epsilon);
const gamma: MakeRule = (p) => gammaRule(p.gamma);
const alphaBeta: MakeRule = (p) => alphaBetaRule(p.alpha);
const everywhere = (rule: MakeRule): Composite => (_, parameters) => rule(parameters);

/** ε for dense layers, another rule for convolutions and, if given, a third for the first layer. */
const mixed = (convolution: MakeRule, first = convolution): Composite => (place, parameters) => {
  const rule = place.first ? first : place.alongText ? convolution : epsilon;
  return rule(parameters);
};

/** The names of all composites. */
export const compositeNames = [
  "epsilon",
  "zero",
  "gamma",
  "z-plus",
  "alpha-beta",
  "w-square",
  "flat",
  "epsilon-plus",
  "epsilon-plus-flat",
  "epsilon-alpha-beta",
  "epsilon-alpha-beta-flat",
  "epsilon-gamma",
  "epsilon-gamma-flat",
  "epsilon-gamma-w-square",
] as const;

/** The name of a composite. */
export type CompositeName = (typeof compositeNames)[number];

/**
 * The composites by name: one rule everywhere (`epsilon`, `zero`, `gamma`, `z-plus`, `alpha-beta`,
 * `w-square`, `flat`), or ε for dense layers with another rule below (`epsilon-plus`,
 * `epsilon-alpha-beta`, `epsilon-gamma`), and with `-flat` or `-w-square` that rule for the first
 * layer. The mixed ones follow Montavon et al. 2019 and Kohlbrenner et al. 2020. A word-CNN's first
 * layer is its only convolution; filters of several widths side by side are all first layers.
 * Average pooling, which learns no weights, gets ε (of 0 with `zero`) whatever the composite.
 */
export const composites: Readonly<Record<CompositeName, Composite>> = {
  "epsilon": everywhere(epsilon),
  "zero": everywhere(() => zeroRule),
  "gamma": everywhere(gamma),
  "z-plus": everywhere(() => zPlusRule),
  "alpha-beta": everywhere(alphaBeta),
  "w-square": everywhere(() => wSquareRule),
  "flat": everywhere(() => flatRule),
  "epsilon-plus": mixed(() => zPlusRule),
  "epsilon-plus-flat": mixed(() => zPlusRule, () => flatRule),
  "epsilon-alpha-beta": mixed(alphaBeta),
  "epsilon-alpha-beta-flat": mixed(alphaBeta, () => flatRule),
  "epsilon-gamma": mixed(gamma),
  "epsilon-gamma-flat": mixed(gamma, () => flatRule),
  "epsilon-gamma-w-square": mixed(gamma, () => wSquareRule),
};
