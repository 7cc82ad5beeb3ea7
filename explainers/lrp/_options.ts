import type { ValuesOf } from "@heatword/core";
import { detailOption, poolingOption } from "../_options.ts";
import { compositeNames } from "./composites.ts";
import { productRules } from "./product_rule.ts";
import { biasModes } from "./propagate_linear.ts";

/** The options of `lrp`. */
export const lrpOptions = {
  composite: {
    type: "choice",
    default: "epsilon",
    choices: compositeNames,
    description: "Which rule each linear layer gets",
  },
  epsilon: {
    type: "number",
    default: 0.01,
    min: 0,
    description: "Size of the stabiliser of the ε-rule",
  },
  bias: {
    type: "choice",
    default: "share",
    choices: biasModes,
    description: "What becomes of the shares of biases and stabiliser: shared out among the " +
      "inputs, absorbed, or absorbed with the bias ignored altogether",
  },
  // Beyond these, 1 is lost to rounding beside γ and β = α − 1 beside α, and numbers overflow.
  gamma: { type: "number", default: 0.25, min: 0, max: 1e9, description: "Factor of the γ-rule" },
  alpha: {
    type: "number",
    default: 2,
    min: 1,
    max: 1e6,
    description: "Factor α of the αβ-rule; β is α − 1",
  },
  gates: {
    type: "choice",
    default: "all",
    choices: productRules,
    description: "What the gates of recurrent layers get of their products with signals: all to " +
      "the signal, half each, in proportion to their values, or to the absolute values",
  },
  pooling: poolingOption("sum"),
  detail: detailOption,
} as const;

/** The values of the options of `lrp`. */
export type LrpOptions = ValuesOf<typeof lrpOptions>;
