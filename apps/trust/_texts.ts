import { type Document, type Model, Random } from "@heatword/core";
import type { LabelledText } from "@heatword/datasets/tables";
import { unitsOf } from "@heatword/datasets/units";
import { formatCount } from "@heatword/eval/numbers";
import { hybridTexts, measuresOf, pointingMeasure } from "@heatword/eval/trust";
import type { Settings } from "./_settings.ts";

/** So many of some things, drawn by a seed; in their order. */
function draw<T>(things: readonly T[], most: number, random: Random): T[] {
  const order = random.shuffle(Int32Array.from(things.keys()));
  return Array.from(order.subarray(0, most).sort(), (i) => things[i]!);
}

/** Whether a text has the right number of words. */
export const hasLength = (
  { tokens, truncated = 0 }: Document,
  [least, most]: Settings["length"],
): boolean => tokens.length >= least && tokens.length + truncated <= most;

/** The texts of the right length that are explained. */
export function chooseTexts(
  read: readonly Document[],
  { documents, length: [least, most], seed }: Settings,
  note: (line: string) => void,
): Document[] {
  const right = read.filter((document) => hasLength(document, [least, most]));
  if (right.length < read.length) {
    note(
      `left out ${read.length - right.length} of ${
        formatCount(read.length, "text")
      }: they do not ` +
        `have ${least} to ${most} words (--min-words, --max-words)`,
    );
  }
  if (right.length === 0) {
    throw new RangeError(`None of these texts has ${least} to ${most} words`);
  }
  if (right.length < documents) {
    note(`there are ${formatCount(right.length, "text")}, fewer than --documents ${documents}`);
  }
  return draw(right, documents, new Random(seed).fork(1));
}

/** Hybrid texts, as the model reads them. */
export function chooseHybrids(
  model: Model,
  texts: readonly LabelledText[],
  { hybrids, sentences, seed, measures }: Settings,
  note: (line: string) => void,
) {
  if (hybrids === 0 || !measuresOf(measures).includes(pointingMeasure)) return [];
  const random = new Random(seed).fork(2);
  // Some are not played; so many texts are enough for all of them.
  const drawn = draw(texts, 4 * hybrids * sentences, random);
  const cut = drawn.map(({ text, label }) => ({
    sentences: unitsOf(model.read(text), "sentence").map(({ start, end }) =>
      text.slice(start, end)
    ),
    label: model.classes.indexOf(label),
  }));
  const known = cut.filter(({ label }) => label >= 0);
  if (known.length < cut.length) {
    const left = formatCount(cut.length - known.length, "text");
    note(`left ${left} out of hybrid texts: the model does not have their classes`);
  }
  if (new Set(known.map(({ label }) => label)).size < 2) return [];
  return hybridTexts(known, sentences, random, hybrids)
    .map((hybrid) => ({ hybrid, document: model.read(hybrid.text) }));
}
