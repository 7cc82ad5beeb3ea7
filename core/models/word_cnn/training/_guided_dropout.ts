/**
 * The chances that the words of a document are left out, where word dropout is guided by relevance:
 * p_t = (1 − γ) · q + γ · r_t, where r_t = min(1, λ · R_t) with λ such that as many words are left
 * out on the average as by uniform word dropout, Σ r_t = n · q. Where that is more words than have
 * relevance, all of them are left out, and the others make up for the rest in equal parts. A word that
 * is unknown has no vector to leave out, so it is not counted: its chance stays q.
 *
 * @param uniform The chance q of uniform word dropout.
 * @param relevance How much the model leans on each word, R_t ≥ 0; −1 for one that is unknown.
 * @param guidance γ, from 0 to 1.
 * @returns The chances; their mean over the words that are known is q.
 */
export function guidedChances(
  uniform: number,
  relevance: ArrayLike<number>,
  guidance: number,
): Float64Array {
  const chances = new Float64Array(relevance.length).fill(uniform);
  const known = Array.from(relevance, (_, t) => t).filter((t) => relevance[t]! >= 0);
  // The sort is stable, so that equal ones stay in text order.
  known.sort((s, t) => relevance[t]! - relevance[s]!);
  /** The relevance of a word and of all after it, added from the least on. */
  const rest = new Float64Array(known.length + 1);
  for (let i = known.length - 1; i >= 0; i--) rest[i] = rest[i + 1]! + relevance[known[i]!]!;
  if (rest[0] === 0) return chances;
  let left = known.length * uniform;
  known.forEach((t, i) => {
    const share = rest[i]! > 0 ? relevance[t]! / rest[i]! : 1 / (known.length - i);
    const chance = Math.min(1, left * share);
    left -= chance;
    chances[t] = (1 - guidance) * uniform + guidance * chance;
  });
  return chances;
}
