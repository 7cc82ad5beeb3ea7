#!/usr/bin/env -S deno run -q -P=evaluate
import { readCommandLine, runMain } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { showProgress } from "./cli/progress.ts";
import { commandLine, readSettings } from "./evaluate/_settings.ts";

if (import.meta.main) {
  await runMain(async () => {
    const settings = readSettings(readCommandLine(Deno.args, commandLine));
    requirePermissions([{ by: "Evaluating", to: "read" }, { by: "Evaluating", to: "write" }]);
    const { evaluate } = await import("./evaluate/_run.ts");
    const { ledgerText, timingsText } = await import("@heatword/eval/experiments");
    const { claims, timings, report } = await evaluate(settings, showProgress());
    console.log(`${ledgerText(claims)}\n\n${timingsText(timings)}\n`);
    console.log(`The report is in ${report}`);
  });
}
