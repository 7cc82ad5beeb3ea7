/**
 * The kinds of options: each reads what the command line gives, and refuses what makes no sense.
 *
 * @module
 */
import type { Flag, Given, TypedFlag } from "./flag.ts";
import { UsageError } from "./usage_error.ts";

/** How an option that takes a value looks. */
export interface Look extends Pick<Flag, "aliases" | "complete" | "formerly" | "help"> {
  /** What it takes, e.g. `FILE`. */
  readonly value: string;
}

/** An option with a default. */
interface WithDefault<D> {
  /** Its value when it is not given; the help tells it. @default {undefined} */
  readonly default?: D;
  /** How the help tells the default where the value itself would not do. */
  readonly shown?: string;
}

/** An option that takes one value, which a function reads. */
function valueFlag<N extends string, T, D>(
  name: N,
  look: Look & WithDefault<D>,
  read: (given: string, name: string) => T,
): TypedFlag<N, T | D> {
  const { default: otherwise, shown = otherwise, ...flag } = look;
  return {
    ...flag,
    name,
    help: shown === undefined ? flag.help : `${flag.help}; ${shown} if not given`,
    read: (given, name) => given === undefined ? otherwise as D : read(given as string, name),
  };
}

/** An option that is on or off. */
export function switchFlag<const N extends string>(
  name: N,
  help: string,
  short?: string,
): TypedFlag<N, boolean> {
  return { name, help, ...(short !== undefined && { short }), read: (given) => given === true };
}

/** An option that takes any text, or what a check makes of it. */
export function textFlag<
  const N extends string,
  D extends string | undefined = undefined,
>(name: N, look: Look & WithDefault<D>): TypedFlag<N, string | D> {
  return valueFlag(name, look, (given) => given);
}

/** An option that a function reads. */
export function readFlag<const N extends string, T, D extends T | undefined = undefined>(
  name: N,
  look: Look & WithDefault<D>,
  read: (given: string, name: string) => T,
): TypedFlag<N, T | D> {
  return valueFlag(name, look, read);
}

/**
 * An option that must be given.
 *
 * @param missing What to do where it is not: `name a folder`.
 */
export function requiredFlag<const N extends string>(
  name: N,
  look: Look,
  missing: string,
): TypedFlag<N, string> {
  const read = (given: Given) => {
    if (given !== undefined) return given as string;
    throw new UsageError(`Option --${name} is missing: ${missing}`);
  };
  return { ...look, name, read };
}

/** An option that may be given more than once. */
export function repeatedFlag<const N extends string>(
  name: N,
  look: Look,
): TypedFlag<N, readonly string[]> {
  return {
    ...look,
    name,
    repeat: true,
    help: `${look.help}; may be repeated`,
    read: (given) => (given ?? []) as readonly string[],
  };
}

/** From where to where a number may go. */
interface Range {
  /** The least. */
  readonly from: number;
  /** The most. */
  readonly to: number;
}

function numberIn(given: string, { from, to }: Range, isNumber: RegExp, what: string): number {
  const value = Number(given);
  if (isNumber.test(given) && value >= from && value <= to) return value;
  throw new UsageError(`Option ${what} from ${from} to ${to}, not "${given}"`);
}

/** An option that takes a whole number. */
export function wholeNumberFlag<
  const N extends string,
  D extends number | undefined = undefined,
>(name: N, look: Look & Range & WithDefault<D>): TypedFlag<N, number | D> {
  const { from, to, ...rest } = look;
  return valueFlag(
    name,
    rest,
    (given, name) => numberIn(given, { from, to }, /^\d+$/, `--${name} takes a whole number`),
  );
}

/** An option that takes seconds. */
export function secondsFlag<const N extends string, D extends number | undefined = undefined>(
  name: N,
  look: Omit<Look, "value"> & Range & WithDefault<D>,
): TypedFlag<N, number | D> {
  const { from, to, ...rest } = look;
  return valueFlag(
    name,
    { ...rest, value: "S" },
    (given, name) => numberIn(given, { from, to }, /\S/, `--${name} takes seconds`),
  );
}

/** One of several names. */
export function oneOf<T extends string>(option: string, given: string, names: readonly T[]): T {
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`Option --${option} takes one of ${names.join(", ")}, not "${given}"`);
}

/** How an option looks that takes one of several names. */
type ChoiceLook<T> = Omit<Look, "complete"> & WithDefault<T>;

/** An option that takes one of several names; its help should list them. */
export function choiceFlag<const N extends string, const T extends string>(
  name: N,
  names: readonly T[],
  look: ChoiceLook<NoInfer<T>> & { readonly default: NoInfer<T> },
): TypedFlag<N, T>;
/** An option that takes one of several names, or is not given. */
export function choiceFlag<const N extends string, const T extends string>(
  name: N,
  names: readonly T[],
  look: ChoiceLook<undefined>,
): TypedFlag<N, T | undefined>;
export function choiceFlag<N extends string, T extends string>(
  name: N,
  names: readonly T[],
  look: ChoiceLook<T | undefined>,
): TypedFlag<N, T | undefined> {
  return valueFlag<N, T | undefined, T | undefined>(
    name,
    { ...look, complete: names },
    (given, name) => oneOf(name, given, names),
  );
}

/** Splits `a,b`, and checks that no part is empty; what is there twice counts once. */
export function splitList(option: string, given: string): string[] {
  const names = given.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new UsageError(`Option --${option} takes names with commas between, not "${given}"`);
  }
  return [...new Set(names)];
}
