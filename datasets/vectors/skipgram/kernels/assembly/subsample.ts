import { bits, seed } from "./random";

/** Stands between two texts. */
export const END: u32 = 0xffffffff;

/**
 * Leaves out frequent words at random, and lines up what remains of some texts.
 *
 * @param words The words of all texts, one text after the other.
 * @param starts Where each text starts, and behind the last one, where that ends.
 * @param order Which text comes when.
 * @param texts Number of texts.
 * @param chances The chance of each word to stay, times 2³², at most 2³² − 1.
 * @param kept Where the result goes: END, then for each text its words and END.
 * @param start State of the random numbers.
 * @returns How many numbers were written.
 */
export function subsample(
  words: usize,
  starts: usize,
  order: usize,
  texts: u32,
  chances: usize,
  kept: usize,
  start: u32,
): u32 {
  seed(start);
  let to = kept;
  store<u32>(to, END);
  to += 4;
  for (let i: u32 = 0; i < texts; i++) {
    const text = starts + (<usize> load<u32>(order + (<usize> i << 2)) << 2);
    const end = words + (<usize> load<u32>(text, 4) << 2);
    const before = to;
    for (let at = words + (<usize> load<u32>(text) << 2); at < end; at += 4) {
      const word = load<u32>(at);
      if (bits() > load<u32>(chances + (<usize> word << 2))) continue;
      store<u32>(to, word);
      to += 4;
    }
    if (to == before) continue;
    store<u32>(to, END);
    to += 4;
  }
  return <u32> ((to - kept) >> 2);
}
