import { type Tokenizer, tokenizers } from "@heatword/core";
import { optionLines } from "./cli/option_lines.ts";
import { needsOfFiles, requirePermissions } from "./cli/permissions.ts";
import { tokenizersProgram } from "./cli/programs/tokenizers.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { loadPlugins } from "./opening/plugins.ts";

/** A tokenizer without its code. */
function card({ name, description, options }: Tokenizer) {
  return { name, description, options };
}

function text({ name, description, options }: Tokenizer): string {
  return [name, `  ${description}`, ...optionLines("", options)].join("\n");
}

if (isStarted(import.meta)) {
  runProgram(tokenizersProgram, async ({ plugin, json }) => {
    requirePermissions(needsOfFiles("read", { "Option --plugin": plugin }));
    await loadPlugins(plugin);
    const list = tokenizers.list();
    console.log(json ? JSON.stringify(list.map(card), null, 2) : list.map(text).join("\n\n"));
  });
}
