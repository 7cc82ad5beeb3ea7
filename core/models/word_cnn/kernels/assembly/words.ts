// Training of the word vectors: a gradient for each place of a text, then a step for each word.
import { axpy } from "./train";

/**
 * Adds every filter, times the gradient by its pre-activation, to the words of the window it won on.
 *
 * @param first First filter.
 * @param last Behind the last filter.
 * @param gradient By the pre-activations of one document, shape [filters].
 * @param winner Winning windows, shape [filters].
 * @param filters Shape [filters, slots, depth].
 * @param slots How many words there is room for in a filter.
 * @param width How many words these filters span.
 * @param depth Padded dimensions, a multiple of 4.
 * @param out Where the sums go, shape [words, depth]; added to what is there.
 */
// deno-fmt-ignore
export function toWords(
  first: i32, last: i32, gradient: usize, winner: usize, filters: usize,
  slots: i32, width: i32, depth: i32, out: usize,
): void {
  const bytes = <usize>depth << 2;
  for (let f = <usize>first; f < <usize>last; f++) {
    const slope = load<f32>(gradient + (f << 2));
    if (slope == 0) continue;
    // The words of a window follow one another, as do the parts of a filter.
    const to = out + <usize>load<u32>(winner + (f << 2)) * bytes;
    axpy(f32x4.splat(slope), filters + f * <usize>slots * bytes, to, bytes * width);
  }
}

/**
 * A step of the vectors of some words, each by a rate of its own: the smaller, the larger its
 * gradients have been (Adagrad, Duchi et al. 2011, with one sum of squares for a word).
 *
 * @param first First of the words of the batch.
 * @param last Behind the last of them.
 * @param words Addresses of their vectors.
 * @param starts Where the places of each word start in `places`; one more than words.
 * @param places Places in the batch.
 * @param gradient The gradient of each place, shape [places, depth].
 * @param depth Padded dimensions, a multiple of 4.
 * @param dimensions The dimensions without padding.
 * @param sum Room for one vector.
 * @param squares For each word of the vocabulary, the sum of the mean squares of its gradients.
 * @param vectors Address of the first vector.
 * @param zero Address of the zero vector, which stays.
 * @param rate Learning rate.
 */
// deno-fmt-ignore
export function descendWords(
  first: i32, last: i32, words: usize, starts: usize, places: usize, gradient: usize,
  depth: i32, dimensions: i32, sum: usize, squares: usize, vectors: usize, zero: usize, rate: f32,
): void {
  const bytes = <usize>depth << 2;
  for (let i = <usize>first; i < <usize>last; i++) {
    const vector = <usize>load<u32>(words + (i << 2));
    if (vector == zero) continue;
    memory.fill(sum, 0, bytes);
    const end = <usize>load<u32>(starts + (i << 2), 4);
    for (let j = <usize>load<u32>(starts + (i << 2)); j < end; j++) {
      const place = <usize>load<u32>(places + (j << 2));
      axpy(f32x4.splat(1), gradient + place * bytes, sum, bytes);
    }
    let total = f32x4.splat(0);
    for (let d: usize = 0; d < bytes; d += 16) {
      const g = v128.load(sum + d);
      total = f32x4.add(total, f32x4.mul(g, g));
    }
    const square = (f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 1) +
      f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3)) / <f32>dimensions;
    if (square == 0) continue;
    const at = squares + (vector - vectors) / bytes * 4;
    const all = load<f32>(at) + square;
    store<f32>(at, all);
    axpy(f32x4.splat(-rate / Mathf.sqrt(all)), sum, vector, bytes);
  }
}
