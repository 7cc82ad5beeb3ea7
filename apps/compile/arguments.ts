import type { CommandParts } from "../npm/build.ts";
import { moduleOf, packagePrograms } from "../npm/command.ts";

/** The module that is compiled, from the root of the repository. */
export const MAIN = "apps/compile/main.ts";

/** What the compiled command may do: all that a program of the machine may. */
const PERMISSIONS = ["read", "write", "env", "net", "run", "sys"].map((name) => `--allow-${name}`);

/** Modules that Deno does not find by itself: they are named where a program or a worker starts. */
function startedModules({ modules, places }: CommandParts): string[] {
  const started = modules.flatMap(({ path, names }) =>
    names.filter(({ isStatic, isType }) => !isStatic && !isType).flatMap(({ text }) => {
      const place = places.find(path, text);
      return place.kind === "own" && place.path.endsWith(".ts") ? [place.path] : [];
    })
  );
  return [...packagePrograms.map(({ name }) => moduleOf(name)), ...started];
}

/**
 * The arguments of `deno` that compile the command.
 *
 * @param parts What the command is made of.
 * @param out The file to write.
 */
export function compileArguments(parts: CommandParts, out: string): string[] {
  const included = [...new Set([...startedModules(parts), ...parts.files])].sort();
  return [
    "compile",
    "--quiet",
    // "deno task check" looks at the types.
    "--no-check",
    // The packages of tests and of the page's scripts stay out.
    "--exclude-unused-npm",
    ...PERMISSIONS,
    "--app-name=heatword",
    `--output=${out}`,
    ...included.map((path) => `--include=${path}`),
    MAIN,
  ];
}
