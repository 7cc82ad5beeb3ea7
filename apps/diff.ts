#!/usr/bin/env -S deno run -q -P=diff
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { diffProgram } from "./cli/programs/diff.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readDiffSettings } from "./diff/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(diffProgram, async (args) => {
    const settings = readDiffSettings(args);
    requirePermissions([
      ...needsOfReadingAndWriting("A comparison of models"),
      ...settings.models.flatMap((model) => needsOfModel(model)),
    ]);
    const { compareModels } = await import("./diff/_run.ts");
    const { text, files } = await compareModels(settings, showProgress());
    console.log(`${text}\n`);
    console.log(`The comparison is in ${files[0]}`);
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
