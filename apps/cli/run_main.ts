import { placeInLoaded } from "@heatword/core/loaded";
import { environmentVariable } from "@heatword/core/permissions";
import { end, onceAtEnd } from "./at_end.ts";
import { commandWithPermissions } from "./permissions.ts";
import { endProgress } from "./progress.ts";
import { inWordsOfCommand } from "./started.ts";
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
  const said = `${inWordsOfCommand(withCommand(error, message))}${where}`;
  return visible(said.replaceAll(/\s*\n\s*/g, "; "));
}

/** Signals that end a program, with the exit code that shells know them by. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const;

/** Lets a signal wait until what is to be done at the end is done. */
function endOnSignals(): void {
  for (const [signal, code] of Object.entries(signals) as [keyof typeof signals, number][]) {
    // Windows knows it not.
    if (signal === "SIGTERM" && Deno.build.os === "windows") continue;
    Deno.addSignalListener(signal, () => {
      endProgress();
      end().finally(() => Deno.exit(code));
    });
  }
}

/** Runs a program: an error is one line on stderr; exit code 2 for wrong arguments, 1 for others. */
export async function runMain(main: () => Promise<void> | void): Promise<void> {
  // A program that has nothing to do at its end is ended at once, in the middle of a computation.
  onceAtEnd(endOnSignals);
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
