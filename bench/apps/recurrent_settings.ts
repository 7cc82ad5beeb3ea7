/**
 * How well recurrent classifiers do with other settings than the usual ones, each setting alone: on
 * training documents that are held out, never on test documents. What was trained before is kept in the
 * cache, and a run that was stopped goes on after its last epoch.
 *
 *     deno run -A bench/apps/recurrent_settings.ts [--architecture bilstm] [--vary NAME=VALUE]...
 *       [--seeds 1] [--vectors skipgram] [--data TABLE --text COLUMN --label COLUMN]
 *       [--workers N] [--cache DIR]
 *
 * It learns from 85 % of the training documents of 20Newsgroups, or of a table, word vectors too, and
 * measures on the others after each epoch.
 *
 * @module
 */
import { firstReading } from "@heatword/core";
import { isNewsgroupsFolder, labelledPaths, readTrainingTexts } from "@heatword/datasets/corpus";
import { findCache } from "@heatword/datasets/folders";
import "@heatword/datasets/tokenizers";
import { meanOf } from "@heatword/eval/statistics";
import { parseArgs } from "@std/cli/parse-args";
import { oneOf } from "../../apps/cli/flag_kinds.ts";
import { showProgress } from "../../apps/cli/progress.ts";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { wholeNumber } from "../_options.ts";
import {
  architectures,
  readSetting,
  type Setting,
  settingName,
  Settings,
  usualSettings,
} from "./_recurrent_settings.ts";

const texts = ["data", "text", "label", "architecture", "vectors", "workers", "cache", "seeds"];

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** Prints a row of a table. */
const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, {
    string: [...texts, "vary"],
    collect: ["vary"],
    unknown: (given) => {
      throw new UsageError(`Unknown: "${given}"; see the head of bench/apps/recurrent_settings.ts`);
    },
  }) as unknown as Readonly<Record<string, string | undefined>> & { readonly vary: string[] };
  const architecture = oneOf("architecture", args.architecture ?? "bilstm", architectures);
  const { data, text, label, vectors = "skipgram" } = args;
  const varied: Setting[] = args.vary.length > 0 ? args.vary.map(readSetting) : usualSettings;
  const seeds = Array.from({ length: wholeNumber("seeds", args.seeds, 1) }, (_, seed) => seed);
  const workers = wholeNumber("workers", args.workers, navigator.hardwareConcurrency);
  const onProgress = showProgress();
  const isOwn = !await isNewsgroupsFolder(labelledPaths(data));
  const reading = isOwn ? { reading: { ...firstReading, tokenizer: "unicode" } } : {};
  const columns = { ...(text && { text }), ...(label && { label }) };
  const source = { ...(data && { data }), columns, seed: 0, ...reading };
  const { corpus } = await readTrainingTexts(source, onProgress);
  using settings = await Settings.open(corpus, {
    ...{ architecture, vectors, workers, cache: findCache(args.cache), onProgress },
    ...reading,
  });
  for (const seed of seeds) {
    for (const setting of [{}, ...varied]) {
      const { accuracies } = await settings.measure(setting, seed);
      const last = accuracies.at(-1)!;
      console.error(`${settingName(setting)}, seed ${seed}: ${percent(last)} after the last epoch`);
    }
  }
  const { learned, heldOut } = settings;
  console.log(`${architecture}: ${learned} documents to learn from, ${heldOut} held out\n`);
  line(["setting", "after the last epoch", "after the best", "which", "each seed"]);
  line(["---", "---:", "---:", "---", "---"]);
  for (const setting of [{}, ...varied]) {
    const found = await Promise.all(seeds.map((seed) => settings.measure(setting, seed)));
    const last = found.map(({ accuracies }) => accuracies.at(-1)!);
    const best = found.map(({ accuracies }) => Math.max(...accuracies));
    const which = found.map(({ accuracies }, i) => 1 + accuracies.indexOf(best[i]!));
    line([
      settingName(setting),
      percent(meanOf(last)),
      percent(meanOf(best)),
      `${which.join(", ")} of ${found[0]!.accuracies.length}`,
      last.map(percent).join(", "),
    ]);
  }
}

if (import.meta.main) void runMain(main);
