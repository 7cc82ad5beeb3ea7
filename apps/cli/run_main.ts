import { placeInLoaded } from "@heatword/core/loaded";
import { environmentVariable } from "@heatword/core/permissions";
import { end } from "./at_end.ts";
import { commandWithPermissions } from "./permissions.ts";
import { endProgress } from "./progress.ts";
import { UsageError } from "./usage_error.ts";
import { visible } from "@heatword/eval/render";

/** Whether errors are to show where they come from. */
const debugging = () => Boolean(environmentVariable("HEATWORD_DEBUG"));

/** Instead of one flag, the command that gives all that the program needs. */
function withCommand(error: unknown, message: string): string {
  if (!(error instanceof Deno.errors.NotCapable)) return message;
  const what = message.replace(/, run again with the --allow-\w+ flag$/, "");
  return `${what}: ${commandWithPermissions()}`;
}

/** What is wrong, in one line that a terminal can show whatever names are in it. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = placeInLoaded(error);
  const where = place === undefined ? "" : ` (${place})`;
  return visible(`${withCommand(error, message)}${where}`.replaceAll(/\s*\n\s*/g, "; "));
}

/** Runs a program: an error is one line on stderr; exit code 2 for wrong arguments, 1 for others. */
export async function runMain(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
    endProgress();
    await end();
  } catch (error) {
    endProgress();
    await end();
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    console.error(`error: ${messageOf(error)}`);
    if (debugging() && error instanceof Error) console.error(error.stack);
    Deno.exit(error instanceof UsageError ? 2 : 1);
  }
}
