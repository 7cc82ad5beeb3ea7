#!/usr/bin/env -S deno run -q -P=train
import { formatPercent } from "@heatword/core/counts";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { trainProgram } from "./cli/programs/train.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./train/_settings.ts";

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
      console.log(`${label.padEnd(name)}  ${formatPercent(recall, 2).padStart(8)} of ${documents}`);
    }
    console.log(
      `${"all".padEnd(name)}  ${formatPercent(test.accuracy, 2).padStart(8)} of ${test.documents}` +
        ` (standard error ${formatPercent(test.standardError, 2)})`,
    );
    console.log(`macro-F1 ${formatPercent(macroF1(test), 2)}`);
    for (const line of confusionText(test)) console.log(line);
    console.log(duplicatesText(duplicates));
    if (full) {
      console.log(`(in full precision, with all words: ${formatPercent(full.accuracy, 2)})`);
    }
    if (other) {
      console.log(
        `(beside it, a ${other.architecture} model: ${formatPercent(other.test.accuracy, 2)}, ` +
          `macro-F1 ${formatPercent(macroF1(other.test), 2)})`,
      );
    }
    console.log(told);
  });
}
