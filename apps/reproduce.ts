#!/usr/bin/env -S deno run --allow-read --allow-write --allow-net --allow-env=HEATWORD_DATA,HEATWORD_CACHE,HEATWORD_DEBUG
import { readCommandLine, runMain } from "./cli/cli.ts";
import { showProgress } from "./cli/progress.ts";
import { commandLine, readSettings } from "./reproduce/_settings.ts";

if (import.meta.main) {
  await runMain(async () => {
    const settings = readSettings(readCommandLine(Deno.args, commandLine));
    const { checkSettings, reproduce } = await import("./reproduce/_run.ts");
    const { openCorpus } = await import("@heatword/datasets/corpus");
    const { ledgerText, timingsText } = await import("@heatword/eval/experiments");
    await checkSettings(settings);
    const result = await reproduce(settings, openCorpus, showProgress());
    console.log(`${ledgerText(result.claims)}\n\n${timingsText(result.timings)}\n`);
    for (const notice of result.notices) console.log(notice);
    console.log(`The report is in ${result.report}`);
  });
}
