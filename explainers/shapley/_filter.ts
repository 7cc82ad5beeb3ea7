import { gaussLegendre, type Quadrature } from "../quadrature.ts";
import type { Chain } from "./_chain.ts";
import { PairChain } from "./_pair_chain.ts";
import { WindowChain } from "./_window_chain.ts";

/** What one filter sees: window t has the value b + Σ_k parts[k][t + k] over the words that are in. */
export interface FilterView {
  /** Its bias b. */
  readonly bias: number;
  /** What each word adds as the k-th word of a window, [K] of shape [T]. */
  readonly parts: readonly Float64Array[];
}

/**
 * Nodes for the integral over p. The integrand is a chance, a polynomial of degree n − 1, so ⌈n/2⌉
 * nodes are exact. On the ellipse with foci 0 and 1 and sum of half-axes e^u / 2 it is at most
 * (|p| + |1 − p|)^n = cosh(u)^n, so N nodes are off by about e^(n u²/2 − 2 N u) at most, which is
 * e^(−2N²/n) at the best u: 4.4 √n nodes are exact in float64 too.
 */
export function nodesFor(words: number): Quadrature {
  const exact = Math.max(1, Math.ceil(words / 2));
  return gaussLegendre(Math.min(exact, Math.ceil(4.4 * Math.sqrt(words))));
}

/** A state of a window that is above zero, and so may win. */
interface Candidate {
  /** The last word of the window. */
  readonly word: number;
  /** Which of its words are in; see {@linkcode Chain}. */
  readonly state: number;
  readonly value: number;
}

function candidatesOf({ bias, parts }: FilterView, varies: Uint8Array): Candidate[] {
  const candidates: Candidate[] = [];
  const width = parts.length;
  for (let word = width - 1; word < varies.length; word++) {
    const start = word - width + 1;
    let absent = 0;
    for (let k = 0; k < width; k++) if (!varies[start + k]) absent |= 1 << (width - 1 - k);
    for (let state = 0; state < 2 ** width; state++) {
      if (state & absent) continue;
      let value = bias;
      for (let k = 0; k < width; k++) {
        if (state >> (width - 1 - k) & 1) value += parts[k]![start + k]!;
      }
      if (value > 0) candidates.push({ word, state, value });
    }
  }
  return candidates.sort((one, other) => other.value - one.value);
}

/** Below this part of its largest value, what a filter may still add is lost in rounding. */
const negligible = 1e-17;

/**
 * Adds weight · φ, the Shapley values of one filter after max over time and ReLU.
 *
 * The filter's output is g = ∫₀^∞ 1[g > θ] dθ, constant between the values that windows can take.
 * With every word in with chance p, P(g ≤ θ) is the chance that no window is in a state above θ: a
 * {@linkcode Chain}, in which the states are forbidden one by one as θ falls. A word's Shapley
 * value is the mean over p of E[g | in] − E[g | out] (Owen 1972).
 */
export function addFilterShapley(
  view: FilterView,
  varies: Uint8Array,
  quadrature: Quadrature,
  chain: Chain,
  weights: readonly number[],
  words: readonly Float64Array[],
): void {
  const candidates = candidatesOf(view, varies);
  if (candidates.length === 0) return;
  const max = candidates[0]!.value;
  quadrature.nodes.forEach((p, k) => {
    chain.start(p, varies);
    const rarest = Math.min(p, 1 - p);
    for (let i = 0; i < candidates.length; i++) {
      const { word, state, value } = candidates[i]!;
      chain.forbid(word, state);
      const step = value - (candidates[i + 1]?.value ?? 0);
      if (step === 0) continue;
      // P only falls from here, and given one word it is at most P / rarest.
      const { probability } = chain;
      if (probability * value <= negligible * rarest * max) break;
      chain.accumulate(step);
    }
    chain.finish();
    const { influence } = chain;
    for (let j = 0; j < influence.length; j++) {
      if (!varies[j]) continue;
      const value = quadrature.weights[k]! * influence[j]!;
      for (let target = 0; target < words.length; target++) {
        words[target]![j]! += weights[target]! * value;
      }
    }
  });
}

/** A chain for texts of some length and filters of some width. */
export const makeChain = (length: number, width: number): Chain =>
  width === 2 ? new PairChain(length) : new WindowChain(length, width);
