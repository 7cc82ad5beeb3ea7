/**
 * The command `heatword` of the npm package: it runs the program that its first argument names.
 *
 * @module
 */
import { unknownName } from "@heatword/core/names";
import { programs } from "../cli/programs/mod.ts";
import { runMain } from "../cli/run_main.ts";
import { UsageError } from "../cli/usage_error.ts";

/** These make or serve the page, of whose scripts Deno makes one. */
const ofDeno = new Set(["serve", "report"]);

/** The programs of the package. */
export const packagePrograms = programs.filter(({ name }) => !ofDeno.has(name));

/** The module of a program, from the root of the repository. */
export const moduleOf = (name: string): string => `apps/${name.replaceAll("-", "_")}.ts`;

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
 * Runs a program. Its arguments are those of the process, without its name.
 *
 * @param name Its name; `--help` and `--version` are known, too.
 * @param version The version of the package.
 */
export function runCommand(name: string | undefined, version: string): Promise<void> {
  return runMain(async () => {
    if (name === "--version" || name === "-V") return console.log(version);
    if (name === "--help" || name === "-h") return console.log(helpOfCommand());
    if (name === undefined) {
      throw new UsageError('Which command? "heatword --help" lists them');
    }
    if (ofDeno.has(name)) {
      throw new UsageError(
        `"${name}" is not a part of the npm package: it needs the repository, and Deno`,
      );
    }
    const known = packagePrograms.map(({ name }) => name);
    if (!known.includes(name)) throw new UsageError(unknownName("command", name, known).message);
    const module = new URL(`../../${moduleOf(name)}`.replace(/\.ts$/, ".js"), import.meta.url).href;
    // The program's module begins its work only where it is the one that was started.
    Object.assign(globalThis, { [Symbol.for("heatword.main")]: module });
    await import(module);
  });
}
