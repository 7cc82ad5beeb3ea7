#!/usr/bin/env -S deno run -q -P=trust
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { trustProgram } from "./cli/programs/trust.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./trust/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(trustProgram, async (args) => {
    const settings = readSettings(args);
    if (settings.measures?.includes("list")) {
      const { measureList } = await import("@heatword/eval/trust");
      return console.log(measureList());
    }
    requirePermissions([
      ...needsOfReadingAndWriting("A table of trust"),
      ...(args.model.length > 0 ? args.model : [undefined]).flatMap(needsOfModel),
    ]);
    const { judge } = await import("./trust/_run.ts");
    const { verdictText } = await import("@heatword/eval/trust");
    const { table, files } = await judge(settings, showProgress());
    console.log(`${verdictText(table)}\n`);
    console.log(`The table is in ${files[0]}`);
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
