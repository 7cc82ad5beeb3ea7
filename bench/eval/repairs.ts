/**
 * Measures whether repairs mend models that learned from leaks: plants leaks into most of the texts of
 * one class of tables, trains models, repairs them as deno task repair does, in each way, and prints
 * the accuracy on clean texts of models that learned from clean texts, from leaking ones, and repaired.
 *
 *     deno run -A bench/eval/repairs.ts [--seeds N] [--first-seed N] [--by WAY,…] [--plants A-B]
 *       [--lambda N] [--filters N] [--cache DIR] TABLE.csv…
 *
 * A table has the columns label and text. Word-CNNs are small ones of 32 filters of two words and drawn
 * vectors of 16 numbers; with --filters they are made as deno task train makes them, with so many
 * filters of one to three words. What was trained is kept in the folder --cache, so that the same
 * command goes on where it stopped.
 *
 * @module
 */
import { type Model, Random } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { type LabelledText, readLabelled } from "@heatword/datasets/tables";
import { predictedClass } from "@heatword/eval/classification";
import type { RepairWay } from "@heatword/eval/repair";
import "@heatword/explainers";
import { stringify } from "@std/csv";
import { parseArgs } from "@std/cli/parse-args";
import { oneOf } from "../../apps/cli/flag_kinds.ts";
import { PENALTY, readLambda, repairWays } from "../../apps/cli/programs/repair.ts";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { repairModel } from "../../apps/repair/_run.ts";
import { numberedFrom, wholeNumber } from "../_options.ts";
import { leaks, type PlantedLeak } from "./_leaks.ts";
import { type RepairedFigures, RepairTotals } from "./_repair_totals.ts";
import { leakingTable, makeModel } from "./_repaired_models.ts";

/** So many different rows of a table are taken, drawn by a seed; a fifth of them to measure on. */
const ROWS = 3000;
/** Leaks are planted in classes of so many texts or more. */
const LEAST = 300;

/** What is the same for all leaks. */
interface Bench {
  readonly seeds: readonly number[];
  readonly lambda: number;
  readonly filters: number | undefined;
  readonly cache: string;
}

async function accuracyOf(model: Model, rows: readonly LabelledText[]): Promise<number> {
  let right = 0;
  for (const { text, label } of rows) {
    const scores = await model.scores(model.encode(model.read(text)));
    right += Number(model.classes[predictedClass(scores)] === label);
  }
  return right / rows.length;
}

/** A table with a class that leaks. */
interface LeakingClass {
  readonly table: string;
  readonly rows: readonly LabelledText[];
  readonly classes: readonly string[];
  readonly label: string;
}

/** Makes, repairs and measures the models of one seed. */
async function measureSeed(
  leak: PlantedLeak,
  { table, rows, classes, label }: LeakingClass,
  able: readonly RepairWay[],
  seed: number,
  { lambda, filters, cache }: Bench,
): Promise<ReadonlyMap<string, RepairedFigures>> {
  const { leaking, isTest } = leakingTable(rows, leak, label, seed);
  const part = (of: readonly LabelledText[], test: boolean) =>
    of.filter((_, i) => isTest[i] === test);
  const kind = leak.model === "linear" ? "linear" : `word-cnn-${filters ?? "small"}`;
  const folder = `${cache}/${table}/${kind}/${seed}`;
  const common = { kind: leak.model, classes, seed, filters, cache };
  const own = `${folder}/${leak.against.replaceAll(" ", "-")}`;
  await makeModel(`${folder}/clean`, { ...common, rows: part(rows, false) });
  await makeModel(`${own}/leaking`, { ...common, rows: part(leaking, false) });
  await Deno.writeTextFile(
    `${own}/leaking.csv`,
    stringify(leaking.map(({ text, label }) => ({ text, label })), { columns: ["text", "label"] }),
  );
  const { report } = await repairModel(
    {
      data: `${own}/leaking.csv`,
      columns: {},
      model: `${own}/leaking`,
      against: leak.against,
      out: `${own}/repair`,
      ways: able,
      isNamed: true,
      lambda,
      seeds: 1,
      plugins: [],
      cache,
      seed,
      workers: 1,
    },
    () => {},
    () => {},
  );
  const test = part(rows, true);
  const others = test.filter((row) => row.label !== label);
  const random = new Random(seed);
  const withLeak = others.map((row) => ({ ...row, text: leak.put(row.text, random) }));
  const measure = async (path: string, mass: number): Promise<RepairedFigures> => {
    const model = await openModel(path);
    return {
      clean: await accuracyOf(model, test),
      others: await accuracyOf(model, others),
      put: await accuracyOf(model, withLeak),
      mass,
    };
  };
  const found = new Map<string, RepairedFigures>();
  found.set("clean", await measure(`${folder}/clean`, NaN));
  const before = report.ways[0]!.figures.mass!.before.estimate;
  found.set("leaking", await measure(`${own}/leaking`, before));
  for (const { way, folder, figures } of report.ways) {
    found.set(way, await measure(folder, figures.mass!.after.estimate));
  }
  if (able.length > 1) found.set("the advised way", found.get(report.advised)!);
  return found;
}

