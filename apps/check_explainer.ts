import { type Explainer, getExplainer, listExplainers } from "@heatword/core";
import { readPluginsOf } from "@heatword/core/plugin";
import "@heatword/explainers";
import { capabilityCard, checkExplainer, type CheckReport } from "@heatword/explainers/check";
import { needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { checkExplainerProgram } from "./cli/programs/check_explainer.ts";
import { runProgram } from "./cli/run_program.ts";
import { UsageError } from "./cli/usage_error.ts";

/** Whether a built-in explainer is meant: a bare word is, so that a mistyped one gets the nearest name. */
function isName(given: string): boolean {
  return listExplainers().some(({ name }) => name === given) || /^[a-z][a-z0-9-]*$/.test(given);
}

async function find(given: string): Promise<Explainer[]> {
  return isName(given) ? [getExplainer(given)] : await readPluginsOf(given, "explainer");
}

if (import.meta.main) {
  await runProgram(checkExplainerProgram, async ({ positionals: given, json }) => {
    if (given.length === 0) throw new UsageError("Cannot check nothing: name a file; see --help");
    const files = given.filter((file) => !isName(file));
    requirePermissions(needsOfFiles("read", { "An explainer of your own": files }));
    const explainers: Explainer[] = [];
    for (const name of given) explainers.push(...await find(name));
    const reports: CheckReport[] = [];
    for (const explainer of explainers) reports.push(await checkExplainer(explainer));
    const plain = reports.map(({ explainer: { name }, ...rest }) => ({ explainer: name, ...rest }));
    console.log(
      json ? JSON.stringify(plain, null, 2) : reports.map(capabilityCard).join("\n\n"),
    );
    if (!reports.every(({ passed }) => passed)) Deno.exit(1);
  });
}
