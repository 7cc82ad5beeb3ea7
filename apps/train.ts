#!/usr/bin/env -S deno run -q -P=train
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { trainProgram } from "./cli/programs/train.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./train/_settings.ts";

const percent = (part: number) => Number.isNaN(part) ? "–" : `${(100 * part).toFixed(2)} %`;

if (isStarted(import.meta)) {
  runProgram(trainProgram, async (args) => {
    const settings = readSettings(args);
    requirePermissions(needsOfReadingAndWriting("Training"));
    const { train } = await import("./train/_run.ts");
    const { duplicatesText } = await import("@heatword/eval/duplicates");
    const { confusionText, macroF1 } = await import("@heatword/eval/classification");
    const { folder, architecture, test, duplicates, full, other, knows } = await train(
      settings,
      showProgress(),
      (line) => console.error(line),
    );
    const told = `The model is in ${folder}; it is a ${architecture} model and knows ${knows}`;
    if (test.documents === 0) return console.log(told);
    const name = Math.max(...test.classes.map((label) => label.length));
    for (const { name: label, documents, recall } of test.byClass) {
      console.log(`${label.padEnd(name)}  ${percent(recall).padStart(8)} of ${documents}`);
    }
    console.log(
      `${"all".padEnd(name)}  ${percent(test.accuracy).padStart(8)} of ${test.documents}` +
        ` (standard error ${percent(test.standardError)})`,
    );
    console.log(`macro-F1 ${percent(macroF1(test))}`);
    for (const line of confusionText(test)) console.log(line);
    console.log(duplicatesText(duplicates));
    if (full) console.log(`(in full precision, with all words: ${percent(full.accuracy)})`);
    if (other) {
      console.log(
        `(beside it, a ${other.architecture} model: ${percent(other.test.accuracy)}, ` +
          `macro-F1 ${percent(macroF1(other.test))})`,
      );
    }
    console.log(told);
  });
}
