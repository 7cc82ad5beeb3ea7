import { permitted, testPermitted } from "../_skip.ts";
import { type Chain, chainsOf } from "./_chains.ts";
import type { Command } from "./_commands.ts";
import { allCommands, planned, withDeno } from "./_planned.ts";
import type { CommandRunner } from "./_run_commands.ts";
import { treatmentOf } from "./_treatments.ts";

const test = testPermitted("read", "write", "env", "run", "net");

/** What a test of a chain of commands is called. */
function nameOf({ commands }: Chain): string {
  const { document, line } = commands[0]!;
  const more = commands.length === 1 ? "" : `, with ${commands.length - 1} more`;
  return `the command of ${document}:${line} runs${more}`;
}

/** The chains of commands of some documents. */
export function chainsIn(documents: readonly string[]): Chain[] {
  return chainsOf(allCommands(), (command) => treatmentOf(withDeno(command)) ?? {})
    .filter(({ commands }) => documents.includes(commands[0]!.document));
}

/** Makes one runner when it is first asked for, and a way to remove its workplace. */
function oneRunner() {
  let runner: Promise<CommandRunner> | undefined;
  let remove = () => {};
  const make = async () => {
    // Only here: the inputs are read as soon as it is imported.
    const { Workplace } = await import("./_workplace.ts");
    const { CommandRunner } = await import("./_run_commands.ts");
    const workplace = await Workplace.make();
    remove = () => workplace.remove();
    return new CommandRunner(workplace);
  };
  return { runner: () => runner ??= make(), remove: () => remove() };
}

/**
 * Registers the tests that run every command of some documents, in a copy of the repository; one
 * for each chain of commands, with a step for each command.
 *
 * @param documents The documents, from the root of the repository.
 */
export function testCommandsOf(...documents: readonly string[]): void {
  if (!permitted("read", "write", "env", "run", "net")) {
    for (const document of documents) test(`the commands of ${document} run`, () => {});
    return;
  }
  const { runner, remove } = oneRunner();
  Deno.test.afterAll(remove);
  const chains = chainsIn(documents);
  const involved = new Set(
    chains.flatMap(({ before, commands }) => [...before, ...commands])
      .map(({ document }) => document),
  );
  const plan = planned(allCommands().filter(({ document }) => involved.has(document)));
  const planOf = ({ document, line }: Command) =>
    plan.find(({ command }) => command.document === document && command.line === line)!;
  for (const chain of chains) {
    const steps = chain.commands.map(planOf);
    test(nameOf(chain), async (t) => {
      if (steps.some(({ skipped }) => skipped === undefined)) {
        for (const { command, skipped } of chain.before.map(planOf)) {
          if (skipped === undefined) await (await runner()).prepare(command);
        }
      }
      for (const { command, name, skipped } of steps) {
        await t.step({
          name,
          ignore: skipped !== undefined,
          fn: async () => await (await runner()).check(command),
        });
      }
    });
  }
}
