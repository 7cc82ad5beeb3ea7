import { readCommandLine } from "./command_line.ts";
import type { WordLists } from "./completions.ts";
import { untilDone } from "./early_end.ts";
import { helpOf } from "./help.ts";
import { type Arguments, type Flags, type Program, programCompletions } from "./program.ts";
import { runMain } from "./run_main.ts";
import { inWordsOfCommand, programArguments } from "./started.ts";

/**
 * Runs a program: prints its help or its completions where these are asked for, else does its work.
 * Nothing is to wait for it: a module that did would end by a message of Deno where work never ends.
 *
 * @param program The program.
 * @param main Its work.
 * @param lists Finds the words that completions of this program offer.
 */
export function runProgram<F extends Flags>(
  program: Program<F>,
  main: (args: Arguments<F>) => Promise<void> | void,
  lists: (args: Arguments<F>) => Promise<WordLists> | WordLists = () => ({}),
): void {
  void runMain(() =>
    untilDone(async () => {
      const args = readCommandLine(program, programArguments());
      if (args === "help") return console.log(inWordsOfCommand(helpOf(program)));
      if (args.completions === undefined) return await main(args);
      console.log(programCompletions(program, args.completions, await lists(args)).trimEnd());
    })
  );
}
