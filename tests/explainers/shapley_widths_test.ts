import { explain, explainAll, targetScore } from "@heatword/core";
import type { MaxPooledTfjsModel } from "@heatword/core/tfjs";
import { shapley } from "@heatword/explainers/shapley";
import { assertAlmostEquals, assertLess, assertRejects } from "@std/assert";
import fc from "fast-check";
import { drawnKim, type KimCase, kimCases } from "../core/models/tfjs/_drawn_kim.ts";
import { bruteForceShapley } from "./_black_box.ts";

/** The scores of some words by plain loops over what each word adds to each window. */
function slowScores(model: MaxPooledTfjsModel, parts: readonly Float64Array[], length: number) {
  const { widths, bias, denseWeights, denseBias } = model.filterBank;
  const [filters, classes] = [widths.length, denseBias.length];
  return (present: readonly boolean[]) => {
    const scores = Float64Array.from(denseBias);
    for (let f = 0; f < filters; f++) {
      let max = 0;
      for (let t = 0; t + widths[f]! <= length; t++) {
        let z = bias[f]!;
        for (let k = 0; k < widths[f]!; k++) {
          if (present[t + k]) z += parts[k]![(t + k) * filters + f]!;
        }
        max = Math.max(max, z);
      }
      for (let c = 0; c < classes; c++) scores[c]! += max * denseWeights[f * classes + c]!;
    }
    return scores;
  };
}

async function checkAgainstBruteForce(drawn: KimCase): Promise<void> {
  const { model, layers, input, known } = await drawnKim(drawn);
  const value = slowScores(model, model.wordParts(input), input.length);
  const targets = [1, { of: 0, against: 1 }];
  const fast = await explainAll(shapley, model, input, targets);
  // By the layers alone, too, and whatever the precision of the words.
  const plain = await explainAll(shapley, layers, { ...input }, targets);
  const single = await explainAll(shapley, model, known, targets);
  for (const [i, target] of targets.entries()) {
    const expected = bruteForceShapley(
      input.length,
      (present) => targetScore(target, value(present)),
    );
    const scale = Math.max(1, ...expected.map(Math.abs));
    for (const [{ words, expectedSum }] of [[fast[i]!], [plain[i]!], [single[i]!]] as const) {
      expected.forEach((value, t) => assertLess(Math.abs(words[t]! - value), 1e-10 * scale));
      const sum = expected.reduce((total, value) => total + value, 0);
      assertLess(Math.abs(expectedSum! - sum), 1e-9 * scale);
    }
  }
}

Deno.test("shapley of filters of any widths equals brute force", async () => {
  await fc.assert(
    fc.asyncProperty(kimCases({ width: 5, words: 8 }), checkAgainstBruteForce),
    { numRuns: 150 },
  );
});

Deno.test("shapley of filters of widths three, four and five equals brute force for 11 words", async () => {
  for (const [seed, whole, bias] of [[1, false, 0], [2, true, 0], [3, false, 3]] as const) {
    const sizes = {
      widths: [3, 4, 5],
      filters: 2,
      dimensions: 3,
      classes: 3,
      words: 30,
      whole,
      bias,
    };
    await checkAgainstBruteForce({ seed, length: 11, sizes });
  }
});

Deno.test("shapley of filters of one width is that of single words", async () => {
  const sizes = { widths: [1], filters: 4, dimensions: 3, classes: 2, words: 30 };
  await checkAgainstBruteForce({ seed: 4, length: 9, sizes });
});

Deno.test("shapley of a long text sums to the difference, by filters of widths two to five", async () => {
  const sizes = { widths: [2, 3, 5], filters: 2, dimensions: 3, classes: 3, words: 90 };
  const { model, input } = await drawnKim({ seed: 5, length: 60, sizes });
  const { words, score, expectedSum } = await explain(shapley, model, input, 1);
  const empty = model.scores(model.withoutWords(input, words.keys()));
  assertAlmostEquals(expectedSum!, score - empty[1]!, 1e-9);
  assertAlmostEquals(words.reduce((sum, value) => sum + value, 0), expectedSum!, 1e-9);
});

Deno.test("shapley refuses filters whose windows have too many states", async () => {
  const sizes = { widths: [3, 13], filters: 1, dimensions: 2, classes: 2, words: 9 };
  const { model, input } = await drawnKim({ seed: 6, length: 14, sizes });
  await assertRejects(
    () => explain(shapley, model, input, 0),
    TypeError,
    'filters span 13 words, more than 12; "sampled-shapley" takes any model',
  );
});
