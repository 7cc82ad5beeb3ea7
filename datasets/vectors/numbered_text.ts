/** A text whose words are numbers. */
export interface NumberedText {
  /** The words that are frequent enough, the most frequent first; of equals the one seen first. */
  readonly words: readonly string[];
  /** How often each is there. */
  readonly counts: Uint32Array;
  /** The numbers of the words of all texts, one text after the other, without rare words. */
  readonly numbers: Uint32Array;
  /** Where each text starts in `numbers`, and where the last one ends. */
  readonly starts: Uint32Array;
  /** How many words there are, rare ones too. */
  readonly total: number;
}

/** The words of each line that {@linkcode trainingText} wrote. */
function* linesOf(text: Uint8Array): Generator<string[]> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(10, start);
    yield decoder.decode(text.subarray(start, end)).split(" ");
    start = end + 1;
  }
}

/**
 * Numbers the words of a text.
 *
 * @param text Lines that {@linkcode trainingText} wrote.
 * @param minCount Words seen less often are left out.
 */
export function numberWords(text: Uint8Array, minCount: number): NumberedText {
  const seen = new Map<string, number>();
  let total = 0;
  let texts = 0;
  for (const line of linesOf(text)) {
    for (const word of line) seen.set(word, (seen.get(word) ?? 0) + 1);
    total += line.length;
    texts++;
  }
  // The sort is stable, so equals stay in the order in which they were seen.
  const frequent = [...seen].filter(([, count]) => count >= minCount).sort((a, b) => b[1] - a[1]);
  const counts = Uint32Array.from(frequent, ([, count]) => count);
  const rows = new Map(frequent.map(([word], row) => [word, row]));
  seen.clear();
  const numbers = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  const starts = new Uint32Array(texts + 1);
  let at = 0;
  let line = 0;
  for (const words of linesOf(text)) {
    for (const word of words) {
      const row = rows.get(word);
      if (row !== undefined) numbers[at++] = row;
    }
    starts[++line] = at;
  }
  return { words: [...rows.keys()], counts, numbers, starts, total };
}
