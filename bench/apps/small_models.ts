/**
 * What a small model loses: a network of the paper's sizes, trained on 85 % of the training documents of
 * 20Newsgroups, made small in several ways, and measured on the others.
 *
 *     deno run -A bench/apps/small_models.ts [--vectors skipgram+ppmi] [--min-counts 4,5,6]
 *       [--workers N] [--data DIR] [--cache DIR]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import {
  compactStorage,
  compactWordCnn,
  defaultHyperparameters,
  type SaveOptions,
  type WordCnn,
  wordCnnFiles,
} from "@heatword/core/word-cnn";
import { findCache, findData } from "@heatword/datasets/folders";
import { showProgress } from "../../apps/cli/progress.ts";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { frequentWords } from "../../apps/train/_candidate.ts";
import { fullRecipeFor } from "../../apps/training/recipe.ts";
import { wholeNumber } from "../_options.ts";
import { accuracyOf, readCorpus, trainModel } from "./_accuracy_runs.ts";

async function megabytesOf(model: WordCnn, storage: SaveOptions): Promise<string> {
  const { files } = await wordCnnFiles(model, storage);
  const bytes = files.values().reduce((sum, { length }) => sum + length, 0);
  return (bytes / 1e6).toFixed(1);
}

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, {
    string: ["vectors", "min-counts", "workers", "data", "cache"],
    default: { "vectors": "skipgram+ppmi", "min-counts": "4,5,6" },
    unknown: (given) => {
      throw new UsageError(`Unknown: "${given}"; see the head of bench/apps/small_models.ts`);
    },
  });
  const minCounts = args["min-counts"].split(",").map((count: string) =>
    wholeNumber("min-counts", count, 1)
  );
  const workers = wholeNumber("workers", args.workers, navigator.hardwareConcurrency, { to: 256 });
  const onProgress = showProgress();
  const corpus = await readCorpus(findData(args.data), "beginning", onProgress);
  const { hyperparameters, norm } = fullRecipeFor(args.vectors);
  const variant = {
    ...{ vectors: args.vectors, widths: [2], filters: defaultHyperparameters.filters },
    ...{ epochs: hyperparameters.epochs!, norm, heldOut: "beginning" as const },
  };
  const full = await trainModel(corpus, variant, 0, {
    workers,
    cache: findCache(args.cache),
    onProgress,
  });
  const line = async (bits: string, minCount: string, model: WordCnn, storage: SaveOptions) => {
    const accuracy = (100 * accuracyOf(model, corpus.test)).toFixed(2);
    const megabytes = await megabytesOf(model, storage);
    console.log(
      `| ${bits} | ${minCount} | ${model.vocabulary.size} | ${megabytes} | ${accuracy} % |`,
    );
  };
  console.log(
    "| bits | minimum count | words | MB | accuracy |\n| ---: | ---: | ---: | ---: | ---: |",
  );
  await line("32", "–", full, {});
  for (const minCount of minCounts) {
    const kept = frequentWords(corpus.train, minCount);
    for (const bits of [8, 4] as const) {
      const small = compactWordCnn(full, (word) => kept.has(word.toLowerCase()), { bits });
      await line(String(bits), String(minCount), small, compactStorage(bits));
    }
  }
}

if (import.meta.main) void runMain(main);
