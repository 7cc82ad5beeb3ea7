/**
 * Whether LIME's standard errors are of the size of its spread: the spread of the values over seeds
 * divided by the standard errors given, both as root mean squares over the words.
 *
 * Usage: deno run -A bench/explainers/lime_errors.ts
 *
 * @module
 */
import { defineModel, explain, type Input, type Model } from "@heatword/core";
import { lime } from "@heatword/explainers/lime";

interface Subset extends Input {
  readonly present: Uint8Array;
}

/** f = 10 tanh(0.2 · mean of the words' numbers 1 … 16), a deleted word counting 0. */
function tanhModel(words: number): { model: Model; input: Input } {
  const input: Subset = { length: words, present: new Uint8Array(words).fill(1) };
  const model = defineModel({
    classes: ["up"],
    encode: () => input,
    score({ present }: Subset) {
      const sum = present.reduce((total, there, t) => total + there * (1 + t * 7 % 16), 0);
      return new Float64Array([10 * Math.tanh(0.2 * sum / words)]);
    },
    withoutWords(given: Subset, positions) {
      const present = given.present.slice();
      for (const t of positions) present[t] = 0;
      return { ...given, present };
    },
  });
  return { model: model as Model, input };
}

async function ratio(words: number, samples: number, seeds: number): Promise<number> {
  const { model, input } = tanhModel(words);
  const runs = await Promise.all(Array.from(
    { length: seeds },
    async (_, seed) => await explain(lime, model, input, 0, { samples, seed }),
  ));
  let spread = 0;
  let claimed = 0;
  for (let t = 0; t < words; t++) {
    const mean = runs.reduce((sum, run) => sum + run.words[t]!, 0) / seeds;
    for (const { words: values, standardErrors } of runs) {
      spread += (values[t]! - mean) ** 2 / (seeds - 1);
      claimed += standardErrors![t]! ** 2 / seeds;
    }
  }
  return Math.sqrt(spread / claimed);
}

console.log("words  samples  seeds  spread / standard error");
for (
  const [words, samples, seeds] of [
    [20, 20, 60],
    [20, 50, 60],
    [20, 1000, 60],
    [100, 100, 60],
    [100, 200, 60],
    [100, 1000, 60],
    [400, 1000, 20],
  ] as const
) {
  const row = [String(words).padStart(5), String(samples).padStart(7), String(seeds).padStart(5)];
  console.log([...row, (await ratio(words, samples, seeds)).toFixed(2)].join("  "));
}
