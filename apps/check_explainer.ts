import { type Explainer, getExplainer, listExplainers } from "@heatword/core";
import { readPluginsOf } from "@heatword/core/plugin";
import "@heatword/explainers";
import { capabilityCard, checkExplainer, type CheckReport } from "@heatword/explainers/check";
import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { needsOfFiles, requirePermissions } from "./cli/permissions.ts";

const HELP = `
Prove an explainer right: run the conformance kit on it and print its capability card.

Usage: deno task check-explainer [options] EXPLAINER...

EXPLAINER is a file whose default export is an explainer, or the name of a built-in one.
The exit code is 0 if all conform, and 1 if one does not.

Options:
  --json          Print one JSON array of {explainer, passed, results} instead of text
  -h, --help      Print this help
`;

/** Whether a built-in explainer is meant: a bare word is, so that a mistyped one gets the nearest name. */
function isName(given: string): boolean {
  return listExplainers().some(({ name }) => name === given) || /^[a-z][a-z0-9-]*$/.test(given);
}

async function find(given: string): Promise<Explainer[]> {
  return isName(given) ? [getExplainer(given)] : await readPluginsOf(given, "explainer");
}

async function main() {
  const args = readCommandLine(Deno.args, { help: HELP, boolean: ["json"] });
  if (args._.length === 0) throw new UsageError("Cannot check nothing: name a file; see --help");
  const given = args._.map(String);
  const files = given.filter((file) => !isName(file));
  requirePermissions(needsOfFiles("read", { "An explainer of your own": files }));
  const explainers: Explainer[] = [];
  for (const name of given) explainers.push(...await find(name));
  const reports: CheckReport[] = [];
  for (const explainer of explainers) reports.push(await checkExplainer(explainer));
  const json = reports.map(({ explainer: { name }, ...rest }) => ({ explainer: name, ...rest }));
  console.log(
    args.json ? JSON.stringify(json, null, 2) : reports.map(capabilityCard).join("\n\n"),
  );
  if (!reports.every(({ passed }) => passed)) Deno.exit(1);
}

if (import.meta.main) await runMain(main);
