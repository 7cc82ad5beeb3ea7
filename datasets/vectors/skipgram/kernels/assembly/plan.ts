// What a part of the text is to learn, decided before anything is learned.
import { below, bits, seed } from "./random";
import { END } from "./subsample";

/** How often another noise word is drawn when one is there already. */
const TRIES = 8;

/** Rows that are asked for at once. */
const AHEAD: usize = 16;

let touched: u32 = 0;
let map: usize = 0;
let rows: usize = 0;
let ids: usize = 0;
let local: usize = 0;
let used: u32 = 0;
let rowBytes: usize = 0;

/** Where the copy of a row that this part works on will be. */
function copyOf(row: u32): u32 {
  const entry = map + (<usize> row << 2);
  const known = load<u32>(entry);
  if (known != 0) return known;
  const copy = local + <usize> used * rowBytes;
  store<u32>(ids + (<usize> used << 2), row);
  store<u32>(entry, <u32> copy);
  used++;
  return <u32> copy;
}

/**
 * Copies the rows and forgets where they are. Most are far away in memory, so some are asked for at
 * once: a load of each 64 bytes, whose values are of no use.
 */
function copyRows(): void {
  for (let first: usize = 0; first < <usize> used; first += AHEAD) {
    const last = min(first + AHEAD, <usize> used);
    for (let i = first; i < last; i++) {
      const row = <usize> load<u32>(ids + (i << 2));
      store<u32>(map + (row << 2), 0);
      const from = rows + row * rowBytes;
      for (let d: usize = 0; d < rowBytes; d += 64) touched += load<u32>(from + d);
    }
    for (let i = first; i < last; i++) {
      const from = rows + <usize> load<u32>(ids + (i << 2)) * rowBytes;
      const to = local + i * rowBytes;
      for (let d: usize = 0; d < rowBytes; d += 48) {
        const a = v128.load(from + d), b = v128.load(from + d, 16), c = v128.load(from + d, 32);
        v128.store(to + d, a);
        v128.store(to + d, b, 16);
        v128.store(to + d, c, 32);
      }
    }
  }
}

/** Draws a noise word (Walker's alias method): one number gives the cell and the place in it. */
function drawNoise(noise: usize, words: u32): u32 {
  const product = <u64> bits() * <u64> words;
  const cell = noise + (<usize> (product >> 32) << 3);
  const threshold = load<u32>(cell);
  return <u32> product < threshold ? <u32> (product >> 32) : load<u32>(cell, 4);
}

/**
 * Decides for each word of a part of the text its window and its noise words, and copies all rows
 * that the part needs. Each word with a context becomes a group: u32 numbers n, m, real n, real m,
 * then the addresses of n context rows and m output rows, of which the first is that of the word
 * itself. A group is filled up by the row `blank` so that n is at least 2, and m a multiple of 3.
 *
 * @param kept The text as `subsample` leaves it.
 * @param first The first place of the part.
 * @param last Behind its last place.
 * @param start State of the random numbers.
 * @param window How far away a context word may be.
 * @param negatives Noise words for each word.
 * @param noise Cells of the noise distribution: threshold · 2³² and alias of each.
 * @param pool Room for the addresses of the noise words that are drawn for the part.
 * @param drawn How many; each word of the part takes its own out of these.
 * @param words Number V of words.
 * @param table All rows, [2V][bytes]: those of contexts, then those of outputs.
 * @param bytes Bytes of a row, a multiple of 48.
 * @param slots V · 2 zeros; zeros again in the end.
 * @param shard Where the copies go: their number, then from `copies` on the rows.
 * @param list Where the ids of the copied rows go.
 * @param copies Where the copied rows go.
 * @param blank A row of zeros.
 * @param groups Where the groups go.
 * @returns The number of groups.
 */
// deno-fmt-ignore
export function plan(
  kept: usize, first: u32, last: u32, start: u32, window: u32, negatives: u32,
  noise: usize, pool: usize, drawn: u32, words: u32, table: usize, bytes: usize, slots: usize,
  shard: usize, list: usize, copies: usize, blank: u32, groups: usize,
): u32 {
  seed(start);
  map = slots; rows = table; rowBytes = bytes; ids = list; local = copies; used = 0;
  for (let i: usize = 0; i < <usize>drawn; i++) {
    store<u32>(pool + (i << 2), copyOf(words + drawNoise(noise, words)));
  }
  let count: u32 = 0;
  for (let p = kept + (<usize>first << 2), end = kept + (<usize>last << 2); p < end; p += 4) {
    const word = load<u32>(p);
    if (word == END) continue;
    const reach = <usize>(1 + below(window)) << 2;
    let to = groups + 16;
    let q = p;
    // The text starts with END, and each of its texts ends with it.
    for (const limit = p - reach; q > limit;) {
      q -= 4;
      const near = load<u32>(q);
      if (near == END) break;
      store<u32>(to, copyOf(near));
      to += 4;
    }
    q = p;
    for (const limit = p + reach; q < limit;) {
      q += 4;
      const near = load<u32>(q);
      if (near == END) break;
      store<u32>(to, copyOf(near));
      to += 4;
    }
    const contexts = <u32>((to - groups - 16) >> 2);
    if (contexts == 0) continue;
    if (contexts == 1) {
      store<u32>(to, blank);
      to += 4;
    }
    const outputs = to;
    store<u32>(to, copyOf(words + word));
    to += 4;
    for (let k: u32 = 0; k < negatives; k++) {
      for (let t = 0; t < TRIES; t++) {
        const other = load<u32>(pool + (<usize> below(drawn) << 2));
        let twice = false;
        for (let o = outputs; o < to; o += 4) if (load<u32>(o) == other) twice = true;
        if (twice) continue;
        store<u32>(to, other);
        to += 4;
        break;
      }
    }
    const real = <u32>((to - outputs) >> 2);
    let padded = real;
    for (; padded % 3 != 0; padded++) {
      store<u32>(to, blank);
      to += 4;
    }
    store<u32>(groups, contexts == 1 ? 2 : contexts);
    store<u32>(groups, padded, 4);
    store<u32>(groups, contexts, 8);
    store<u32>(groups, real, 12);
    groups = to;
    count++;
  }
  store<u32>(shard, used);
  copyRows();
  // So that the compiler leaves the loads in.
  store<u32>(pool, touched);
  return count;
}
