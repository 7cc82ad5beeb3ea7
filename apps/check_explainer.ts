import { explainers } from "@heatword/core";
import "@heatword/explainers";
import { capabilityCard, checkExplainer } from "@heatword/explainers/check";
import { type CheckedPlugin, pluginsToCheck, printChecks } from "./cli/checks.ts";
import { readCommandLine, runMain } from "./cli/cli.ts";

const HELP = `
Prove an explainer right: run the conformance kit on it and print its capability card.

Usage: deno task check-explainer [options] EXPLAINER...

EXPLAINER is a file whose default export is an explainer (or an array of several), or the name of a
built-in one.
The exit code is 0 if all conform, and 1 if one does not.

Options:
  --json          Print one JSON array of {explainer, passed, results} instead of text
  -h, --help      Print this help
`;

async function main() {
  const args = readCommandLine(Deno.args, { help: HELP, boolean: ["json"] });
  const given = args._.map(String);
  const reports: CheckedPlugin[] = [];
  for (const one of await pluginsToCheck({ given, kind: "explainer", registry: explainers })) {
    const checked = await checkExplainer(one);
    reports.push({ name: one.name, checked, card: capabilityCard(checked) });
  }
  printChecks(reports, "explainer", args.json);
}

if (import.meta.main) await runMain(main);
