import { Random } from "@heatword/core";

/** Most memory for draws that are kept, in bytes. */
const MOST_BYTES = 2 ** 26;

/** Places of texts; as few bytes each as do. */
type Places = Uint16Array | Int32Array;

/** The last draws, which many columns share. */
const drawn = new Map<string, Places>();

const emptyPlaces = (texts: number, count: number): Places =>
  texts <= 2 ** 16 ? new Uint16Array(count) : new Int32Array(count);

/**
 * Calls back with the texts of each resample, drawn with replacement. Draws that take much memory are
 * not kept but drawn again for whoever asks next: they are the same.
 *
 * @param texts How many texts there are.
 * @param seed Where the randomness starts.
 * @param resamples How many resamples.
 * @param take Called with the places of each resample, shape [texts], which it must not keep.
 */
export function forEachResample(
  texts: number,
  seed: number,
  resamples: number,
  take: (places: ArrayLike<number>, resample: number) => void,
): void {
  const key = [texts, seed, resamples].join();
  const known = drawn.get(key);
  const random = new Random(seed);
  const size = emptyPlaces(texts, 1).BYTES_PER_ELEMENT * texts * resamples;
  const kept = known ?? (size > MOST_BYTES ? undefined : emptyPlaces(texts, texts * resamples));
  const passing = kept === undefined ? emptyPlaces(texts, texts) : undefined;
  for (let b = 0; b < resamples; b++) {
    const places = passing ?? kept!.subarray(b * texts, (b + 1) * texts);
    if (known === undefined) { for (let i = 0; i < texts; i++) places[i] = random.below(texts); }
    take(places, b);
  }
  if (known !== undefined || kept === undefined) return;
  if (drawn.size >= 4) drawn.clear();
  drawn.set(key, kept);
}
