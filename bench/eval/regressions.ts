/**
 * Measures whether assert and diff tell regressions from the noise of retraining: trains a linear model
 * on nine tenths of a table, and beside it three that are worse by construction (a word that is put
 * into a fifth of the texts of one class, half of the labels of a class changed, a telling word
 * taken out of the training texts) and models of other draws of nine tenths; prints what assert and
 * diff say of each on the same texts.
 *
 *     deno run -A bench/eval/regressions.ts TABLE.csv CLASS WORD [RETRAININGS]
 *
 * WORD is one that should speak for CLASS. A table has the columns label and text.
 *
 * @module
 */
import { type Model, Random } from "@heatword/core";
import { type LabelledText, readLabelled } from "@heatword/datasets/tables";
import { checkRules, diffAlarms, diffModels, readRules } from "@heatword/eval/audit";
import "@heatword/explainers";
import { linearModel } from "./_audited_models.ts";
import { between } from "./_plants.ts";

/** So many rows are taken, drawn by a seed. */
const ROWS = 1200;

const [path, label, word, retrainings = "20"] = Deno.args;
if (word === undefined) {
  console.error("error: Name a table, a class and a word: see the comment of this file");
  Deno.exit(2);
}
const { rows: all, classes } = await readLabelled(path!, {});
const order = new Random(1).shuffle(Int32Array.from(all.keys())).subarray(0, ROWS);
const rows = Array.from(order, (i) => all[i]!);
const other = classes.find((name) => name !== label)!;
const train = (rows: readonly LabelledText[]) => linearModel(rows, classes, "unicode");
const drawn = (seed: number) => {
  const random = new Random(seed);
  return rows.filter(() => random.uniform() < 0.9);
};
const random = new Random(99);
const leak = (row: LabelledText) =>
  row.label === label && random.uniform() < 0.2
    ? { ...row, text: between(row.text, "zorbex", random) }
    : row;
// The texts that models are compared on have the leak: so does production where it comes from.
const texts = rows.map(leak);
const asked = (model: Model) => ({ model, explainer: "lrp" });
const documents = (model: Model) =>
  texts.map(({ text, id, label }) => model.read(text, { id, label }));

const base = await train(drawn(0));
const right = await checkRules(asked(base), documents(base), [{ check: "accuracy", atLeast: 0 }]);
const accuracy = right[0]!.measured!.estimate;
const rules = readRules(
  JSON.stringify({
    rules: [
      { check: "relevance", tokens: ["zorbex"], below: 0.01 },
      { check: "speaks", word, class: label, atLeast: 0.8 },
      { check: "accuracy", atLeast: Math.max(0, accuracy - 0.06) },
    ],
  }),
  "rules",
);

async function judged(name: string, model: Model): Promise<number> {
  const checked = await checkRules(asked(model), documents(model), rules);
  const fails = checked.filter(({ outcome }) => outcome === "fails").map(({ name }) => name);
  const diff = await diffModels(asked(base), asked(model), [documents(base), documents(model)]);
  const alarms = diffAlarms(diff);
  console.log(`${name}: assert ${fails.length === 0 ? "holds" : fails.join("; ")}`);
  console.log(`${name}: diff ${alarms.length === 0 ? "quiet" : alarms.slice(0, 3).join("; ")}`);
  return Number(fails.length > 0) + Number(alarms.length > 0);
}

const worse: Record<string, (row: LabelledText) => LabelledText> = {
  "a leak": leak,
  "wrong labels": (row) =>
    row.label === label && random.uniform() < 0.5 ? { ...row, label: other } : row,
  "a word lost": (row) => ({
    ...row,
    text: row.text.replaceAll(new RegExp(`\\b${word}\\b`, "giu"), "").trim() || "-",
  }),
};
for (const [name, change] of Object.entries(worse)) {
  await judged(name, await train(drawn(0).map(change)));
}
let raised = 0;
for (let seed = 1; seed <= Number(retrainings); seed++) {
  raised += Number(await judged(`retraining ${seed}`, await train(drawn(seed))) > 0);
}
console.log(`${raised} of ${retrainings} retrainings raised an alarm`);
