import { shortened, unknownName } from "@heatword/core/names";
import { type Args, parseArgs } from "@std/cli/parse-args";
import type { Given, TypedFlag } from "./flag.ts";
import type { Arguments, Flags, Program } from "./program.ts";
import { UsageError } from "./usage_error.ts";

type AnyFlag = TypedFlag<string, unknown>;
const namesOf = ({ name, aliases = [] }: AnyFlag) => [name, ...aliases];
const allNamesOf = (flag: AnyFlag) => [...namesOf(flag), ...flag.formerly ?? []];

/** What stands on the command line, by the names of the options; unknown options are refused. */
function parse(args: readonly string[], flags: Flags): Args {
  const names = (wanted: (flag: Flags[number]) => boolean) =>
    flags.filter(wanted).map(({ name }) => name);
  const known = flags.flatMap(namesOf).map((name) => `--${name}`);
  return parseArgs(args, {
    string: ["_", ...names(({ value }) => value !== undefined)],
    boolean: names(({ value }) => value === undefined),
    collect: names(({ repeat }) => repeat === true),
    alias: Object.fromEntries(
      flags.map((flag) => [flag.name, [flag.short ?? [], allNamesOf(flag).slice(1)].flat()]),
    ),
    unknown: (arg, key) => {
      if (key === undefined || !arg.startsWith("-") || arg === "-") return true;
      throw new UsageError(unknownName("option", `--${key}`, known).message);
    },
  });
}

const isOption = (arg: string, name: string) => arg === `--${name}` || arg.startsWith(`--${name}=`);

/** The name by which an option was given, the last time. */
function spelled(flag: AnyFlag, args: readonly string[]): string {
  const given = args.findLast((arg) => allNamesOf(flag).some((name) => isOption(arg, name)));
  return given?.replace(/^--|=.*$/gs, "") ?? flag.name;
}

/**
 * Reads the command line of a program.
 *
 * @param program The program.
 * @param args Its arguments.
 * @param onNotice Called with a line for each option that is given by a name of old.
 * @returns What was given; nothing where help was asked for.
 * @throws {UsageError} If an option is unknown, lacks its value or makes no sense, or there are too
 * many other arguments.
 */
export function readCommandLine<F extends Flags>(
  program: Program<F>,
  args: readonly string[],
  onNotice: (line: string) => void = (line) => console.error(line),
): Arguments<F> | "help" {
  const { allFlags, positionals = 0 } = program;
  const parsed = parse(args, allFlags);
  if (parsed.help) return "help";
  for (const flag of allFlags) {
    const isEmpty = flag.value !== undefined && [parsed[flag.name]].flat().includes("");
    const bare = isEmpty &&
      args.find((arg) => allNamesOf(flag).some((name) => arg === `--${name}`));
    if (bare) throw new UsageError(`Option ${bare} needs a value`);
  }
  if (parsed._.length > positionals) {
    throw new UsageError(
      `Cannot take the argument "${shortened(String(parsed._[positionals]))}"; see --help`,
    );
  }
  const isGiven = (name: string) =>
    parsed[name] !== undefined && parsed[name] !== false &&
    [parsed[name]].flat().length > 0;
  const given = allFlags.map(({ name }) => name).filter(isGiven);
  for (const flag of allFlags) {
    const old = flag.formerly?.find((name) => args.some((arg) => isOption(arg, name)));
    if (old !== undefined) onNotice(`note: --${old} is now called --${flag.name}`);
  }
  // Completions ask for no option that the program itself cannot do without.
  const read = parsed.completions === undefined
    ? allFlags
    : allFlags.filter(({ name, repeat }) => repeat || name === "completions" || isGiven(name));
  const values = read.map((flag) => [
    flag.name,
    flag.read(parsed[flag.name] as Given, spelled(flag, args)),
  ]);
  return {
    ...Object.fromEntries(values),
    positionals: parsed._.map(String),
    given: new Set(given),
  };
}
