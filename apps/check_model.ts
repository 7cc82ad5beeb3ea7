import type { CheckedPlugin } from "./cli/checks.ts";
import { defined } from "./cli/flag.ts";
import { needsOfData, needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { checkModelProgram } from "./cli/programs/check_model.ts";
import { runProgram } from "./cli/run_program.ts";
import { UsageError } from "./cli/usage_error.ts";

if (import.meta.main) {
  runProgram(checkModelProgram, async (args) => {
    const { positionals: given, example: texts, tolerance, plugin, data, json } = args;
    if (given.length === 0) throw new UsageError("Cannot check nothing: name a model; see --help");
    requirePermissions([
      ...needsOfFiles("read", { "The model to check": given, "Option --plugin": plugin }),
      ...needsOfData(data),
    ]);
    const { checkModel, modelCard } = await import("@heatword/core/check");
    const { printChecks } = await import("./cli/checks.ts");
    const { loadModel } = await import("./opening/model.ts");
    const { loadPlugins } = await import("./opening/plugins.ts");
    await loadPlugins(plugin);
    const reports: CheckedPlugin[] = [];
    for (const name of given) {
      const model = await loadModel(defined({ model: name, data }));
      const checked = await checkModel(model, defined({ texts, tolerance }));
      reports.push({ name, checked, card: modelCard(name, checked) });
    }
    printChecks(reports, "model", json);
  });
}
