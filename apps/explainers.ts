import { describeOption, type Explainer, listExplainers } from "@heatword/core";
import { loadPlugins } from "./opening/plugins.ts";
import { describeTags } from "@heatword/explainers/check";
import { readCommandLine, runMain } from "./cli/cli.ts";
import { needsOfFiles, requirePermissions } from "./cli/permissions.ts";

const HELP = `
List the explainers: what each does, what it promises and needs, its options, where it comes from.

Usage: deno task explainers [options]

Options:
  --plugin FILE   Also list the explainer in FILE; may be given more than once
  --json          Print one JSON array instead of text
  -h, --help      Print this help
`;

/** An explainer without its code. */
function card({ name, description, citation, tags, options }: Explainer) {
  return { name, description, citation, tags, options };
}

function text(explainer: Explainer): string {
  const { name, description, citation, tags, options } = explainer;
  const lines = [name, `  ${description}`];
  for (const [tag, value] of describeTags(tags)) lines.push(`  ${tag}: ${value}`);
  for (const [option, spec] of Object.entries(options)) {
    lines.push(`  --option ${option}=${spec.default}`);
    lines.push(`      ${spec.description}: ${describeOption(spec)}`);
  }
  lines.push(`  ${citation}`);
  return lines.join("\n");
}

async function main() {
  const args = readCommandLine(Deno.args, {
    help: HELP,
    boolean: ["json"],
    collect: ["plugin"],
    positionals: 0,
  });
  requirePermissions(needsOfFiles("read", { "Option --plugin": args.plugin }));
  await loadPlugins(args.plugin);
  const explainers = listExplainers();
  console.log(
    args.json ? JSON.stringify(explainers.map(card), null, 2) : explainers.map(text).join("\n\n"),
  );
}

if (import.meta.main) await runMain(main);
