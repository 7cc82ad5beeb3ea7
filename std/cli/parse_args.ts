/**
 * Stand-in for `@std/cli/parse-args`: the part of its signature this project uses, over
 * `node:util`'s `parseArgs`. See the README for the lines of `deno.json` that switch to the package.
 *
 * @module
 */
import { parseArgs as nodeParseArgs } from "node:util";

/** Options of {@linkcode parseArgs}, with the meaning they have in `@std/cli`. */
export interface ParseOptions {
  /** Names that take a string. */
  string?: readonly string[];
  /** Names that are flags. */
  boolean?: readonly string[];
  /** Names that may be given more than once and come back as an array. */
  collect?: readonly string[];
  /** Flags that `--no-name` sets to false. */
  negatable?: readonly string[];
  /** Other names of an option, by its name. */
  alias?: Record<string, string | readonly string[]>;
  /** Values of the options that are not given. */
  default?: Record<string, unknown>;
  /** Called with each option that is not known and each positional; `false` drops it. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@linkcode parseArgs} returns: the positionals under `_`, the options by name. */
export interface Args {
  /** The positional arguments; those that read as numbers are numbers unless `string` has `"_"`. */
  _: (string | number)[];
  // deno-lint-ignore no-explicit-any
  [name: string]: any;
}

function numeric(value: string): string | number {
  const isNumber = /^0x[0-9a-f]+$/i.test(value) ||
    /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(value);
  return isNumber ? Number(value) : value;
}

/**
 * Parses command-line arguments.
 *
 * @example Flags, strings and positionals
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * import { assertEquals } from "@std/assert";
 *
 * const args = parseArgs(["--quick", "--out", "dir", "text"], { boolean: ["quick"], string: ["out"] });
 * assertEquals([args.quick, args.out, args._], [true, "dir", ["text"]]);
 * ```
 *
 * @param args The arguments, as in `Deno.args`.
 * @param options Which options there are.
 * @returns The options by name, and the positionals under `_`.
 */
export function parseArgs(args: readonly string[], options: ParseOptions = {}): Args {
  const strings = new Set(options.string ?? []);
  const booleans = new Set(options.boolean ?? []);
  const collects = new Set(options.collect ?? []);
  const canonical = new Map<string, string>();
  for (const name of [...strings, ...booleans, ...collects]) canonical.set(name, name);
  for (const [name, others] of Object.entries(options.alias ?? {})) {
    canonical.set(name, name);
    for (const other of [others].flat()) canonical.set(other, name);
  }
  const declared: Record<string, { type: "string" | "boolean"; short?: string; multiple: true }> =
    {};
  for (const [name, target] of canonical) {
    if (name === "_") continue;
    const type = booleans.has(target) ? "boolean" : "string";
    if (name.length > 1) declared[name] = { type, multiple: true };
    else declared[target] = { type, short: name, multiple: true };
  }
  const { tokens } = nodeParseArgs({
    args: [...args],
    options: declared,
    strict: false,
    allowPositionals: true,
    allowNegative: true,
    tokens: true,
  });
  const result: Args = { _: [] };
  for (const name of booleans) if (!(name in (options.default ?? {}))) result[name] = false;
  for (const name of collects) result[name] = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (options.unknown?.(token.value) === false) continue;
      result._.push(strings.has("_") ? token.value : numeric(token.value));
    } else if (token.kind === "option") {
      const negated = token.rawName.startsWith("--no-") && !canonical.has(token.rawName.slice(2));
      const bare = negated ? token.rawName.slice(5) : token.name;
      const name = canonical.get(bare);
      const known = name !== undefined && (!negated || options.negatable?.includes(name));
      const raw = token.value;
      let value: unknown;
      if (name !== undefined && booleans.has(name)) {
        value = raw === undefined ? !negated : raw !== "false";
      } else if (raw === undefined) value = name !== undefined && strings.has(name) ? "" : true;
      else value = name !== undefined && strings.has(name) ? raw : numeric(raw);
      if (
        !known &&
        options.unknown?.(
            token.rawName + (raw === undefined ? "" : `=${raw}`),
            token.rawName.replace(/^--?/, ""),
            value,
          ) === false
      ) continue;
      const key = name ?? bare;
      if (collects.has(key)) result[key].push(value);
      else result[key] = value;
    }
  }
  for (const [name, value] of Object.entries(options.default ?? {})) {
    if (result[name] === undefined || (collects.has(name) && result[name].length === 0)) {
      result[name] = value;
    }
  }
  for (const [alias, name] of canonical) {
    if (alias !== name && result[name] !== undefined) result[alias] = result[name];
  }
  return result;
}
