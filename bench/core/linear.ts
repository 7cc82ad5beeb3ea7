/**
 * Prints how the linear model does beside scikit-learn's simplest classifiers, on tables that are
 * split into a part to train and a part to test on: accuracy, macro-F1 and the seconds of the
 * training, one after the other in the same run. Without scikit-learn its columns stay empty.
 *
 *     deno run -A bench/core/linear.ts FOLDER...
 *
 * A folder holds `train.csv` and `test.csv` with the columns label and text.
 *
 * @module
 */
import { openReader } from "@heatword/core";
import { crossValidate, trainLinear } from "@heatword/core/linear";
import { readLabelled } from "@heatword/datasets/tables";
import "@heatword/datasets/tokenizers";
import { classification, macroF1, predictedClass } from "@heatword/eval/classification";

/** How a classifier did, as {@linkcode sklearn_baselines.py} prints it. */
interface Figures {
  readonly accuracy: number;
  readonly macroF1: number;
  readonly seconds: number;
}

async function trainedLinear(folder: string): Promise<Figures & { readonly what: string }> {
  const { rows, classes } = await readLabelled(`${folder}/train.csv`, {});
  const test = await readLabelled(`${folder}/test.csv`, {});
  const start = performance.now();
  const reader = await openReader({ tokenizer: "unicode", options: {} });
  const documents = rows.map(({ text, label }) => ({
    label: classes.indexOf(label),
    words: reader.read(text).tokens.map(({ text }) => text),
  }));
  const choice = crossValidate(documents, classes.length, 0)[0]!;
  const model = trainLinear({ documents, classes, ...choice, reader });
  const seconds = (performance.now() - start) / 1000;
  const predictions = test.rows.map(({ text }) =>
    predictedClass(model.scores(model.encode(model.read(text))))
  );
  const labels = test.rows.map(({ label }) => classes.indexOf(label));
  const result = classification(labels, predictions, classes);
  const what = `${choice.features.join(", ")}; ${choice.cost}`;
  return { accuracy: result.accuracy, macroF1: macroF1(result), seconds, what };
}

async function baselines(folder: string): Promise<Partial<Record<string, Figures>>> {
  const script = new URL("./sklearn_baselines.py", import.meta.url).pathname;
  const { success, stdout } = await new Deno.Command("/usr/bin/python3", {
    args: [script, `${folder}/train.csv`, `${folder}/test.csv`],
    stderr: "null",
  }).output().catch(() => ({ success: false, stdout: new Uint8Array() }));
  return success ? JSON.parse(new TextDecoder().decode(stdout)) : {};
}

const shown = (figures?: Figures) =>
  figures
    ? [
      `${(100 * figures.accuracy).toFixed(1)} %`,
      `${(100 * figures.macroF1).toFixed(1)} %`,
      `${figures.seconds.toFixed(1)} s`,
    ]
    : ["–", "–", "–"];

const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
line([
  "table",
  "linear model",
  ..."accuracy macro-F1 time".split(" "),
  "sklearn",
  "",
  "",
  "",
  "ratio",
]);
line(Array(10).fill("---"));
for (const folder of Deno.args) {
  const { what, ...own } = await trainedLinear(folder);
  const { words, characters } = await baselines(folder);
  const ratio = words && characters
    ? (own.seconds / (words.seconds + characters.seconds)).toFixed(2)
    : "–";
  line([folder.split("/").at(-1)!, what, ...shown(own), "words", ...shown(words), ratio]);
  line(["", "", "", "", "", "characters", ...shown(characters), ""]);
}
