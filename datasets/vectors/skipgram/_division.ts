/** How the text is divided for learning from several parts of it at the same time. */
export interface Division {
  /** Parts that are learned from at the same time. */
  readonly parts: number;
  /** Places of the text in a part, each a word or the end of a text. */
  readonly places: number;
  /** Noise words that are drawn for a part; the words in it take theirs out of these. */
  readonly drawn: number;
}

const MAX_PARTS = 8;
const MIN_PLACES = 16;
const MAX_PLACES = 64;
/**
 * How often the output row of one word may be expected in a round. The parts do not see what the
 * others learn meanwhile, and what each has moved a row by is added up: too far, if all parts move
 * the same rows.
 */
const MAX_EXPECTED = 8;

const shares = (weights: Float64Array) => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
};

/**
 * Divides a text: the fewer words there are, and the more frequent they remain, the less is learned
 * from at the same time. It depends on nothing but the text and how it is trained on.
 *
 * @param counts How often each word is there.
 * @param stay The chance of each word to stay.
 * @param noise The chance of each word to be drawn as noise.
 * @param negatives Noise words for each word.
 */
export function divide(
  counts: Uint32Array,
  stay: Float64Array,
  noise: Float64Array,
  negatives: number,
): Division {
  const kept = shares(stay.map((chance, word) => chance * counts[word]!));
  const most = kept.reduce((max, share, w) => Math.max(max, share + negatives * noise[w]!), 0);
  const places = MAX_EXPECTED / most;
  const parts = Math.max(1, Math.min(MAX_PARTS, Math.floor(places / MIN_PLACES)));
  // A part alone is seen by all that come after it.
  const size = parts === 1 ? MAX_PLACES : Math.min(MAX_PLACES, Math.floor(places / parts));
  // Small parts draw enough for words to have a choice.
  return { parts, places: size, drawn: Math.max(size, 4 * negatives) };
}
