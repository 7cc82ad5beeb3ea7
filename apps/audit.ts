#!/usr/bin/env -S deno run -q -P=audit
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { auditProgram } from "./cli/programs/audit.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./audit/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(auditProgram, async (args) => {
    const settings = readSettings(args);
    requirePermissions([...needsOfReadingAndWriting("An audit"), ...needsOfModel(args.model)]);
    const { auditModel } = await import("./audit/_run.ts");
    const { auditText } = await import("@heatword/eval/audit");
    const { audit, files } = await auditModel(settings, showProgress());
    console.log(`${auditText(audit)}\n`);
    console.log(`The audit is in ${files[0]}`);
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
