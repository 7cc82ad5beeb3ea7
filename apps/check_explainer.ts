import { explainers } from "@heatword/core";
import "@heatword/explainers";
import { capabilityCard, checkExplainer } from "@heatword/explainers/check";
import { type CheckedPlugin, pluginsToCheck, printChecks } from "./cli/checks.ts";
import { checkExplainerProgram } from "./cli/programs/check_explainer.ts";
import { runProgram } from "./cli/run_program.ts";

if (import.meta.main) {
  await runProgram(checkExplainerProgram, async ({ positionals: given, json }) => {
    const reports: CheckedPlugin[] = [];
    for (const one of await pluginsToCheck({ given, kind: "explainer", registry: explainers })) {
      const checked = await checkExplainer(one);
      reports.push({ name: one.name, checked, card: capabilityCard(checked) });
    }
    printChecks(reports, "explainer", json);
  });
}
