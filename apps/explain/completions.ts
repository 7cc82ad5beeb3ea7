import { listExplainers } from "@heatword/core";
import type { Args } from "@std/cli/parse-args";
import { UsageError } from "../cli/cli.ts";
import { completions, type Shell, shells } from "../cli/completions.ts";
import { flags } from "../cli/flags.ts";
import { loadModel } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";

/** The classes of the model; none when there is no model yet. */
async function classes(args: Args): Promise<readonly string[]> {
  try {
    const model = await loadModel({
      ...(args.model !== undefined && { model: args.model }),
      ...(args.data !== undefined && { data: args.data }),
    });
    return model.classes;
  } catch {
    return [];
  }
}

/**
 * Prints the completions for a shell, with the explainers and classes that there are now.
 *
 * @param args The command line.
 * @throws {UsageError} If the shell is not one of bash, zsh and fish.
 */
export async function printCompletions(args: Args): Promise<void> {
  const shell = shells.find((name): name is Shell => name === args.completions);
  if (shell === undefined) {
    throw new UsageError(
      `Option --completions takes one of ${shells.join(", ")}, not "${args.completions}"`,
    );
  }
  await loadPlugins(args.plugin);
  const script = completions(shell, "explain", flags, {
    explainers: listExplainers().map(({ name }) => name),
    classes: [...await classes(args), "predicted", "runner-up", "all"],
  });
  console.log(script.trimEnd());
}
