import { unknownName } from "./nearest_name.ts";

/** An option that takes a number. */
export interface NumberOption {
  /** Tells the kinds of options apart. */
  readonly type: "number";
  /** The value when none is given. */
  readonly default: number;
  /** What it does, in one sentence. */
  readonly description: string;
  /** Smallest allowed value. */
  readonly min?: number;
  /** Largest allowed value. */
  readonly max?: number;
  /** Whether only whole numbers are allowed. @default {false} */
  readonly integer?: boolean;
}

/** An option that is on or off. */
export interface BooleanOption {
  /** Tells the kinds of options apart. */
  readonly type: "boolean";
  /** The value when none is given. */
  readonly default: boolean;
  /** What it does, in one sentence. */
  readonly description: string;
}

/** An option that takes one of a few names. */
export interface ChoiceOption<C extends string = string> {
  /** Tells the kinds of options apart. */
  readonly type: "choice";
  /** The value when none is given. */
  readonly default: C;
  /** What it does, in one sentence. */
  readonly description: string;
  /** The names it takes. */
  readonly choices: readonly C[];
}

/** An option that takes any text. */
export interface StringOption {
  /** Tells the kinds of options apart. */
  readonly type: "string";
  /** The value when none is given. */
  readonly default: string;
  /** What it does, in one sentence. */
  readonly description: string;
}

/** What an option takes, its default, and a description; command lines and forms come from it. */
export type OptionSpec = NumberOption | BooleanOption | ChoiceOption | StringOption;

/** The options of a plugin, by name. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** Values of options, by name. */
export type OptionValues = Readonly<Record<string, number | boolean | string>>;

/** The type of the value of an option: of a choice, one of its names. */
export type ValueOf<S extends OptionSpec> = S extends NumberOption ? number
  : S extends BooleanOption ? boolean
  : S extends { readonly choices: readonly (infer C extends string)[] } ? C
  : S extends StringOption ? string
  : never;

/** The types of the values of options, by name. */
export type ValuesOf<O extends OptionSpecs> = { readonly [K in keyof O]: ValueOf<O[K]> };

/** What an option takes, in words, e.g. `a number from 0 to 1`. */
export function describeOption(spec: OptionSpec): string {
  if (spec.type === "boolean") return "true or false";
  if (spec.type === "choice") return `one of ${spec.choices.join(", ")}`;
  if (spec.type === "string") return "a text";
  const { min, max } = spec;
  const range = min !== undefined && max !== undefined
    ? ` from ${min} to ${max}`
    : min !== undefined
    ? ` of at least ${min}`
    : max !== undefined
    ? ` of at most ${max}`
    : "";
  return `${spec.integer ? "a whole number" : "a number"}${range}`;
}

/** The default of an option, for a line of text: texts are in quotes, with the escapes of JSON. */
export function describeDefault(spec: OptionSpec): string {
  return spec.type === "string" ? JSON.stringify(spec.default) : String(spec.default);
}

/**
 * Options in words, for a page about a plugin.
 *
 * @param specs What is taken.
 * @returns A heading, and a line for each option: name, default, what it does and takes.
 */
export function describeOptions(specs: OptionSpecs): string[] {
  const lines = Object.entries(specs).map(([name, spec]) =>
    `    ${name}=${describeDefault(spec)}: ${spec.description} (${describeOption(spec)})`
  );
  return lines.length === 0 ? ["  options:             none"] : ["  options:", ...lines];
}

/**
 * Values of an option to try a plugin with: every choice, both of true and false, the least number,
 * the default text.
 *
 * @param spec What the option takes.
 * @returns The values.
 */
export function trialValues(spec: OptionSpec): readonly (number | boolean | string)[] {
  if (spec.type === "choice") return spec.choices;
  if (spec.type === "boolean") return [true, false];
  return [spec.type === "number" ? spec.min ?? spec.default : spec.default];
}

function readOption(name: string, spec: OptionSpec, given: unknown): number | boolean | string {
  const wrong = () => {
    const kind = spec.type === "number" && typeof given === "number" ? RangeError : TypeError;
    const shown = typeof given === "string" ? given : JSON.stringify(given) ?? String(given);
    return new kind(`Option "${name}" takes ${describeOption(spec)}, not "${shown}"`);
  };
  if (spec.type === "choice") {
    if (typeof given !== "string" || !spec.choices.includes(given)) throw wrong();
    return given;
  }
  if (spec.type === "string") {
    if (typeof given !== "string") throw wrong();
    return given;
  }
  if (spec.type === "boolean") {
    if (given === true || given === "true") return true;
    if (given === false || given === "false") return false;
    throw wrong();
  }
  const value = typeof given === "string" && given.trim() !== "" ? Number(given) : given;
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong();
  if (spec.integer && !Number.isInteger(value)) throw wrong();
  if (value < (spec.min ?? -Infinity) || value > (spec.max ?? Infinity)) throw wrong();
  return value;
}

/**
 * Checks given options against what is taken, and fills in the defaults. Numbers and flags may be
 * given as strings, as a command line has them.
 *
 * @param specs What is taken.
 * @param given What was given.
 * @returns All options, with a value each.
 * @throws {RangeError} If an option is unknown or a number is out of range.
 * @throws {TypeError} If a value is of the wrong type.
 *
 * @example
 * ```ts
 * import { readOptions } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const epsilon = { type: "number", default: 0.01, min: 0, description: "Stabiliser" } as const;
 * assertEquals(readOptions({ epsilon }, { epsilon: "0.1" }), { epsilon: 0.1 });
 * ```
 */
export function readOptions<O extends OptionSpecs>(
  specs: O,
  given: Readonly<Record<string, unknown>> = {},
): ValuesOf<O> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) throw unknownName("option", name, Object.keys(specs));
  }
  const entries = Object.entries(specs).map(([name, spec]) =>
    [name, given[name] === undefined ? spec.default : readOption(name, spec, given[name])] as const
  );
  return Object.fromEntries(entries) as ValuesOf<O>;
}
