/**
 * Whether word dropout that follows relevance makes better word-CNNs than uniform word dropout: trains
 * the network of `train` for own texts by both, with the same seeds, as many passes and no choice among
 * anything, and prints the accuracy on other texts, and the difference of each seed.
 *
 *     deno run -A bench/apps/guided_dropout.ts TRAIN.csv TEST.csv [--guided-dropout 50,100]
 *       [--word-dropout 20,50] [--seeds 5] [--filters 300] [--epochs 12] [--workers 1]
 *
 * Tables have the columns label and text; word vectors are drawn and learned with the rest.
 *
 * @module
 */
import { firstReading, openReader } from "@heatword/core";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { type LabelledText, readLabelled } from "@heatword/datasets/tables";
import "@heatword/datasets/tokenizers";
import { overSeedsInterval } from "@heatword/eval/statistics";
import { parseArgs } from "@std/cli/parse-args";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { showProgress } from "../../apps/cli/progress.ts";
import { fullRecipe } from "../../apps/training/recipe.ts";
import { Attempts } from "../../apps/training/word_cnn_attempts.ts";
import { firstChoice } from "../../apps/training/word_cnn_choices.ts";
import { wholeNumber } from "../_options.ts";
import { accuracyOf, spread } from "./_accuracy_runs.ts";

const options = ["guided-dropout", "word-dropout", "seeds", "filters", "epochs", "workers"];

const points = (part: number) => (100 * part).toFixed(2);
const signed = (part: number) => (part < 0 ? "−" : "+") + points(Math.abs(part));

async function compactOf(
  rows: readonly LabelledText[],
  classes: readonly string[],
): Promise<CompactDocument[]> {
  const reader = await openReader(firstReading);
  return rows.map(({ id, text, label }) => {
    const words = reader.read(text).tokens.map(({ text }) => text);
    return { id, label: classes.indexOf(label), words: words.join(" "), length: words.length };
  });
}

async function main(): Promise<void> {
  const { _: paths, ...args } = parseArgs(Deno.args, {
    string: options,
    unknown: (given, name) => {
      if (name === undefined) return true;
      throw new UsageError(`Unknown: "${given}"; see the head of bench/apps/guided_dropout.ts`);
    },
  });
  const numbersOf = (name: string, otherwise: string, [from, to]: [number, number]) => {
    const given = String(args[name] ?? otherwise);
    return given.split(",").map((number) => wholeNumber(name, number, from, { from, to }));
  };
  const one = (name: string, otherwise: number) =>
    wholeNumber(name, args[name] as string | undefined, otherwise);
  if (paths.length !== 2) {
    throw new UsageError("Name two tables: one to learn from, and one to measure on");
  }
  const [learned, measured] = [
    await readLabelled(String(paths[0])),
    await readLabelled(String(paths[1])),
  ];
  const { classes } = learned;
  const alien = measured.classes.find((name) => !classes.includes(name));
  if (alien !== undefined) {
    throw new RangeError(`No text of "${paths[0]}" has the class "${alien}" of "${paths[1]}"`);
  }
  const corpus = {
    classes,
    train: await compactOf(learned.rows, classes),
    test: await compactOf(measured.rows, classes),
  };
  const seeds = Array.from({ length: one("seeds", 5) }, (_, i) => i + 1);
  const filters = one("filters", 300);
  const [epochs, workers] = [one("epochs", 12), one("workers", 1)];
  const first = firstChoice({ vectors: "random", filters }, epochs);
  const onProgress = showProgress();
  const accuracies = async (wordDropout: number, guidedDropout: number) => {
    const found: number[] = [];
    for (const seed of seeds) {
      const recipe = { ...fullRecipe, heldOut: 0 };
      const context = { recipe, seed, workers, cache: "", reading: firstReading, onProgress };
      const hyperparameters = { ...first.hyperparameters, wordDropout, guidedDropout };
      const { model } = await new Attempts(corpus, context, "random", () => {})
        .train({ ...first, hyperparameters }, corpus.train, [], "Training");
      found.push(accuracyOf(model, corpus.test));
    }
    return found;
  };
  console.log(
    `${corpus.train.length} texts to learn from, ${corpus.test.length} to measure on, ${seeds.length} ` +
      `seeds, ${filters} filters, ${epochs} passes\n\n` +
      "| word dropout | guided | accuracy ± SD | difference of each seed: mean, 95 % |\n" +
      "| -----------: | -----: | ------------- | ----------------------------------- |",
  );
  for (const dropout of numbersOf("word-dropout", "20,50", [1, 99])) {
    let uniform: readonly number[] = [];
    for (const guided of [0, ...numbersOf("guided-dropout", "50,100", [1, 100])]) {
      const found = await accuracies(dropout / 100, guided / 100);
      const { mean, deviation } = spread(found);
      const differences = found.map((accuracy, i) => accuracy - (uniform[i] ?? accuracy));
      const { estimate, low, high } = overSeedsInterval(differences.map((one) => [one]));
      const difference = guided === 0
        ? "–"
        : `${signed(estimate)} points, ${signed(low)} to ${signed(high)}`;
      console.log(
        `| ${dropout} % | ${guided} % | ${points(mean)} ± ${points(deviation)} % | ${difference} |`,
      );
      if (guided === 0) uniform = found;
    }
  }
}

if (import.meta.main) void runMain(main);
