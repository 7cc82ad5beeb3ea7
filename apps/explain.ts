#!/usr/bin/env -S deno run -q -P=explain
import { requirePermissions } from "./cli/permissions.ts";
import { explainProgram } from "./cli/programs/explain.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { needsOf } from "./explain/_needs.ts";
import { readSettings } from "./explain/_settings.ts";

if (isStarted(import.meta)) {
  runProgram(explainProgram, async (args) => {
    const settings = readSettings(args);
    requirePermissions(needsOf(args));
    if ("batch" in settings) {
      const { runBatch } = await import("./explain/batch/run.ts");
      return await runBatch(settings);
    }
    const { runText } = await import("./explain/run.ts");
    await runText(settings);
  }, async (args) => {
    const { explainersAndTargets } = await import("./opening/word_lists.ts");
    return await explainersAndTargets(args);
  });
}
