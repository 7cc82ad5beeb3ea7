import { defined } from "./cli/flag.ts";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { importProgram } from "./cli/programs/import.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";

if (isStarted(import.meta)) {
  runProgram(importProgram, async (args) => {
    const { positionals: [folder], force, plugin, example, tokenizer, vocabulary, classes } = args;
    if (folder === undefined) throw new UsageError("Name the folder of a model; see --help");
    requirePermissions(needsOfReadingAndWriting("Importing"));
    const { importModel } = await import("./import/_run.ts");
    await importModel({
      folder,
      force,
      plugins: plugin,
      examples: example,
      given: defined({ tokenizer, vocabulary, classes }),
    });
  });
}
