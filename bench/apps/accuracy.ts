/**
 * The accuracy of the paper's network by several seeds, which change word vectors and network: mean and
 * standard deviation. What was trained before is taken from the results file and the cache; a run that
 * was stopped goes on where it was.
 *
 *     deno task accuracy [--vectors SPEC]... [--seeds 5] [--held-out [--whole]] [--linear]
 *       [--widths 2] [--filters 800] [--epochs 12, of joined vectors 20] [--norm 3]
 *       [--workers N] [--data DIR] [--cache DIR] [--out FILE.json]
 *
 * With `--held-out` it learns from 85 % of the training documents, vectors too, and measures on the
 * latest 15 % of each class, on the first 400 words of each as of test documents, with `--whole` on all:
 * by that, and not by the test documents, anything is chosen. With `--linear`
 * a linear model of the same documents, all words of each, stands below.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { defaultHyperparameters } from "@heatword/core/word-cnn";
import { findCache, findData } from "@heatword/datasets/folders";
import { showProgress } from "../../apps/cli/progress.ts";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { getLinear, predictLinear } from "../../apps/training/linear.ts";
import { fullRecipe, fullRecipeFor } from "../../apps/training/recipe.ts";
import { wholeNumber } from "../_options.ts";
import { readCorpus, Runs, spread, train, type Variant } from "./_accuracy_runs.ts";

const numbers = ["filters", "epochs", "seeds", "workers"] as const;
const texts = ["widths", "norm", "data", "cache", "out"] as const;

const percent = (part: number) => `${(100 * part).toFixed(2)} %`;

/** Prints a row of a table. */
const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, {
    boolean: ["held-out", "whole", "linear"],
    string: ["vectors", ...numbers, ...texts],
    collect: ["vectors"],
    unknown: (given) => {
      throw new UsageError(`Unknown: "${given}"; see the head of bench/apps/accuracy.ts`);
    },
  });
  const numberOf = (name: typeof numbers[number], otherwise: number) =>
    wholeNumber(name, args[name], otherwise);
  const norm = Number(args.norm ?? fullRecipe.norm);
  if (!(norm >= 1 && norm < Infinity)) {
    throw new UsageError(`Option --norm takes a number from 1, not "${args.norm}"`);
  }
  const given = args.vectors as string[];
  const specs = given.length > 0 ? given : ["skipgram", "skipgram+ppmi"];
  if (args.whole && !args["held-out"]) throw new UsageError("Option --whole is for --held-out");
  const heldOut = args["held-out"] && (args.whole ? "whole" : "beginning");
  const variants = specs.map((vectors): Variant => ({
    vectors,
    widths: (args.widths ?? "2").split(",").map(Number),
    filters: numberOf("filters", defaultHyperparameters.filters),
    epochs: numberOf("epochs", fullRecipeFor(vectors).hyperparameters.epochs!),
    norm,
    heldOut,
  }));
  const seeds = Array.from({ length: numberOf("seeds", 5) }, (_, seed) => seed);
  const setting = {
    workers: numberOf("workers", navigator.hardwareConcurrency),
    cache: findCache(args.cache),
    onProgress: showProgress(),
  };
  const runs = await Runs.read(args.out ?? "out/accuracy.json");
  const corpus = await readCorpus(findData(args.data), heldOut, setting.onProgress);
  for (const seed of seeds) {
    for (const variant of variants) {
      if (runs.find(variant, seed)) continue;
      const run = await train(corpus, variant, seed, setting);
      await runs.add(run);
      console.error(`${run.vectors}, seed ${seed}: ${percent(run.accuracy)}`);
    }
  }
  line(["vectors", "filters", "widths", "epochs", "mean", "standard deviation", "each seed"]);
  line(["---", "---:", "---", "---:", "---:", "---:", "---"]);
  for (const variant of variants) {
    const accuracies = seeds.map((seed) => runs.find(variant, seed)!.accuracy);
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
  if (!args.linear) return;
  const context = { ...setting, recipe: fullRecipe, seed: 0 };
  const { model, training } = await getLinear(corpus, context, false);
  const classes = predictLinear(model, corpus.test);
  const right = corpus.test.filter(({ label }, i) => label === classes[i]).length;
  const { features, cost } = training.crossValidation[0]!;
  console.log(
    `\nlinear model (${features.join(", ")} at a cost of ${cost}): ` +
      percent(right / corpus.test.length),
  );
}

if (import.meta.main) void runMain(main);
