#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-sys
import { readCommandLine, runMain } from "./cli/cli.ts";
import { commandLine, readSettings } from "./explain/_settings.ts";

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, commandLine);
    if (args.completions !== undefined) {
      const { printCompletions } = await import("./explain/completions.ts");
      return await printCompletions(args);
    }
    const settings = readSettings(args);
    if ("batch" in settings) {
      const { runBatch } = await import("./explain/batch/run.ts");
      return await runBatch(settings);
    }
    const { runText } = await import("./explain/run.ts");
    await runText(settings);
  });
}
