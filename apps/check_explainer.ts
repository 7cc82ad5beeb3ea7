import { getExplainer, listExplainers } from "@heatword/core";
import { readPlugin } from "@heatword/explainers";
import { capabilityCard, checkExplainer } from "@heatword/explainers/check";
import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";

const HELP = `
Prove an explainer right: run the conformance kit on it and print its capability card.

Usage: deno task check-explainer [options] EXPLAINER...

EXPLAINER is a file whose default export is an explainer, or the name of a built-in one.
The exit code is 0 if all conform, and 1 if one does not.

Options:
  --json          Print one JSON array of {explainer, passed, results} instead of text
  -h, --help      Print this help
`;

function find(given: string) {
  const builtIn = listExplainers().some(({ name }) => name === given);
  // A bare word is meant as a name, so that a mistyped one gets the nearest name as an answer.
  return builtIn || /^[a-z][a-z0-9-]*$/.test(given) ? getExplainer(given) : readPlugin(given);
}

async function main() {
  const args = readCommandLine(Deno.args, { help: HELP, boolean: ["json"] });
  if (args._.length === 0) throw new UsageError("Cannot check nothing: name a file; see --help");
  const explainers = [];
  for (const given of args._) explainers.push(await find(String(given)));
  const reports = explainers.map((explainer) => checkExplainer(explainer));
  const json = reports.map(({ explainer: { name }, ...rest }) => ({ explainer: name, ...rest }));
  console.log(
    args.json ? JSON.stringify(json, null, 2) : reports.map(capabilityCard).join("\n\n"),
  );
  if (!reports.every(({ passed }) => passed)) Deno.exit(1);
}

if (import.meta.main) await runMain(main);
