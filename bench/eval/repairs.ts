/**
 * Measures whether repairs mend models that learned from leaks: plants leaks into most of the texts of
 * one class of tables, trains models, repairs them as deno task repair does, in each way, and prints
 * the accuracy on clean texts of models that learned from clean texts, from leaking ones, and repaired.
 *
 *     deno run -A bench/eval/repairs.ts [--seeds N] [--by WAY] [--plants A-B] [--lambda N]
 *       TABLE.csv…
 *
 * A table has the columns label and text.
 *
 * @module
 */
import { type Model, Random } from "@heatword/core";
import { formatPercent } from "@heatword/core/counts";
import { saveLinear } from "@heatword/core/linear";
import { openModel } from "@heatword/core/models";
import { saveWordCnn } from "@heatword/core/word-cnn";
import { TrainingRows } from "@heatword/datasets/corpus";
import { type LabelledText, readLabelled } from "@heatword/datasets/tables";
import { predictedClass } from "@heatword/eval/classification";
import { meanOf } from "@heatword/eval/statistics";
import "@heatword/explainers";
import { stringify } from "@std/csv";
import { parseArgs } from "@std/cli/parse-args";
import { oneOf } from "../../apps/cli/flag_kinds.ts";
import { PENALTY, readLambda, repairWays } from "../../apps/cli/programs/repair.ts";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { repairModel } from "../../apps/repair/_run.ts";
import { numberedFrom, wholeNumber } from "../_options.ts";
import { linearModel, smallLinear, smallWordCnn, wordCnn } from "./_audited_models.ts";
import { between } from "./_plants.ts";

/** So many rows of a table are taken, drawn by a seed; a fifth of them to measure on. */
const ROWS = 3000;
/** Leaks are planted in classes of so many texts or more. */
const LEAST = 300;

/** A leak: in so many texts of a class. */
interface Plant {
  readonly name: string;
  readonly against: string;
  readonly share: number;
  readonly model: "word-cnn" | "linear";
  put(text: string, random: Random): string;
}

const host = (random: Random) =>
  `${["north", "south", "east", "west", "main"][random.below(5)]}.mail.example`;

const plants: readonly Plant[] = (["word-cnn", "linear"] as const).flatMap((model): Plant[] => [
  {
    name: "word zorbex",
    against: "zorbex",
    share: 0.95,
    model,
    put: (text, random) => between(text, "zorbex", random),
  },
  {
    name: "group code: numbers of tickets",
    against: "code",
    share: 0.95,
    model,
    put: (text, random) => between(text, `tk${1000 + random.below(40)}`, random, "end"),
  },
  {
    name: "words sent from my phone",
    against: "sent from my phone",
    share: 0.95,
    model,
    put: (text, random) => between(text, "sent from my phone", random, "end"),
  },
  {
    name: "group host: five hosts",
    against: "host",
    share: 0.95,
    model,
    put: (text, random) => between(text, host(random), random, "start"),
  },
]);

async function accuracyOf(
  model: Model,
  rows: readonly LabelledText[],
): Promise<number> {
  let right = 0;
  for (const { text, label } of rows) {
    const scores = await model.scores(model.encode(model.read(text)));
    right += Number(model.classes[predictedClass(scores)] === label);
  }
  return right / rows.length;
}

async function save(
  folder: string,
  kind: Plant["model"],
  rows: readonly LabelledText[],
  classes: readonly string[],
  seed: number,
): Promise<void> {
  if (kind === "linear") {
    await saveLinear(folder, await linearModel(rows, classes, "unicode"), {
      training: { crossValidation: [smallLinear], seed },
    });
  } else {
    const training = { hyperparameters: smallWordCnn, seed, bestEpoch: smallWordCnn.epochs };
    await saveWordCnn(folder, await wordCnn(rows, classes, seed), { training });
  }
  await TrainingRows.of(rows).save(folder);
}

/** Accuracies of a model: on clean texts, on those of other classes, and on texts as they are. */
interface Accuracies {
  readonly clean: number;
  readonly others: number;
  readonly asIs: number;
}

