/**
 * The command `heatword` of the npm package, or compiled to a file of its own: it runs the program that
 * its first argument names.
 *
 * @module
 */
import { unknownName } from "@heatword/core/names";
import { programs } from "../cli/programs/mod.ts";
import { runMain } from "../cli/run_main.ts";
import { startProgram } from "../cli/started.ts";
import { UsageError } from "../cli/usage_error.ts";

/** These make or serve the page, of whose scripts Deno makes one. */
const ofDeno = new Set(["serve", "report"]);

/** The programs of the command. */
export const packagePrograms = programs.filter(({ name }) => !ofDeno.has(name));

/** The module of a program, from the root of the repository. */
export const moduleOf = (name: string): string => `apps/${name.replaceAll("-", "_")}.ts`;

/** A text with the command in place of the tasks of the repository. */
export function withCommands(text: string): string {
  const names = packagePrograms.map(({ name }) => name).join("|");
  return text.replaceAll(new RegExp(`\\bdeno task (${names})\\b`, "g"), "heatword $1");
}

const firstSentence = (about: string) =>
  /^.*?(?=[.:](\s|$)|$)/.exec(about.trim().replaceAll(/\s+/g, " "))![0];

/** The text of `heatword --help`. */
export function helpOfCommand(): string {
  const width = Math.max(...packagePrograms.map(({ name }) => name.length));
  return [
    "Tells which words made a text classifier decide as it did.",
    "Usage: heatword COMMAND [options]",
    [
      "Commands:",
      ...packagePrograms.map(({ name, about }) =>
        `  ${name.padEnd(width)}  ${firstSentence(about)}`
      ),
    ].join("\n"),
    '"heatword COMMAND --help" tells more of one. The page ("serve" and "report") needs the repository,\nand Deno.',
  ].join("\n\n");
}

/**
 * Runs a program.
 *
 * @param given What the command was given: the name of the program, and the program's arguments;
 * `--help` and `--version` are known, too.
 * @param version The version of the command.
 */
export function runCommand(given: readonly string[], version: string): Promise<void> {
  const [name, ...args] = given;
  return runMain(async () => {
    if (name === "--version" || name === "-V") return console.log(version);
    if (name === "--help" || name === "-h") return console.log(helpOfCommand());
    if (name === undefined) {
      throw new UsageError('Which command? "heatword --help" lists them');
    }
    if (ofDeno.has(name)) {
      throw new UsageError(
        `"${name}" is not a part of this command: it needs the repository, and Deno`,
      );
    }
    const known = packagePrograms.map(({ name }) => name);
    if (!known.includes(name)) throw new UsageError(unknownName("command", name, known).message);
    // Modules are TypeScript in a compiled command, and JavaScript in the npm package.
    const ending = /\.\w+$/.exec(import.meta.url)![0];
    const module = new URL(`../../${moduleOf(name)}`.replace(/\.ts$/, ending), import.meta.url);
    await startProgram(module.href, args, withCommands);
  });
}
