import { checkModel, modelCard } from "@heatword/core/check";
import { type CheckedPlugin, printChecks } from "./cli/checks.ts";
import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { pluginHelp } from "./cli/model_help.ts";
import { needsOfData, needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { loadModel } from "./opening/model.ts";
import { loadPlugins } from "./opening/plugins.ts";

const HELP = `
Prove a model right: run the conformance kit on it and print what it can do and what it keeps.

Usage: deno task check-model [options] MODEL...

MODEL is whatever --model takes in the other programs: a folder, or a .ts, .js or .mjs file whose
default export is a model made by defineModel. The exit code is 0 if all conform, and 1 if one does
not.

Options:
  --text TEXT     Also try it on a text of your own, best with words it knows; may be repeated
  --tolerance X   How far two ways to the same numbers may be apart, as a part of the largest of them;
                  1e-4 if not given
  --plugin FILE   ${pluginHelp}
  --data DIR      The data folder, for tokenizers that read tables; $HEATWORD_DATA, else ./data
  --json          Print one JSON array of {model, passed, results} instead of text
  -h, --help      Print this help

Examples:
  deno task check-model ./praise.ts --text "a good film"
  deno task check-model datasets/newsgroups/pretrained
`;

function toleranceOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== "" && value > 0 && value < 1) return value;
  throw new UsageError(`Option --tolerance takes a number between 0 and 1, not "${given}"`);
}

async function main() {
  const args = readCommandLine(Deno.args, {
    help: HELP,
    boolean: ["json"],
    string: ["data", "tolerance"],
    collect: ["text", "plugin"],
  });
  const specs = args._.map(String);
  if (specs.length === 0) throw new UsageError("Cannot check nothing: name a model; see --help");
  const tolerance = toleranceOf(args.tolerance);
  requirePermissions([
    ...needsOfFiles("read", { "The model to check": specs, "Option --plugin": args.plugin }),
    ...needsOfData(args.data),
  ]);
  await loadPlugins(args.plugin);
  const reports: CheckedPlugin[] = [];
  for (const spec of specs) {
    const model = await loadModel({
      model: spec,
      ...(args.data !== undefined && { data: args.data }),
    });
    const checked = await checkModel(model, {
      texts: args.text,
      ...(tolerance !== undefined && { tolerance }),
    });
    reports.push({ name: spec, checked, card: modelCard(spec, checked) });
  }
  printChecks(reports, "model", args.json);
}

if (import.meta.main) await runMain(main);
