import { unknownName } from "@heatword/core";
import { environmentVariable } from "@heatword/core/permissions";
import { type Args, parseArgs } from "@std/cli/parse-args";
import { commandWithPermissions } from "./permissions.ts";
import { UsageError } from "./usage_error.ts";
import { visible } from "@heatword/eval/render";

export { UsageError };

/** What a program takes on its command line. */
export interface CommandLine {
  /** The text of `--help`. */
  readonly help: string;
  /** Options that take a value. */
  readonly string?: readonly string[];
  /** Options that may be given more than once, each with a value. */
  readonly collect?: readonly string[];
  /** Options that are on or off. */
  readonly boolean?: readonly string[];
  /** Short names, e.g. `{ help: "h" }`. */
  readonly alias?: Record<string, string>;
  /** Values of options that are not given. */
  readonly default?: Record<string, unknown>;
  /** How many positional arguments there may be at most. @default {Infinity} */
  readonly positionals?: number;
}

/**
 * Reads a command line: `--help` prints the help and ends the program, an unknown option, a missing
 * value or too many positionals is a {@linkcode UsageError}.
 */
export function readCommandLine(args: readonly string[], spec: CommandLine): Args {
  const collect = spec.collect ?? [];
  const string = ["_", ...(spec.string ?? []), ...collect];
  const boolean = ["help", ...(spec.boolean ?? [])];
  const known = [...string.slice(1), ...boolean];
  const parsed = parseArgs(args, {
    string,
    boolean,
    collect,
    alias: { help: "h", ...spec.alias },
    default: spec.default ?? {},
    unknown: (arg, key) => {
      if (key === undefined || !arg.startsWith("-") || arg === "-") return true;
      throw new UsageError(unknownName("option", `--${key}`, known.map((n) => `--${n}`)).message);
    },
  });
  if (parsed.help) {
    console.log(spec.help.trim());
    Deno.exit(0);
  }
  for (const name of string.slice(1)) {
    if ([parsed[name]].flat().includes("") && args.some((arg) => arg === `--${name}`)) {
      throw new UsageError(`Option --${name} needs a value`);
    }
  }
  if (parsed._.length > (spec.positionals ?? Infinity)) {
    throw new UsageError(`Cannot take the argument "${parsed._[spec.positionals!]}"; see --help`);
  }
  return parsed;
}

/**
 * Reads an option that takes a whole number.
 *
 * @throws {UsageError} If it is something else, or out of range.
 */
export function wholeNumber(
  args: Args,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const given: string | undefined = args[name];
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < least || value > most) {
    throw new UsageError(
      `Option --${name} takes a whole number from ${least} to ${most}, not "${given}"`,
    );
  }
  return value;
}

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
  return visible(withCommand(error, message).replaceAll(/\s*\n\s*/g, "; "));
}

/** Runs a program: an error is one line on stderr; exit code 2 for wrong arguments, 1 for others. */
export async function runMain(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    console.error(`error: ${messageOf(error)}`);
    if (debugging() && error instanceof Error) console.error(error.stack);
    Deno.exit(error instanceof UsageError ? 2 : 1);
  }
}
