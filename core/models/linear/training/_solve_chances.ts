/** Steps after which what was found is good enough, whatever is left. */
const MAX_STEPS = 60;
const TOLERANCE = 1e-10;

/**
 * The chances μ of a document's classes at which μ = softmax(s − a · μ): with the scores s that all
 * other documents give it, and a the strength with which it pulls itself. By Newton's method for
 * ln μ_c + a μ_c + τ = s_c with Σ μ_c = 1, whose unknowns are ln μ and τ.
 *
 * @param scores s, shape [C].
 * @param strength a.
 * @param logs ln μ, shape [C]: where to start, and then the solution.
 */
export function solveChances(scores: Float64Array, strength: number, logs: Float64Array): void {
  const classes = scores.length;
  let offset = 0;
  for (let n = 0; n < MAX_STEPS; n++) {
    let [sum, slopes, misses] = [0, 0, 0];
    for (let c = 0; c < classes; c++) {
      const chance = Math.exp(logs[c]!);
      const slope = chance / (1 + strength * chance);
      sum += chance;
      slopes += slope;
      misses += slope * (scores[c]! - offset - logs[c]! - strength * chance);
    }
    const shift = (misses + sum - 1) / slopes;
    offset += shift;
    let most = Math.abs(sum - 1);
    for (let c = 0; c < classes; c++) {
      const chance = Math.exp(logs[c]!);
      const miss = scores[c]! - offset - logs[c]! - strength * chance;
      const step = miss / (1 + strength * chance);
      // No chance is above 1; far below, Newton's step would be much too long.
      const next = Math.min(0, logs[c]! + step);
      most = Math.max(most, Math.abs(next - logs[c]!) * Math.max(chance, Math.exp(next)));
      logs[c] = next;
    }
    if (most < TOLERANCE) break;
  }
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp(logs[c]!);
  const log = Math.log(sum);
  for (let c = 0; c < classes; c++) logs[c]! -= log;
}
