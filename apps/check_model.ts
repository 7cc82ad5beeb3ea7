import type { CheckedPlugin } from "./cli/checks.ts";
import { defined } from "./cli/flag.ts";
import { needsOfData, needsOfFiles, needsOfSpec, requirePermissions } from "./cli/permissions.ts";
import { checkModelProgram } from "./cli/programs/check_model.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";

if (isStarted(import.meta)) {
  runProgram(checkModelProgram, async (args) => {
    const { positionals: given, example: texts, tolerance, plugin, data, json } = args;
    if (given.length === 0) throw new UsageError("Cannot check nothing: name a model; see --help");
    requirePermissions([
      ...given.flatMap((spec) => needsOfSpec("The model to check", spec)),
      ...needsOfFiles("read", { "Option --plugin": plugin }),
      ...needsOfData(data),
    ]);
    const { checkModel, modelCard } = await import("@heatword/core/check");
    const { printChecks } = await import("./cli/checks.ts");
    const { loadModel } = await import("./opening/model.ts");
    const { modelLimits } = await import("./opening/model_limits.ts");
    const { keepToOneServer } = await import("./opening/one_server.ts");
    const { loadPlugins } = await import("./opening/plugins.ts");
    await loadPlugins(plugin);
    keepToOneServer(given);
    const reports: CheckedPlugin[] = [];
    for (const name of given) {
      const model = await loadModel({ ...defined({ model: name, data }), ...modelLimits(args) });
      const checked = await checkModel(model, defined({ texts, tolerance }));
      const { explainers, cost } = checked;
      const more = { classes: model.classes, explainers, cost };
      reports.push({ name, checked, card: modelCard(name, checked), more });
    }
    printChecks(reports, "model", json);
  });
}
