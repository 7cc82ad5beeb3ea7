/**
 * Measures whether an audit finds shortcuts: plants twenty of them, one at a time, into tables, trains
 * models, audits them, and prints the rank of each; then audits models of the tables as they are, each
 * trained twenty times on other draws of nine tenths of the rows, and prints the largest suspicion.
 *
 *     deno run -A bench/eval/audit_plants.ts [--plants A-B|none] [--clean N] TABLE.csv…
 *
 * A table has the columns label and text.
 *
 * @module
 */
import { type Model, Random } from "@heatword/core";
import { type LabelledText, readLabelled } from "@heatword/datasets/tables";
import { type Audit, audit } from "@heatword/eval/audit";
import "@heatword/explainers";
import { parseArgs } from "@std/cli/parse-args";
import { runMain } from "../../apps/cli/run_main.ts";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { numberedFrom, wholeNumber } from "../_options.ts";
import { casedModel, linearModel, wordCnn } from "./_audited_models.ts";
import { type Plant, planted, plants } from "./_plants.ts";

/** So many rows of a table are taken, drawn by a seed. */
const ROWS = 4500;
/** Shortcuts are planted in classes of so many texts or more. */
const LEAST = 300;

/**
 * A shortcut is planted where it changes so many texts of the class, as capitals do not in Chinese, and
 * where at most so many have the like anyway, as most of spam has words in capitals.
 */
const [CHANGED, THERE] = [0.9, 0.5];

interface Table {
  readonly name: string;
  readonly rows: readonly LabelledText[];
  readonly classes: readonly string[];
}

async function readTable(path: string): Promise<Table> {
  const { rows, classes } = await readLabelled(path, {});
  const order = new Random(1).shuffle(Int32Array.from(rows.keys())).subarray(0, ROWS).sort();
  return {
    name: path.replace(/^.*\//, "").replace(/\.csv$/, ""),
    rows: Array.from(order, (i) => rows[i]!),
    classes,
  };
}

/** The class of a table whose turn it is, among those with enough texts. */
function classOf({ rows, classes }: Table, turn: number): string {
  const large = classes.filter((name) =>
    rows.filter(({ label }) => label === name).length >= LEAST
  );
  const among = large.length > 0 ? large : classes;
  return among[turn % among.length]!;
}

/** The table and the class whose turn it is, or those of the next table where a shortcut can act. */
function placeFor(plant: Plant, p: number, tables: readonly Table[]) {
  for (const k of tables.keys()) {
    const table = tables[(p + k) % tables.length]!;
    const label = classOf(table, Math.floor(p / tables.length));
    const random = new Random(0);
    const texts = table.rows.filter((row) => row.label === label).map(({ text }) => text);
    const changed = texts.filter((text) => plant.put(text, random) !== text);
    const having = texts.filter((text) => plant.isThere?.(text));
    if (changed.length >= CHANGED * texts.length && having.length <= THERE * texts.length) {
      return { table, label };
    }
  }
  throw new RangeError(`No table has texts that the shortcut "${plant.name}" would change`);
}

async function train(
  kind: Plant["model"],
  rows: readonly LabelledText[],
  classes: readonly string[],
  seed: number,
): Promise<Model> {
  if (kind === "word-cnn") return await wordCnn(rows, classes, seed);
  if (kind === "cased") return await casedModel(rows, classes);
  return await linearModel(rows, classes, kind === "marks" ? "nltk" : "unicode");
}

async function auditOf(model: Model, rows: readonly LabelledText[]): Promise<Audit> {
  const isBlack = !("layers" in model);
  const some = isBlack ? rows.slice(0, 1200) : rows;
  const documents = some.map(({ text, id, label }) => model.read(text, { id, label }));
  return await audit({ model, explainer: isBlack ? "occlusion" : "lrp" }, documents);
}

const told = ({ findings }: Audit, n: number) =>
  findings.slice(0, n).map(({ kind, what, suspicion }) =>
    `${kind} ${what} ${suspicion.total.toFixed(1)}`
  )
    .join("; ");

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, {
    string: ["plants", "clean"],
    unknown: (given, option) => {
      if (option === undefined) return true;
      throw new UsageError(`Unknown: "${given}"; see the head of bench/eval/audit_plants.ts`);
    },
  });
  const [from, to] = args.plants === "none"
    ? [1, 0]
    : numberedFrom("plants", args.plants, plants.length);
  const retrainings = wholeNumber("clean", args.clean, 20, { from: 0 });
  if (args._.length === 0) throw new UsageError("Name tables to plant shortcuts into");
  const tables = await Promise.all(args._.map((path) => readTable(String(path))));
  const ranks: number[] = [];
  for (const [p, plant] of plants.entries()) {
    if (p + 1 < from || p + 1 > to) continue;
    const { table: { name, rows, classes }, label } = placeFor(plant, p, tables);
    const made = planted(rows, plant, label, new Random(p + 1));
    const began = performance.now();
    const model = await train(plant.model, made, classes, p);
    const found = await auditOf(model, made);
    const index = found.findings.findIndex(({ what, class: c }) =>
      plant.isMeant(what) && c === label
    );
    const rank = index < 0 ? Infinity : index + 1;
    ranks.push(rank);
    const finding = found.findings[index];
    console.log(
      `${p + 1} ${name}/${label} ${100 * plant.share} % ${plant.name}: rank ${rank}` +
        (finding
          ? ` (${finding.kind} ${finding.what}, ${finding.documents} texts, suspicion ${
            finding.suspicion.total.toFixed(1)
          }, ` +
            `turns ${finding.inserted.count}/${finding.inserted.of}${
              finding.alarm ? ", alarm" : ""
            })`
          : "") +
        ` in ${((performance.now() - began) / 1000).toFixed(0)} s` +
        (rank > 1 ? `; before it: ${told(found, 4)}` : ""),
    );
  }
  if (ranks.length > 0) {
    const share = (most: number) =>
      `${ranks.filter((rank) => rank <= most).length} of ${ranks.length}`;
    console.log(`rank 1: ${share(1)}; first 5: ${share(5)}`);
  }
  for (const { name, rows, classes } of retrainings > 0 ? tables : []) {
    for (const kind of ["linear", "word-cnn"] as const) {
      const largest: number[] = [];
      let last: Audit | undefined;
      for (let seed = 1; seed <= retrainings; seed++) {
        const random = new Random(seed);
        const drawn = rows.filter(() => random.uniform() < 0.9);
        last = await auditOf(await train(kind, drawn, classes, seed), drawn);
        largest.push(last.findings[0]?.suspicion.total ?? -Infinity);
        console.error(`${name}, ${kind}, training ${seed}: ${told(last, 1)}`);
      }
      console.log(
        `clean ${name}, ${kind}: largest suspicion of ${retrainings} trainings ` +
          `${Math.max(...largest).toFixed(2)} (threshold ${last!.threshold}); of the last: ${
            told(last!, 4)
          }`,
      );
    }
  }
}

if (import.meta.main) void runMain(main);
