import { gaussLegendre, type Quadrature } from "../quadrature.ts";
import { Chain } from "./_chain.ts";

/** What one filter sees: the value of window t is b + a_t if word t is in + c_{t+1} if t + 1 is. */
export interface FilterView {
  /** Its bias b. */
  readonly bias: number;
  /** What each word adds as the first of a window, shape [T]. */
  readonly first: Float64Array;
  /** What each word adds as the second of a window, shape [T]. */
  readonly second: Float64Array;
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
  /** The second word of the window. */
  readonly word: number;
  /** 2 · first in + second in. */
  readonly state: number;
  readonly value: number;
}

function candidatesOf({ bias, first, second }: FilterView, varies: Uint8Array): Candidate[] {
  const candidates: Candidate[] = [];
  for (let word = 1; word < first.length; word++) {
    for (let state = 0; state < 4; state++) {
      if (state >= 2 && !varies[word - 1] || state % 2 === 1 && !varies[word]) continue;
      const value = bias + (state >= 2 ? first[word - 1]! : 0) +
        (state % 2 === 1 ? second[word]! : 0);
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
  const most = candidates[0]!.value;
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
      if (probability * value <= negligible * rarest * most) break;
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

/** A chain for texts of some length. */
export const makeChain = (length: number): Chain => new Chain(length);
