#!/usr/bin/env -S deno run -q -P=assert
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { assertProgram } from "./cli/programs/assert.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";
import { readAssertSettings } from "./assert/_settings.ts";

/** A rule that fails ends the program with 1, so whatever keeps rules from being checked ends it with 2. */
async function asUsage<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe || !(error instanceof Error)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

if (isStarted(import.meta)) {
  runProgram(assertProgram, async (args) => {
    if (args.schema) {
      const { rulesSchema } = await import("@heatword/eval/audit");
      return console.log(JSON.stringify(rulesSchema, null, 2));
    }
    const settings = readAssertSettings(args);
    requirePermissions([
      ...needsOfReadingAndWriting("Checking rules"),
      ...needsOfModel(args.model),
    ]);
    const { assertRules } = await import("./assert/_run.ts");
    const { failed, text } = await asUsage(() => assertRules(settings, showProgress()));
    console.log(text);
    if (failed > 0) Deno.exitCode = 1;
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