/** The classes of a table in which leaks are planted, and the rows that are taken. */
async function readTable(path: string) {
  const { rows: given, classes } = await readLabelled(path, {});
  // A text that is there twice would be learned from and measured on.
  const all = [...new Map(given.map((row) => [`${row.label} ${row.text}`, row])).values()];
  const order = new Random(1).shuffle(Int32Array.from(all.keys())).subarray(0, ROWS);
  const rows = Array.from(order, (i) => all[i]!);
  const large = classes.filter((name) =>
    rows.filter(({ label }) => label === name).length >= Math.min(LEAST, rows.length / 4)
  );
  if (large.length === 0) throw new RangeError(`No class of "${path}" has texts enough for a leak`);
  const table = path.replace(/^.*\//, "").replace(/\.csv$/, "");
  return { table, rows, classes, large };
}

/** Reads `--by`: ways with commas between. */
function readWays(given: string | undefined): readonly RepairWay[] {
  return given?.split(",").map((way) => oneOf("by", way, repairWays)) ?? repairWays;
}

/** Reads the command line. */
function readOptions() {
  const args = parseArgs(Deno.args, {
    string: ["seeds", "first-seed", "by", "plants", "lambda", "filters", "cache"],
    unknown: (given, option) => {
      if (option === undefined) return true;
      throw new UsageError(`Unknown: "${given}"; see the head of bench/eval/repairs.ts`);
    },
  });
  if (args._.length === 0) throw new UsageError("Name tables to plant leaks into");
  const first = wholeNumber("first-seed", args["first-seed"], 1);
  const [from, to] = numberedFrom("plants", args.plants, leaks.length);
  return {
    tables: args._.map(String),
    ways: readWays(args.by),
    seeds: Array.from({ length: wholeNumber("seeds", args.seeds, 5) }, (_, i) => first + i),
    numbers: Array.from({ length: to - from + 1 }, (_, i) => from + i),
    lambda: args.lambda === undefined ? PENALTY : readLambda(args.lambda),
    filters: args.filters === undefined ? undefined : wholeNumber("filters", args.filters, 0, {
      from: 3,
    }),
    cache: args.cache,
  };
}

async function main(): Promise<void> {
  const { tables, ways, numbers, cache: kept, ...settings } = readOptions();
  const cache = kept ?? await Deno.makeTempDir();
  const totals = new RepairTotals();
  try {
    for (const path of tables) {
      const { large, ...table } = await readTable(path);
      for (const number of numbers) {
        const leak = leaks[number - 1]!;
        const able = ways.filter((way) =>
          leak.model === "word-cnn" || way === "deletion" || way === "counter-examples"
        );
        const name = `${number} ${leak.name}, ${leak.model}`;
        if (able.length === 0) {
          console.log(`${name}: cannot be repaired by ${ways.join(", ")}`);
          continue;
        }
        const label = large[(number - 1) % large.length]!;
        const found: ReadonlyMap<string, RepairedFigures>[] = [];
        for (const seed of settings.seeds) {
          const bench = { ...settings, cache };
          found.push(await measureSeed(leak, { ...table, label }, able, seed, bench));
        }
        console.log(totals.add(`${name}, ${100 * leak.share} % of ${table.table}/${label}`, found));
      }
    }
  } finally {
    if (kept === undefined) await Deno.remove(cache, { recursive: true });
  }
  console.log(totals.text());
}

if (import.meta.main) void runMain(main);
