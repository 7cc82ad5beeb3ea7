import { type Explainer, listExplainers } from "@heatword/core";
import { loadPlugins } from "./opening/plugins.ts";
import { describeTags } from "@heatword/explainers/check";
import { optionLines } from "./cli/option_lines.ts";
import { needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { explainersProgram } from "./cli/programs/explainers.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";

/** An explainer without its code. */
function card({ name, description, citation, tags, options }: Explainer) {
  return { name, description, citation, tags, options };
}

function text(explainer: Explainer): string {
  const { name, description, citation, tags, options } = explainer;
  const lines = [name, `  ${description}`];
  for (const [tag, value] of describeTags(tags)) lines.push(`  ${tag}: ${value}`);
  lines.push(...optionLines("--option ", options), `  ${citation}`);
  return lines.join("\n");
}

if (isStarted(import.meta)) {
  runProgram(explainersProgram, async ({ plugin, json }) => {
    requirePermissions(needsOfFiles("read", { "Option --plugin": plugin }));
    await loadPlugins(plugin);
    const explainers = listExplainers();
    console.log(
      json ? JSON.stringify(explainers.map(card), null, 2) : explainers.map(text).join("\n\n"),
    );
  });
}
