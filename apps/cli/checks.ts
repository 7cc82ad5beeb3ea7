import type { Checked, PluginKind, PluginTypes, Registry } from "@heatword/core";
import { readPluginsOf } from "@heatword/core/plugin";
import { needsOfFiles, requirePermissions } from "./permissions.ts";
import { UsageError } from "./usage_error.ts";

/** What a program checks: names and files. */
interface Given<K extends PluginKind> {
  /** What was named on the command line. */
  readonly given: readonly string[];
  /** Which kind of plugin is meant. */
  readonly kind: K;
  /** Those that have a name. */
  readonly registry: Registry<PluginTypes[K]>;
}

/**
 * The plugins that are to be checked. A bare word is a name, so that a mistyped one gets the nearest
 * name as an answer.
 *
 * @throws {UsageError} If nothing was named.
 * @throws {Error} If a name is unknown, or a file holds no such plugin.
 */
export async function pluginsToCheck<K extends PluginKind>(
  { given, kind, registry }: Given<K>,
): Promise<PluginTypes[K][]> {
  if (given.length === 0) throw new UsageError("Cannot check nothing: name a file; see --help");
  const isName = (one: string) => registry.has(one) || /^[a-z][a-z0-9-]*$/.test(one);
  const files = given.filter((one) => !isName(one));
  requirePermissions(needsOfFiles("read", { [`The ${kind} to check`]: files }));
  const found: PluginTypes[K][] = [];
  for (const one of given) {
    found.push(...isName(one) ? [registry.get(one)] : await readPluginsOf(one, kind));
  }
  return found;
}

/** What became of the checks of one plugin. */
export interface CheckedPlugin {
  /** Its name. */
  readonly name: string;
  /** What became of its checks. */
  readonly checked: Checked;
  /** The page about it. */
  readonly card: string;
  /** What JSON tells of it besides. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * Prints what became of checks; the program will end with exit code 1 if one failed.
 *
 * @param reports The plugins.
 * @param kind What they are called in JSON.
 * @param json Whether to print JSON instead of pages.
 */
export function printChecks(reports: readonly CheckedPlugin[], kind: string, json: boolean): void {
  const list = reports.map(({ name, checked: { passed, results }, more }) => {
    return { [kind]: name, passed, ...more, results };
  });
  console.log(
    json ? JSON.stringify(list, null, 2) : reports.map(({ card }) => card).join("\n\n"),
  );
  if (!reports.every(({ checked: { passed } }) => passed)) Deno.exitCode = 1;
}
