#!/usr/bin/env -S deno run -q -P=reproduce
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { reproduceProgram } from "./cli/programs/reproduce.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./reproduce/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(reproduceProgram, async (args) => {
    const settings = readSettings(args);
    requirePermissions(needsOfReadingAndWriting("Reproducing"));
    const { checkSettings, reproduce } = await import("./reproduce/_run.ts");
    const { openCorpus } = await import("@heatword/datasets/corpus");
    const { ledgerText, timingsText } = await import("@heatword/eval/experiments");
    await checkSettings(settings);
    const result = await reproduce(settings, openCorpus, showProgress());
    const { beyondText } = await import("@heatword/eval/beyond");
    if (result.beyond) console.log(`${beyondText(result.beyond)}\n`);
    if (result.claims.length > 0) console.log(`${ledgerText(result.claims)}\n`);
    console.log(`${timingsText(result.timings)}\n`);
    for (const notice of result.notices) console.log(notice);
    console.log(`The report is in ${result.report}`);
  }, async (args) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames(args);
  });
}
