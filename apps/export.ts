import { defined } from "./cli/flag.ts";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { exportProgram } from "./cli/programs/export.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";

if (isStarted(import.meta)) {
  runProgram(exportProgram, async ({ model, format, out }) => {
    if (format !== "tfjs") {
      throw new UsageError(`Cannot export to format "${format}": the formats are tfjs`);
    }
    requirePermissions(needsOfReadingAndWriting("Exporting"));
    const { exportModel } = await import("./_export.ts");
    await exportModel(defined({ model }), out);
    console.log(out);
  });
}
