import { erf } from "./erf.ts";

/** A function of a number, as activations are made of. */
export interface ElementFunction {
  /** Its name. */
  readonly name: string;
  /** f(x). */
  value(x: number): number;
  /**
   * f′(x).
   *
   * @param x Where.
   * @param y f(x), which some derivatives are shorter by.
   */
  slope(x: number, y: number): number;
  /** Whether f(c·x) = c·f(x) for every c ≥ 0. @default {false} */
  readonly homogeneous?: boolean;
}

/** The identity. */
export const linearFunction: ElementFunction = {
  name: "linear",
  homogeneous: true,
  value: (x) => x,
  slope: () => 1,
};

/** Rectifier: max(0, x), with derivative 0 at 0. */
export const reluFunction: ElementFunction = {
  name: "relu",
  homogeneous: true,
  value: (x) => x > 0 ? x : 0,
  slope: (x) => x > 0 ? 1 : 0,
};

/** Hyperbolic tangent. */
export const tanhFunction: ElementFunction = {
  name: "tanh",
  value: Math.tanh,
  slope: (_, y) => 1 - y * y,
};

/** Logistic function: 1 / (1 + e⁻ˣ). */
export const sigmoidFunction: ElementFunction = {
  name: "sigmoid",
  value: (x) => 1 / (1 + Math.exp(-x)),
  slope: (_, y) => y * (1 - y),
};

/**
 * Hard sigmoid: slope · x + ½, cut off at 0 and 1. Slope 0.2 in Keras 1 and 2 and in TensorFlow.js,
 * 1/6 in Keras 3.
 *
 * @param slope Its slope. @default {0.2}
 * @returns The function.
 */
export function hardSigmoidFunction(slope = 0.2): ElementFunction {
  return {
    name: "hard_sigmoid",
    value: (x) => Math.min(1, Math.max(0, slope * x + 0.5)),
    slope: (_, y) => y > 0 && y < 1 ? slope : 0,
  };
}

/**
 * Leaky rectifier: x where x > 0, else slope · x.
 *
 * @param slope Its slope below 0.
 * @returns The function.
 */
export function leakyReluFunction(slope: number): ElementFunction {
  return {
    name: "leaky_relu",
    homogeneous: true,
    value: (x) => x > 0 ? x : slope * x,
    slope: (x) => x > 0 ? 1 : slope,
  };
}

/**
 * Exponential linear unit (Clevert et al. 2015, arXiv:1511.07289): x where x > 0, else
 * scale · (eˣ − 1).
 *
 * @param scale Its scale below 0. @default {1}
 * @returns The function.
 */
export function eluFunction(scale = 1): ElementFunction {
  return {
    name: "elu",
    value: (x) => x > 0 ? x : scale * Math.expm1(x),
    slope: (x, y) => x > 0 ? 1 : y + scale,
  };
}

/** Gaussian error linear unit (Hendrycks and Gimpel 2016, arXiv:1606.08415): x · Φ(x). */
export const geluFunction: ElementFunction = {
  name: "gelu",
  value: (x) => x * (1 + erf(x * Math.SQRT1_2)) / 2,
  slope: (x) => (1 + erf(x * Math.SQRT1_2)) / 2 + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI),
};

/** Softplus: ln(1 + eˣ). */
export const softplusFunction: ElementFunction = {
  name: "softplus",
  value: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x) => 1 / (1 + Math.exp(-x)),
};

/** Swish or SiLU (Ramachandran et al. 2017, arXiv:1710.05941): x / (1 + e⁻ˣ). */
export const swishFunction: ElementFunction = {
  name: "swish",
  value: (x) => x / (1 + Math.exp(-x)),
  slope: (x, y) => y + (1 - y) / (1 + Math.exp(-x)),
};

/** 1 − x, which turns a gate into that of the other side. */
export const complementFunction: ElementFunction = {
  name: "1 − x",
  value: (x) => 1 - x,
  slope: () => -1,
};
