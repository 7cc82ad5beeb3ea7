#!/usr/bin/env -S deno run -q -P=explain
import { readCommandLine, runMain } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { needsOf } from "./explain/_needs.ts";
import { commandLine, readSettings } from "./explain/_settings.ts";

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, commandLine);
    if (args.completions !== undefined) {
      requirePermissions(needsOf(args));
      const { printCompletions } = await import("./explain/completions.ts");
      return await printCompletions(args);
    }
    const settings = readSettings(args);
    requirePermissions(needsOf(args));
    if ("batch" in settings) {
      const { runBatch } = await import("./explain/batch/run.ts");
      return await runBatch(settings);
    }
    const { runText } = await import("./explain/run.ts");
    await runText(settings);
  });
}
