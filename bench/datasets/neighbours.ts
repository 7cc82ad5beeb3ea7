/**
 * The nearest words of some words, by the cosine of their vectors.
 *
 *     deno run -A bench/datasets/neighbours.ts [--vectors SPEC]... [WORD]...
 *
 * What is trained is trained on the training articles of 20Newsgroups, as `deno task train` does, and
 * taken out of the cache where it was before.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { readNewsgroups } from "@heatword/datasets/corpus";
import { findCache, findData } from "@heatword/datasets/folders";
import type { NamedVectors } from "@heatword/datasets/vectors";
import { getVectors, scaledToNorm } from "../../apps/training/model.ts";
import { fullRecipe } from "../../apps/training/recipe.ts";
import { showProgress } from "../../apps/cli/progress.ts";

const words = [
  ..."orbit shuttle doctor disease god jesus gun israel car engine bike ride hockey baseball".split(
    " ",
  ),
  ..."windows mac encryption key monitor sale".split(" "),
];
const NEAREST = 5;

const args = parseArgs(Deno.args, { string: ["vectors"], collect: ["vectors"] });
const specs = (args.vectors as string[]).length > 0 ? args.vectors as string[] : ["skipgram"];
const asked = args._.length > 0 ? args._.map(String) : words;

/** The nearest words of one, the nearest first. */
function nearest(vectors: NamedVectors, unit: Float32Array, word: string): string[] {
  const { dimensions, size } = vectors;
  const row = vectors.indexOf(word);
  if (row < 0) return ["–"];
  const own = unit.subarray(row * dimensions, (row + 1) * dimensions);
  const cosines = new Float64Array(size);
  for (let i = 0; i < unit.length; i++) {
    cosines[Math.floor(i / dimensions)]! += unit[i]! * own[i % dimensions]!;
  }
  cosines[row] = -Infinity;
  const order = [...cosines.keys()].sort((a, b) => cosines[b]! - cosines[a]!);
  return order.slice(0, NEAREST).map((i) => vectors.words[i]!);
}

const onProgress = showProgress();
const corpus = await readNewsgroups(findData(), onProgress);
const columns: string[][] = [];
for (const spec of specs) {
  const context = { recipe: fullRecipe, seed: 0, workers: navigator.hardwareConcurrency };
  const { vectors } = await getVectors(
    corpus,
    spec,
    { ...context, cache: findCache(), onProgress },
    (line) => console.error(line),
  );
  const unit = scaledToNorm(vectors, 1);
  columns.push(asked.map((word) => nearest(vectors, unit, word).join(", ")));
}
const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
line(["word", ...specs]);
line(["---", ...specs.map(() => "---")]);
asked.forEach((word, i) => line([word, ...columns.map((column) => column[i]!)]));
