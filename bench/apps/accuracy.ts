/**
 * The accuracy of the paper's network by several seeds, which change word vectors and network: mean and
 * standard deviation. What was trained before is taken from the results file and the cache; a run that
 * was stopped goes on where it was.
 *
 *     deno task accuracy [--vectors SPEC]... [--seeds 5] [--held-out] [--widths 2] [--filters 800]
 *       [--epochs 12] [--norm 3] [--workers N] [--data DIR] [--cache DIR] [--out FILE.json]
 *
 * With `--held-out` it learns from 85 % of the training documents, vectors too, and measures on the
 * latest 15 % of each class: by that, and not by the test documents, anything is chosen.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { defaultHyperparameters } from "@heatword/core/word-cnn";
import { findCache, findData } from "@heatword/datasets/folders";
import { showProgress } from "../../apps/cli/progress.ts";
import { fullRecipe } from "../../apps/training/recipe.ts";
import { readCorpus, type Run, Runs, train, type Variant } from "./_accuracy_runs.ts";

const args = parseArgs(Deno.args, {
  boolean: ["held-out"],
  string: [
    "vectors",
    "widths",
    "filters",
    "epochs",
    "norm",
    "seeds",
    "workers",
    "data",
    "cache",
    "out",
  ],
  collect: ["vectors"],
  unknown: (given) => {
    console.error(`Unknown: ${given}; see the head of bench/apps/accuracy.ts`);
    Deno.exit(2);
  },
});

/** A number from 1 that was given, or another one. */
function numberOf(
  name: "filters" | "epochs" | "norm" | "seeds" | "workers",
  otherwise: number,
): number {
  const value = Number(args[name] ?? otherwise);
  if (value >= 1) return value;
  console.error(`Option --${name} takes a number from 1, not "${args[name]}"`);
  Deno.exit(2);
}

const given = args.vectors as string[];
const specs = given.length > 0 ? given : ["skipgram", "skipgram+ppmi"];
const variants = specs.map((vectors): Variant => ({
  vectors,
  widths: (args.widths ?? "2").split(",").map(Number),
  filters: numberOf("filters", defaultHyperparameters.filters),
  epochs: numberOf("epochs", fullRecipe.hyperparameters.epochs!),
  norm: numberOf("norm", fullRecipe.norm),
  heldOut: args["held-out"],
}));
const seeds = Array.from({ length: numberOf("seeds", 5) }, (_, seed) => seed);
const setting = {
  workers: numberOf("workers", navigator.hardwareConcurrency),
  cache: findCache(args.cache),
  onProgress: showProgress(),
};
const out = args.out ?? "out/accuracy.json";
const runs = await Runs.read(out);
const corpus = await readCorpus(findData(args.data), args["held-out"], setting.onProgress);
for (const seed of seeds) {
  for (const variant of variants) {
    if (runs.find(variant, seed)) continue;
    const run = await train(corpus, variant, seed, setting);
    await runs.add(run);
    console.error(`${run.vectors}, seed ${seed}: ${percent(run.accuracy)}`);
  }
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}

/** Mean and standard deviation, which has n − 1 in the denominator. */
function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
line(["vectors", "filters", "widths", "epochs", "mean", "standard deviation", "each seed"]);
line(["---", "---:", "---", "---:", "---:", "---:", "---"]);
for (const variant of variants) {
  const done = seeds.map((seed) => runs.find(variant, seed)!) satisfies Run[];
  const accuracies = done.map(({ accuracy }) => accuracy);
  const { mean, deviation } = spread(accuracies);
  line([
    variant.vectors,
    String(variant.filters),
    variant.widths.join(", "),
    String(variant.epochs),
    percent(mean),
    accuracies.length > 1 ? percent(deviation) : "–",
    accuracies.map((value) => (100 * value).toFixed(2)).join(", "),
  ]);
}
