#!/usr/bin/env -S deno run -q -P=repair
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { repairProgram } from "./cli/programs/repair.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readRepairSettings } from "./repair/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(repairProgram, async (args) => {
    const settings = readRepairSettings(args);
    requirePermissions([...needsOfReadingAndWriting("A repair"), ...needsOfModel(args.model)]);
    const { repairModel } = await import("./repair/_run.ts");
    const { repairText } = await import("@heatword/eval/repair");
    const { report, files } = await repairModel(settings, showProgress());
    console.log(`${repairText(report)}\n`);
    for (const { way, folder } of report.ways) {
      const isAdvised = report.ways.length > 1 && way === report.advised;
      console.log(`The model by ${way}${isAdvised ? ", to take," : ""} is in ${folder}`);
    }
    console.log(`The report is in ${files[0]}`);
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