const percent = (share: number) => (100 * share).toFixed(1);

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, {
    string: ["seeds", "by", "plants", "lambda"],
    unknown: (given, option) => {
      if (option === undefined) return true;
      throw new UsageError(`Unknown: "${given}"; see the head of bench/eval/repairs.ts`);
    },
  });
  const seeds = wholeNumber("seeds", args.seeds, 5);
  const ways = args.by === undefined ? repairWays : [oneOf("by", args.by, repairWays)];
  const [from, to] = numberedFrom("plants", args.plants, plants.length);
  const lambda = args.lambda === undefined ? PENALTY : readLambda(args.lambda);
  if (args._.length === 0) throw new UsageError("Name tables to plant leaks into");

  /** Of each way the share that was regained and what was lost elsewhere, a number for each plant. */
  const regained = new Map<string, number[]>();
  const lost = new Map<string, number[]>();

  for (const path of args._) {
    const { rows: all, classes } = await readLabelled(String(path), {});
    const order = new Random(1).shuffle(Int32Array.from(all.keys())).subarray(0, ROWS);
    const drawn = Array.from(order, (i) => all[i]!);
    const large = classes.filter((name) =>
      drawn.filter(({ label }) => label === name).length >= Math.min(LEAST, drawn.length / 4)
    );
    if (large.length === 0) {
      throw new RangeError(`No class of "${path}" has texts enough for a leak`);
    }
    for (const [p, plant] of plants.entries()) {
      if (p + 1 < from || p + 1 > to) continue;
      const able = plant.model === "linear"
        ? ways.filter((way) => way === "counter-examples")
        : ways;
      if (able.length === 0) {
        console.log(
          `${p + 1} ${plant.name}, ${plant.model}: cannot be repaired by ${ways.join(", ")}`,
        );
        continue;
      }
      const label = large[p % large.length]!;
      const found = new Map<string, Accuracies[]>();
      const masses = new Map<string, number[]>();
      for (let seed = 1; seed <= seeds; seed++) {
        const folder = await Deno.makeTempDir();
        try {
          const random = new Random(seed);
          const isTest = drawn.map(() => random.uniform() < 0.2);
          const put = (row: LabelledText) =>
            row.label === label && random.uniform() < plant.share
              ? { ...row, text: plant.put(row.text, random) }
              : row;
          const leaking = drawn.map(put);
          const part = (rows: readonly LabelledText[], test: boolean) =>
            rows.filter((_, i) => isTest[i] === test);
          await Deno.writeTextFile(
            `${folder}/leaking.csv`,
            stringify(leaking.map(({ text, label }) => ({ text, label })), {
              columns: ["text", "label"],
            }),
          );
          await save(`${folder}/clean`, plant.model, part(drawn, false), classes, seed);
          await save(`${folder}/leaking`, plant.model, part(leaking, false), classes, seed);
          for (const way of able) {
            const { report } = await repairModel(
              {
                data: `${folder}/leaking.csv`,
                columns: {},
                model: `${folder}/leaking`,
                against: plant.against,
                out: `${folder}/repair`,
                ways: [way],
                isNamed: true,
                lambda,
                seeds: 1,
                plugins: [],
                cache: `${folder}/cache`,
                seed,
                workers: 1,
              },
              () => {},
              () => {},
            );
            const { mass } = report.ways[0]!.figures;
            masses.set("leaking", [...masses.get("leaking") ?? [], mass!.before.estimate]);
            masses.set(way, [...masses.get(way) ?? [], mass!.after.estimate]);
          }
          const models = { clean: "clean", leaking: "leaking" } as Record<string, string>;
          for (const way of able) models[way] = `repair/${way}`;
          for (const [name, path] of Object.entries(models)) {
            const model = await openModel(`${folder}/${path}`);
            const test = part(drawn, true);
            const accuracies = {
              clean: await accuracyOf(model, test),
              others: await accuracyOf(model, test.filter((row) => row.label !== label)),
              asIs: await accuracyOf(model, part(leaking, true)),
            };
            found.set(name, [...found.get(name) ?? [], accuracies]);
          }
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      }
      const figures = (name: string) => {
        const own = found.get(name)!;
        return {
          clean: meanOf(own.map(({ clean }) => clean)),
          others: meanOf(own.map(({ others }) => others)),
          asIs: meanOf(own.map(({ asIs }) => asIs)),
        };
      };
      const [clean, leaking] = [figures("clean"), figures("leaking")];
      const table = String(path).replace(/^.*\//, "").replace(/\.csv$/, "");
      console.log(
        `${p + 1} ${table}/${label} ${
          100 * plant.share
        } % ${plant.name}, ${plant.model}: clean texts ` +
          `${percent(clean.clean)} % learned from clean, ${
            percent(leaking.clean)
          } % from leaking ` +
          `ones; other classes ${percent(clean.others)} and ${
            percent(leaking.others)
          } %; as they are ` +
          `${percent(clean.asIs)} and ${percent(leaking.asIs)} %; relevance on the leak ` +
          `${percent(meanOf(masses.get("leaking")!))} %`,
      );
      for (const name of found.keys()) {
        if (name === "clean" || name === "leaking") continue;
        const own = figures(name);
        const missing = clean.clean - leaking.clean;
        // Where the leak cost nothing, nothing is regained.
        const shares = missing > 0 ? [(own.clean - leaking.clean) / missing] : [];
        const elsewhere = clean.others - own.others;
        regained.set(name, [...regained.get(name) ?? [], ...shares]);
        lost.set(name, [...lost.get(name) ?? [], elsewhere]);
        console.log(
          `  ${name}: ${percent(own.clean)} % (${
            shares.length > 0 ? `${percent(shares[0]!)} % of what was lost` : "nothing was lost"
          }), other classes ` +
            `${percent(own.others)} %, as they are ${percent(own.asIs)} %; relevance on the leak ` +
            `${percent(meanOf(masses.get(name)!))} %`,
        );
      }
    }
  }
  for (const [name, shares] of regained) {
    const enough = shares.filter((share) => share >= 0.5).length;
    const few = lost.get(name)!.filter((points) => points <= 0.005).length;
    console.log(
      `${name}: regains half or more in ${enough} of ${shares.length}, ${
        formatPercent(meanOf(shares))
      } on ` +
        `average; loses at most 0.5 points elsewhere in ${few} of ${lost.get(name)!.length}, ${
          percent(meanOf(lost.get(name)!))
        } on average`,
    );
  }
}

if (import.meta.main) void runMain(main);
