import { isMaxPooled, type LayeredModel, Random } from "@heatword/core";
import { loadLayeredTfjsModel, type MaxPooledTfjsModel } from "@heatword/core/tfjs";
import { networkModel } from "@heatword/explainers/check";
import { assert } from "@std/assert";
import fc from "fast-check";
import { kimFiles, type KimSizes } from "./_kim_files.ts";

/** What a network and a text are drawn from. */
export interface KimCase {
  readonly seed: number;
  readonly sizes: KimSizes;
  readonly length: number;
}

/** Networks of one to three widths, with ties, with negative maxima, and texts of any length. */
export function kimCases(max = { width: 5, words: 12 }): fc.Arbitrary<KimCase> {
  return fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    length: fc.integer({ min: 0, max: max.words }),
    sizes: fc.record({
      widths: fc.array(fc.integer({ min: 1, max: max.width }), { minLength: 1, maxLength: 3 }),
      filters: fc.integer({ min: 1, max: 4 }),
      dimensions: fc.integer({ min: 1, max: 4 }),
      classes: fc.integer({ min: 2, max: 4 }),
      words: fc.integer({ min: 3, max: 8 }),
      relu: fc.constantFrom("convolution", "pooled", "joined"),
      whole: fc.boolean(),
      bias: fc.constantFrom(0, 0, 3, -3),
    }),
  });
}

/** A drawn network, the same as nothing but layers, and a text for both in float64. */
export async function drawnKim({ seed, sizes, length }: KimCase) {
  const model = await loadLayeredTfjsModel(kimFiles(sizes, seed)) as MaxPooledTfjsModel;
  assert(isMaxPooled(model));
  const random = new Random(seed);
  const rows = Array.from({ length }, () => random.below(sizes.words));
  const known = model.inputFromRows(rows);
  const input = model.withVectors(known, Float64Array.from(known.vectors));
  return { model, layers: layersOf(model), rows, known, input };
}

/** A model as nothing but its layers, without any fast way. */
export function layersOf({ classes, layers, dimensions }: MaxPooledTfjsModel): LayeredModel {
  return networkModel({ classes, layers, dimensions, minLength: 1, vectorOf: () => undefined });
}
