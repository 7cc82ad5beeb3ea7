import type { CheckedPlugin } from "./cli/checks.ts";
import { checkExplainerProgram } from "./cli/programs/check_explainer.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";

if (isStarted(import.meta)) {
  runProgram(checkExplainerProgram, async ({ positionals: given, json }) => {
    const { explainers } = await import("@heatword/core");
    await import("@heatword/explainers");
    const { capabilityCard, checkExplainer } = await import("@heatword/explainers/check");
    const { pluginsToCheck, printChecks } = await import("./cli/checks.ts");
    const reports: CheckedPlugin[] = [];
    for (const one of await pluginsToCheck({ given, kind: "explainer", registry: explainers })) {
      const checked = await checkExplainer(one);
      reports.push({ name: one.name, checked, card: capabilityCard(checked) });
    }
    printChecks(reports, "explainer", json);
  });
}
