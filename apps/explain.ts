#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env --allow-sys
import { readCommandLine, runMain } from "./_cli.ts";
import { commandLine, readSettings } from "./explain/_settings.ts";

await runMain(async () => {
  const args = readCommandLine(Deno.args, commandLine);
  if (args.completions !== undefined) {
    const { printCompletions } = await import("./explain/completions.ts");
    return await printCompletions(args);
  }
  const settings = readSettings(args);
  if ("batch" in settings) return await (await import("./explain/batch/run.ts")).runBatch(settings);
  await (await import("./explain/run.ts")).runText(settings);
});
