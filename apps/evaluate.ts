#!/usr/bin/env -S deno run -q -P=evaluate
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { evaluateProgram } from "./cli/programs/evaluate.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./evaluate/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(evaluateProgram, async (args) => {
    const settings = readSettings(args);
    requirePermissions([...needsOfReadingAndWriting("Evaluating"), ...needsOfModel(args.model)]);
    const { evaluate } = await import("./evaluate/_run.ts");
    const { ledgerText, timingsText } = await import("@heatword/eval/experiments");
    const result = await evaluate(settings, showProgress());
    const { assessmentText } = await import("@heatword/eval/assessment");
    console.log("data" in result ? assessmentText(result.data) : ledgerText(result.claims));
    console.log(`\n${timingsText(result.timings)}\n`);
    console.log(`The report is in ${result.report}`);
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
