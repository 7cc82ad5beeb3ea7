import { Random } from "@heatword/core";
import type { TextFigures } from "../texts/measure_text.ts";
import { readVector } from "./document_vectors.ts";
import { explanatoryPower, type Split } from "./explanatory_power.ts";

/** How many halvings; each half is classified by the other. */
const HALVINGS = 10;

/** Seeded halvings of some texts, both ways. */
function halvings(texts: number, seed: number): Split[] {
  const random = new Random(seed).fork(0xe21);
  return Array.from({ length: HALVINGS }, () => {
    const order = [...random.shuffle(Int32Array.from({ length: texts }, (_, i) => i))];
    const [one, other] = [order.slice(0, texts >> 1), order.slice(texts >> 1)];
    return [[one, other], [other, one]] as const;
  }).flat();
}

/**
 * Adds the figures of the explanatory power index to texts, of which it needs all: for each row and
 * text the share of the halvings in which its neighbours tell its class.
 *
 * @param texts What was measured of each text.
 * @param seed Where the randomness of the halvings starts.
 * @returns The texts, with the figure `epi` in each row that has a vector in all of them.
 */
export function withExplanatoryPower(
  texts: readonly TextFigures[],
  seed: number,
): readonly TextFigures[] {
  const places = [...texts.keys()].filter((i) =>
    texts[i]!.vectors && texts[i]!.label !== undefined
  );
  if (places.length < 4) return texts;
  const used = places.map((i) => texts[i]!);
  const splits = halvings(used.length, seed);
  const labels = used.map(({ label }) => label!);
  const shares = new Map<string, readonly (number | undefined)[]>();
  for (const name of Object.keys(used[0]!.vectors!)) {
    if (used.some(({ vectors }) => vectors![name] === undefined)) continue;
    const vectors = used.map(({ vectors }) => readVector(vectors![name]!));
    shares.set(name, explanatoryPower(vectors, labels, splits).perDocument);
  }
  return texts.map((text, i) => {
    const place = places.indexOf(i);
    if (place < 0) return text;
    const rows = Object.entries(text.rows).map(([name, figures]) => [
      name,
      { ...figures, epi: shares.get(name)?.[place] },
    ]);
    return { ...text, rows: Object.fromEntries(rows) };
  });
}
