import { type Tokenizer, tokenizers } from "@heatword/core";
import { readCommandLine, runMain } from "./cli/cli.ts";
import { optionLines } from "./cli/option_lines.ts";
import { pluginHelp } from "./cli/model_help.ts";
import { needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { loadPlugins } from "./opening/plugins.ts";

const HELP = `
List the tokenizers: how each cuts texts into words, and its options. A model is read by the one that
its folder names.

Usage: deno task tokenizers [options]

Options:
  --plugin FILE   ${pluginHelp}
  --json          Print one JSON array instead of text
  -h, --help      Print this help
`;

/** A tokenizer without its code. */
function card({ name, description, options }: Tokenizer) {
  return { name, description, options };
}

function text({ name, description, options }: Tokenizer): string {
  return [name, `  ${description}`, ...optionLines("", options)].join("\n");
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
  const list = tokenizers.list();
  console.log(args.json ? JSON.stringify(list.map(card), null, 2) : list.map(text).join("\n\n"));
}

if (import.meta.main) await runMain(main);
